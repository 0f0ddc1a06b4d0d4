import { z } from 'zod';
import { hostAndPortOf } from '../lib/outbound/guarded-connection.ts';
import type { OutboundPolicy } from '../lib/outbound/outbound-policy.ts';

/** Where Vedette may connect to on behalf of a URL. */
export const outboundSchema = z.strictObject({
  allowPrivate: z
    .boolean()
    .default(true)
    .describe(
      'Whether URLs that people enter in the portal may lead into private networks. What this file names may, in any case.',
    ),
});

/** Every host and port of a URL in the document may be what it says, this machine included. */
export function outboundPolicy({ allowPrivate }: z.output<typeof outboundSchema>, document: unknown): OutboundPolicy {
  return { allowPrivate, named: new Set(urlsIn(document).map(hostAndPortOf)) };
}

function urlsIn(value: unknown): URL[] {
  if (typeof value === 'string') {
    // within a connection string, too: `BlobEndpoint=https://…;`
    return [...value.matchAll(/https?:\/\/[^\s;]+/gi)].flatMap(([text]) => URL.parse(text) ?? []);
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(urlsIn) : [];
}

import { z } from 'zod';
import type { Publisher } from '../enrichers/update-data-file.ts';

const MINUTE_MS = 60_000;
const UNIT_MS = { m: MINUTE_MS, h: 60 * MINUTE_MS, d: 24 * 60 * MINUTE_MS };
/** Publishers do not like to be asked more often. */
const SHORTEST_MS = 5 * MINUTE_MS;
const LONGEST_MS = 30 * UNIT_MS.d;
/** Hosts on which nobody listens in. */
const OWN_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

const address = z.url({ protocol: /^https?$/ });
const every = z.string().transform((text, context) => {
  const [, count, unit] = /^(\d{1,4})([mhd])$/.exec(text) ?? [];
  const ms = Number(count) * (UNIT_MS[unit as keyof typeof UNIT_MS] ?? Number.NaN);
  if (!(ms >= SHORTEST_MS && ms <= LONGEST_MS)) {
    context.addIssue({ code: 'custom', message: 'must be such as 30m, 6h or 1d: from 5m to 30d' });
    return z.NEVER;
  }
  return ms;
});

/** Where a data file about addresses is fetched from. */
export const publisherSchema = z
  .strictObject({
    kind: z.enum(['geo', 'asn', 'cloudRanges', 'reputation']).describe('The list that the file belongs to.'),
    url: address.describe('Where the file is published. With `collection`: the TAXII server, or one of its API roots.'),
    collection: z
      .string()
      .min(1)
      .max(500)
      .exactOptional()
      .describe('Id, alias or title of a collection of a TAXII 2.1 server: its indicators become the file (STIX).'),
    file: z
      .string()
      .min(1)
      .describe('Where it is kept, relative to this file; it is used once it is there. Its ending tells the format.'),
    every: every
      .exactOptional()
      .describe('How often `serve` asks for a newer one, such as `6h`. Absent: only `vedette data update` does.'),
    user: z.string().min(1).exactOptional().describe('Name to sign in with (Basic).'),
    password: z.string().min(1).exactOptional().describe('Its password, as a reference: `${env:FEED_PASSWORD}`.'),
    token: z
      .string()
      .min(1)
      .exactOptional()
      .describe('Token to sign in with (Bearer), as a reference, in place of a name.'),
    sha256Url: address.exactOptional().describe('Where its SHA-256 is published, as `sha256sum` writes it.'),
  })
  .refine(
    ({ user, password }) => (user === undefined) === (password === undefined),
    'must have user and password, or neither',
  )
  .refine(({ user, token }) => user === undefined || token === undefined, 'must have user and password, or token')
  .refine(({ user, token, url }) => (user ?? token) === undefined || isPrivateWay(url), {
    path: ['url'],
    message: 'must be https where one signs in',
  })
  .refine(({ collection, kind }) => collection === undefined || kind === 'reputation', {
    path: ['collection'],
    message: 'goes with kind: reputation',
  })
  .refine(({ collection, sha256Url }) => collection === undefined || sha256Url === undefined, {
    path: ['sha256Url'],
    message: 'goes with a file, not with a collection',
  });

/** @param file its absolute path */
export function publisherOf(
  { user, password = '', token, every: everyMs, ...publisher }: z.output<typeof publisherSchema>,
  file: string,
): Publisher {
  return {
    ...publisher,
    file,
    ...(everyMs !== undefined && { everyMs }),
    ...(user !== undefined && { credentials: { user, password } }),
    ...(token !== undefined && { credentials: { token } }),
  };
}

function isPrivateWay(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || OWN_HOSTS.has(hostname);
}

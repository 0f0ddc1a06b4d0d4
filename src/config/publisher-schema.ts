import { z } from 'zod';

const address = z.url({ protocol: /^https?$/ });

/** Where a data file about addresses is fetched from by `vedette data update`. */
export const publisherSchema = z.strictObject({
  kind: z.enum(['geo', 'asn', 'cloudRanges', 'reputation']).describe('The list that the file belongs to.'),
  url: address.describe('Where the file is published.'),
  file: z
    .string()
    .min(1)
    .describe('Where it is kept, relative to this file; it is used once it is there. Its ending tells the format.'),
  sha256Url: address.exactOptional().describe('Where its SHA-256 is published, as `sha256sum` writes it.'),
});

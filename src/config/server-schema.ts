import { z } from 'zod';
import { oidcSchema } from './oidc-schema.ts';
import { outboundSchema } from './outbound-schema.ts';

const port = z.int().min(0).max(65_535);

/** Where people and programs reach the server. */
export const serverSchema = z.strictObject({
  directory: z
    .string()
    .min(1)
    .default('./data')
    .describe(
      'Folder of what the server keeps for itself beside the store: keys, certificate, journals. Relative to this file.',
    ),
  http: z
    .strictObject({
      port: port.default(8420).describe('Port of plain HTTP, on this machine only (127.0.0.1). 0 takes a free one.'),
    })
    .prefault({})
    .describe('For the browser of whoever sits at this machine.'),
  https: z
    .strictObject({
      host: z.string().min(1).default('0.0.0.0').describe('Address to listen at.'),
      port: port.default(8443).describe('Port of HTTPS.'),
      certificate: z
        .string()
        .min(1)
        .exactOptional()
        .describe('File with the certificate and its chain (PEM). Absent: one that Vedette makes for itself.'),
      key: z.string().min(1).exactOptional().describe('File with the key of the certificate (PEM).'),
    })
    .refine(({ certificate, key }) => (certificate === undefined) === (key === undefined), {
      message: 'needs both certificate and key, or neither',
    })
    .exactOptional()
    .describe('For everybody else: TLS 1.2 or later. Absent: not listened for.'),
  evidenceKey: z
    .string()
    .regex(/^(?:[A-Za-z\d+/]{43}=|[\da-fA-F]{64})$/, 'must be 32 bytes in base64 or hexadecimal')
    .exactOptional()
    .describe(
      'Key by which the literals in raw lines of alerts are sealed; only as a reference, such as `${file:/run/secrets/evidence}`. Absent: one that is made in the file `evidence.key` of the directory.',
    ),
  oidc: oidcSchema.exactOptional().describe('Sign-in through an OpenID provider. Absent: by password only.'),
  logFolders: z
    .array(z.string().min(1))
    .default(['/var/log', '/var/lib/postgresql', '/var/lib/pgsql'])
    .describe('Folders in which logs of resources may lie that people add in the portal or by API.'),
  outbound: outboundSchema.prefault({}).describe('Where the server connects to by itself.'),
  publicUrl: z
    .url({ protocol: /^https?$/ })
    .exactOptional()
    .describe('How people reach the portal, such as `https://vedette.example.com`: links in mails begin with it.'),
});

/** As the file says it, folder and files absolute. */
export type ServerSettings = z.output<typeof serverSchema>;

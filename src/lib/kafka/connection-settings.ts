import { z } from 'zod';

/** How the broker is told who we are. Secrets come resolved; they are never printed. */
export type KafkaSasl =
  | { mechanism: 'plain'; username: string; password: string }
  /** Tokens by OAuth 2 client credentials, from any identity provider. */
  | { mechanism: 'oauthbearer'; tokenUrl: string; clientId: string; clientSecret: string; scope?: string }
  /** Tokens of the Azure identity that this machine has, for Event Hubs. */
  | { mechanism: 'azure-identity'; scope?: string };

export interface KafkaTls {
  /** PEM, beside those that Node trusts. */
  ca?: string;
  /** PEM, where the broker asks for a certificate of ours. */
  cert?: string;
  key?: string;
}

/** How the brokers are reached. */
export interface KafkaConnection {
  /** `host:port`. */
  brokers: readonly string[];
  tls?: KafkaTls;
  sasl?: KafkaSasl;
}

const ADDRESS = /^[^\s:/]+:\d{1,5}$|^\[[0-9a-fA-F:]+\]:\d{1,5}$/;
const pem = (what: string) => z.string().min(1).exactOptional().describe(`${what}, as PEM: \`\${file:PATH}\`.`);
const text = (what: string) => z.string().min(1).exactOptional().describe(what);

const sasl = z
  .strictObject({
    mechanism: z
      .enum(['plain', 'oauthbearer', 'azure-identity'])
      .describe(
        '`plain`: name and password. `oauthbearer`: tokens by client credentials. `azure-identity`: the Azure identity of this machine, for Event Hubs.',
      ),
    username: text('For `plain`. Event Hubs: `$ConnectionString`.'),
    password: text('For `plain`, as a reference. Event Hubs: the connection string.'),
    tokenUrl: z
      .url({ protocol: /^https?$/ })
      .exactOptional()
      .describe('For `oauthbearer`: where tokens are given.'),
    clientId: text('For `oauthbearer`.'),
    clientSecret: text('For `oauthbearer`, as a reference.'),
    scope: text('What the token is for, where its provider asks for that.'),
  })
  .superRefine(requireSecrets);

const NEEDED = {
  plain: ['username', 'password'],
  oauthbearer: ['tokenUrl', 'clientId', 'clientSecret'],
  'azure-identity': [],
} as const;

function requireSecrets(settings: z.output<typeof sasl>, context: z.core.$RefinementCtx): void {
  const missing = NEEDED[settings.mechanism].find((key) => settings[key] === undefined);
  if (missing !== undefined) {
    const message = `needs ${NEEDED[settings.mechanism].join(', ')} beside mechanism "${settings.mechanism}"`;
    context.addIssue({ code: 'custom', message });
  }
}

export const kafkaBrokers = z
  .array(z.string().regex(ADDRESS, 'must be a host and a port, such as kafka.example.com:9092'))
  .min(1)
  .describe('Some brokers, as `host:port`. Event Hubs: `NAMESPACE.servicebus.windows.net:9093`.');

/** TLS and sign-in, as the configuration has them. */
export const kafkaSecurity = {
  tls: z
    .strictObject({
      ca: pem('Who signed the certificates of the brokers, where Node does not trust them'),
      cert: pem('A certificate of ours, where brokers ask for it'),
      key: pem('Its key'),
    })
    .exactOptional()
    .describe('Encrypts; `{}` is enough for Event Hubs.'),
  sasl: sasl.exactOptional().describe('How we sign in.'),
};

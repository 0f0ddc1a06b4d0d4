import { z } from 'zod';

/** Ways in that are no files; an entry of `logs` has one of these, or `path`. */
export const INTAKE_KEYS = ['push', 'kafka', 'syslog', 'blob'] as const;
export type IntakeKey = (typeof INTAKE_KEYS)[number];

/** Settings that are written as references only. */
export const SECRET_KEYS = ['token', 'password', 'clientSecret', 'key', 'connectionString'];

const MIN_TOKEN_CHARACTERS = 16;
const ADDRESS = /^[^\s:/]+:\d{1,5}$|^\[[0-9a-fA-F:]+\]:\d{1,5}$/;
const LISTEN = /^(?:udp|tcp|tls):\/\/(?:[\w.-]+|\[[0-9a-fA-F:]+\]):\d{1,5}$/;

const pem = (what: string) => z.string().min(1).exactOptional().describe(`${what}, as PEM: \`\${file:PATH}\`.`);
const text = (what: string) => z.string().min(1).exactOptional().describe(what);

const push = z.strictObject({
  token: z
    .string()
    .min(MIN_TOKEN_CHARACTERS)
    .exactOptional()
    .describe('A bearer token that may push here, as a reference; beside the ingest tokens of the store.'),
});

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

const kafka = z.strictObject({
  brokers: z
    .array(z.string().regex(ADDRESS, 'must be a host and a port, such as kafka.example.com:9092'))
    .min(1)
    .describe('Some brokers, as `host:port`. Event Hubs: `NAMESPACE.servicebus.windows.net:9093`.'),
  topic: z.string().min(1).describe('The topic; Event Hubs: the event hub.'),
  group: z.string().min(1).default('vedette').describe('Members of one consumer group share the partitions.'),
  from: z
    .enum(['earliest', 'latest'])
    .default('earliest')
    .describe('Where to begin in a partition that the group has not read.'),
  tls: z
    .strictObject({
      ca: pem('Who signed the certificates of the brokers, where Node does not trust them'),
      cert: pem('A certificate of ours, where brokers ask for it'),
      key: pem('Its key'),
    })
    .exactOptional()
    .describe('Encrypts; `{}` is enough for Event Hubs.'),
  sasl: sasl.exactOptional().describe('How we sign in.'),
});

const syslog = z
  .strictObject({
    listen: z
      .string()
      .regex(LISTEN, 'must be such as udp://0.0.0.0:514, tcp://127.0.0.1:601 or tls://[::]:6514')
      .describe('Transport, address and port. Entries of several resources may share one.'),
    cert: pem('Our certificate, for `tls`'),
    key: pem('Its key, for `tls`'),
    clientCa: pem('Who signs the certificates of senders; absent: senders need none'),
    hostname: text('Only messages whose header names this host.'),
    appName: text('Only messages whose header names this program, such as `postgres`.'),
  })
  .superRefine(({ listen, cert, key }, context) => {
    if (listen.startsWith('tls:') && (cert === undefined || key === undefined)) {
      context.addIssue({ code: 'custom', message: 'needs cert and key to listen with TLS' });
    }
  });

const blob = z
  .strictObject({
    account: z
      .url({ protocol: /^https?$/ })
      .exactOptional()
      .describe('`https://ACCOUNT.blob.core.windows.net`: read with the Azure identity of this machine.'),
    connectionString: text('In place of `account`, as a reference: with a key or a shared access signature.'),
    container: z.string().min(1).describe('Such as `insights-logs-dataplanerequests`.'),
    prefix: text('Only blobs whose names begin so, such as `resourceId=/SUBSCRIPTIONS/…/`.'),
  })
  .superRefine(({ account, connectionString }, context) => {
    if ((account === undefined) === (connectionString === undefined)) {
      context.addIssue({ code: 'custom', message: 'needs either account or connectionString' });
    }
  });

/** What an entry of `logs` may have in place of `path`. */
export const intakeShape = {
  push: push
    .exactOptional()
    .describe('Programs send records to `POST /api/v1/ingest/{resource}`; `{}` is enough. See docs of http-push.'),
  kafka: kafka.exactOptional().describe('Records are read from a topic of Kafka, or an event hub.'),
  syslog: syslog.exactOptional().describe('Messages are taken from syslog daemons, or from PostgreSQL itself.'),
  blob: blob.exactOptional().describe('Append blobs that diagnostic settings write into a storage account.'),
};

/** An entry says exactly once where its records come from. */
export function requireOneWay(
  entry: { path?: string } & { [Key in IntakeKey]?: unknown },
  context: z.core.$RefinementCtx,
): void {
  const given = ['path' as const, ...INTAKE_KEYS].filter((key) => entry[key] !== undefined);
  if (given.length !== 1) {
    const message =
      given.length === 0
        ? `needs one of path, ${INTAKE_KEYS.join(', ')}`
        : `has ${given.join(' and ')}; make an entry of each`;
    context.addIssue({ code: 'custom', message });
  }
}

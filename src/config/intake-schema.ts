import { z } from 'zod';
import { kafkaBrokers, kafkaSecurity } from '../lib/kafka/connection-settings.ts';

/** Ways in that are no files; an entry of `logs` has one of these, or `path`. */
export const INTAKE_KEYS = ['push', 'kafka', 'syslog', 'blob'] as const;
export type IntakeKey = (typeof INTAKE_KEYS)[number];

/** Settings that are written as references only. */
export const SECRET_KEYS = ['token', 'password', 'clientSecret', 'key', 'connectionString'];

const MIN_TOKEN_CHARACTERS = 16;
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

const kafka = z.strictObject({
  brokers: kafkaBrokers,
  topic: z.string().min(1).describe('The topic; Event Hubs: the event hub.'),
  group: z.string().min(1).default('vedette').describe('Members of one consumer group share the partitions.'),
  from: z
    .enum(['earliest', 'latest'])
    .default('earliest')
    .describe('Where to begin in a partition that the group has not read.'),
  ...kafkaSecurity,
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

import { hostname } from 'node:os';
import { z } from 'zod';
import { defineNotifier } from '../notifier.ts';
import { sendDatagrams } from './send-datagrams.ts';
import { sendStream } from './send-stream.ts';
import { FACILITIES, syslogLine } from './syslog-line.ts';

const pem = (what: string) => z.string().min(1).exactOptional().describe(`${what}, as PEM: \`\${file:PATH}\`.`);

const settings = z.object({
  host: z.string().min(1).describe('Name or address of the receiver.'),
  port: z.int().min(1).max(65_535).default(6514).describe('Its port: 6514 with TLS, usually 514 or 601 without.'),
  transport: z
    .enum(['tls', 'tcp', 'udp'])
    .default('tls')
    .describe('`tls`, or in the clear: `tcp`, and `udp`, which loses messages without a word.'),
  format: z
    .enum(['cef', 'structured', 'azure', 'ocsf', 'ecs'])
    .default('cef')
    .describe(
      'What the message holds: `cef`; `structured`, RFC 5424’s structured data and a sentence; or JSON: Azure’s resource, OCSF, the Elastic Common Schema.',
    ),
  framing: z
    .enum(['octet-counting', 'newline'])
    .default('octet-counting')
    .describe('How messages on a connection are told apart (RFC 6587). `newline` for receivers that cannot count.'),
  facility: z
    .enum(Object.keys(FACILITIES) as [keyof typeof FACILITIES])
    .default('authpriv')
    .describe('Facility of the messages.'),
  hostname: z.string().min(1).max(255).exactOptional().describe('Name of the sender. Absent: that of this machine.'),
  enterprise: z
    .int()
    .min(1)
    .default(32_473)
    .describe('Private enterprise number that `structured` names its data by; the default is the one for examples.'),
  maxBytes: z
    .int()
    .min(480)
    .max(1_000_000)
    .default(8000)
    .describe('Longest message that the receiver takes, in bytes. A longer one is told with less evidence.'),
  ca: pem('Who signed the receiver’s certificate, where Node does not trust them'),
  cert: pem('A certificate of ours, where the receiver asks for it'),
  key: pem('Its key'),
  serverName: z
    .string()
    .min(1)
    .exactOptional()
    .describe('Name in the receiver’s certificate, where `host` is another.'),
});

/** Tells a SIEM by syslog. */
export const syslog = defineNotifier({
  id: 'syslog',
  title: 'Syslog',
  settings,

  open(options, { version }) {
    const { host, port, transport, format, framing, facility, enterprise, maxBytes, serverName } = options;
    const { ca, cert, key } = options;
    const header = { facility, host: options.hostname ?? hostname(), enterprise, version };
    const pems = Object.fromEntries(Object.entries({ ca, cert, key }).filter(([, text]) => text !== undefined));
    const tls = { ...pems, ...(serverName !== undefined && { serverName }) };
    return {
      batch: 500,
      async deliver(notices, signal) {
        const messages = notices.map((notice) => Buffer.from(syslogLine(notice, format, header, maxBytes)));
        if (transport === 'udp') {
          await sendDatagrams(host, port, messages);
          return;
        }
        const target = { host, port, ...(transport === 'tls' && { tls }) };
        await sendStream(target, Buffer.concat(messages.map((message) => framed(message, framing))), signal);
      },
      close: async () => {},
    };
  },
});

/** RFC 6587, 3.4. */
function framed(message: Buffer, framing: 'octet-counting' | 'newline'): Buffer {
  return framing === 'newline'
    ? Buffer.concat([message, Buffer.from('\n')])
    : Buffer.concat([Buffer.from(`${message.length} `), message]);
}

import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Alert } from '../model/alert.ts';
import type { Severity } from '../model/severity.ts';
import type { Notice, Notifier } from './notifier.ts';

/** A real alert of the examples: guessing that got in. */
const ALERT = JSON.parse(readFileSync(new URL('./samples/alert.json', import.meta.url), 'utf8')) as Alert;

export const SURROUNDINGS = { version: '0.0.0-test', clock: () => Date.parse('2026-11-17T02:20:00Z') };

/** A notice about an alert of which only what matters to the case is told. */
export function noticeOf(
  number = 1,
  severity: Severity = 'High',
  properties: Partial<Alert['properties']> = {},
): Notice {
  const name = `${ALERT.name.slice(0, -12)}${String(number).padStart(12, '0')}`;
  return {
    id: `id-${number}`,
    isUpdate: false,
    portalUrl: `https://vedette.example.com/alerts/${name}`,
    createdTime: SURROUNDINGS.clock(),
    plannedTime: SURROUNDINGS.clock(),
    alert: { ...ALERT, name, properties: { ...ALERT.properties, severity, ...properties } },
  };
}

/** A web server that keeps what it is sent. */
export interface Receiver {
  url: string;
  received: { path: string; headers: IncomingHttpHeaders; body: string }[];
  /** What it says to the next requests. */
  answer: { status: number; headers?: Record<string, string>; body?: string };
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      receiver.received.push({ path: request.url ?? '', headers: request.headers, body });
      response.writeHead(receiver.answer.status, receiver.answer.headers).end(receiver.answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: [],
    answer: { status: 200 },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return receiver;
}

/** Tells notices on a channel of their own. */
export async function deliver(notifier: Notifier, settings: object, notices: readonly Notice[]): Promise<void> {
  const channel = notifier.open(settings, SURROUNDINGS);
  try {
    await channel.deliver(notices, AbortSignal.timeout(10_000));
  } finally {
    await channel.close();
  }
}

/** What an attacker would put into a name or a statement. */
export const HOSTILE = [
  'x\r\nBcc: all@example.com\r\n\r\n',
  '<script>alert(1)</script>',
  '[click](http://evil.example.com/a) <http://evil.example.com|here> <!channel> @everyone',
  'https://evil.example.com/a?b=c',
  '"]\\ |=\\n \u202e\u2028\u0085\u0000\u001b[31m',
  '**bold** _it_ ~no~ `code` # head',
].join(' ');

import { appendFileSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { basename, join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { freePort } from '../servers/free-port.ts';
import { GUESSER, guessing } from './guesses.ts';
import { type ServedFolder, type Serving, servedFolder, until } from './serving.ts';

// Each case starts the whole program; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 300_000 });

const TOKEN = 'invented-ingest-token';
const FILES = [
  ['of-csvlog', 'csvlog', 'csvlog'],
  ['of-jsonlog', 'jsonlog', 'jsonlog'],
  ['of-stderr', 'stderr', 'stderr'],
  ['of-stderr-default', 'stderr', 'stderr by default'],
  ['of-syslog', 'syslog', 'syslog'],
  ['of-rds', 'rds', 'rds'],
  ['of-cloudsql', 'cloudsql', 'cloudsql'],
  ['of-azure', 'azure', 'azure'],
  ['of-auto-csvlog', 'auto', 'csvlog'],
  ['of-auto-stderr', 'auto', 'stderr'],
  ['of-auto-syslog', 'auto', 'syslog'],
  ['of-auto-rds', 'auto', 'rds'],
] as const;
const PUSHED = [
  ['by-push-stderr', 'stderr'],
  ['by-push-azure', 'azure'],
  ['by-push-csvlog', 'csvlog'],
] as const;

/** The resources that the guesser's alerts are of, and how many guesses those count. */
function told(folder: ServedFolder): Record<string, string | undefined> {
  const about = folder.alerts().filter(({ alert }) => alert.properties.description.includes(GUESSER));
  return Object.fromEntries(
    about.map(({ alert: { properties } }) => [
      basename(properties.resourceIdentifiers[0]!.azureResourceId),
      properties.extendedProperties['Event count'],
    ]),
  );
}

const atWork = (serving: Serving) => until('it is at work', () => serving.text().includes('watching'));

it('reads logs that are empty at first by whatever comes, however it comes, and goes on after a kill', async () => {
  const [http, syslog] = [await freePort(), await freePort()];
  const folder = servedFolder({
    resources: [
      ...FILES.map(([id, format]) => ({ id, kind: 'postgresql', logs: [{ path: `${id}.log`, format }] })),
      ...PUSHED.map(([id, format]) => ({
        id,
        kind: 'postgresql',
        logs: [{ push: { token: TOKEN_REFERENCE }, format }],
      })),
      { id: 'by-syslog', kind: 'postgresql', logs: [{ syslog: { listen: `tcp://127.0.0.1:${syslog}` } }] },
    ],
    server: { directory: 'data', http: { port: http } },
  });
  const names = [...FILES, ...PUSHED].map(([id]) => id as string).concat('by-syslog');
  const path = (id: string) => join(folder.path, `${id}.log`);
  for (const [id] of FILES) {
    writeFileSync(path(id), '');
  }
  const first = folder.start({ INGEST_TOKEN: TOKEN });
  await atWork(first);
  const start = Date.now() - 60_000;
  const connect = () => createConnection(syslog, '127.0.0.1').on('error', () => undefined);
  let log = connect();
  const tell = async (from: number, to: number) => {
    for (const [id, , form] of FILES) {
      appendFileSync(path(id), guessing(form, start).slice(from, to).join(''));
    }
    for (const [id, form] of PUSHED) {
      await push(http, id, guessing(form, start).slice(from, to).join(''));
    }
    log.write(guessing('syslog', start).slice(from, to).map(asMessages).join(''));
  };
  await tell(0, 11);
  const all = (count: string) => Object.fromEntries(names.map((id) => [id, count]));
  await until('all have their alert', () => Object.keys(told(folder)).length === names.length);
  await until('all is counted', () => Object.values(told(folder)).every((count) => count === '11'));
  expect(await first.end('SIGKILL')).toBe(null);
  const second = folder.start({ INGEST_TOKEN: TOKEN });
  await atWork(second);
  log = connect();
  await tell(11, 12);
  await until('what comes after the kill is counted', () =>
    Object.values(told(folder)).every((count) => count === '12'),
  );

  expect(told(folder)).toEqual(all('12'));
  expect(second.text()).not.toContain('another journal');
  expect(await second.end('SIGTERM')).toBe(0);
});

const TOKEN_REFERENCE = `\${env:INGEST_TOKEN}`;

async function push(port: number, resource: string, body: string): Promise<void> {
  const type = body.startsWith('{') ? 'application/x-ndjson' : 'text/plain';
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': type };
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/ingest/${resource}`, { method: 'POST', body, headers });
  expect(answer.status).toBe(200);
}

/** Lines of a syslog file as messages of RFC 5424. */
function asMessages(lines: string): string {
  return lines.replace(/^(\S+) (\S+) (\w+)\[(\d+)\]: /gm, '<134>1 $1 $2 $3 $4 - - ');
}

import { createSocket } from 'node:dgram';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { freePort } from '../servers/free-port.ts';
import { login } from './login.ts';
import { servedFolder, until } from './serving.ts';

// The case starts the whole program; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 300_000 });

const PATIENCE = { timeout: 120_000, interval: 500 };
const HOUR_MS = 3_600_000;

interface Health {
  rejected: { example: string }[];
  notices: { kind: string; text: string }[];
}

it('tells how every way in fares, what is lost, refused or missing, and what a pooler hides', async () => {
  const [http, syslog] = [await freePort(), await freePort()];
  const kafka = { brokers: ['127.0.0.1:1'], topic: 'logs' };
  const folder = servedFolder({
    resources: [
      { id: 'pooled', kind: 'postgresql', logs: [{ path: 'pooled.csv', format: 'csvlog' }] },
      { id: 'open', kind: 'postgresql', logs: [{ path: 'open.log' }] },
      {
        id: 'pushed',
        kind: 'postgresql',
        logs: [
          { push: {}, format: 'csvlog' },
          { kafka, format: 'csvlog' },
        ],
      },
      {
        id: 'sent',
        kind: 'postgresql',
        logs: [{ syslog: { listen: `udp://127.0.0.1:${syslog}` }, logLinePrefix: '%m [%p] ' }],
      },
    ],
    server: { directory: 'data', http: { port: http } },
  });
  const health = async (resource: string) =>
    (await folder.ask('GET', `/api/v1/resources/${resource}/health`)).body as Health;
  const told = (resource: string, wanted: object) =>
    vi.waitFor(async () => expect(await health(resource)).toMatchObject(wanted), PATIENCE);
  const start = Date.now() - 60 * HOUR_MS;
  const log = join(folder.path, 'pooled.csv');
  const users = ['alice', 'bob', 'carol'];
  const logins = Array.from({ length: 240 }, (_, i) => login(start + (i * HOUR_MS) / 5, users[i % 3]!, '10.0.0.5'));
  writeFileSync(log, `ALTER ROLE app PASSWORD 'hunter2' broken\n${logins.join('')}`);
  writeFileSync(join(folder.path, 'open.log'), '');
  const serving = folder.start();
  await until('it is at work', () => serving.text().includes('watching'));
  const socket = createSocket('udp4');
  for (const number of [1, 2, 9]) {
    const text = `[${number}-1] ${new Date().toISOString().slice(0, -1).replace('T', ' ')} UTC [7] LOG:  statement: SELECT 1`;
    socket.send(`<134>1 ${new Date().toISOString()} db postgres 7 - - ${text}`, syslog, '127.0.0.1');
  }
  await fetch(`http://127.0.0.1:${http}/api/v1/ingest/pushed`, { method: 'POST', body: 'a' });

  await told('open', { sources: [{ source: 'file-tail', format: 'auto', state: 'pending' }] });
  await told('pushed', {
    sources: [
      { name: 'http-push', format: 'csvlog', state: 'running' },
      { name: 'kafka logs', state: 'waiting', problem: expect.stringContaining('127.0.0.1:1'), messages: 0 },
    ],
    notices: [{ kind: 'source', text: expect.stringContaining('Nothing comes from kafka logs') }],
  });
  await told('sent', {
    sources: [
      { name: `syslog udp://127.0.0.1:${syslog}`, state: 'running', messages: 3, lastTime: expect.any(String) },
    ],
    gaps: [{ what: expect.any(String), records: 6 }],
    notices: [{ kind: 'lost-input' }],
  });
  await told('pooled', {
    notices: [{ kind: 'hidden-clients', text: expect.stringContaining('All 240 logins at pooled come from 10.0.0.5') }],
  });
  expect(JSON.stringify((await health('pooled')).rejected)).not.toContain('hunter2');
  expect((await health('pooled')).rejected).toHaveLength(1);
  appendFileSync(log, login(Date.now() - 1000, 'alice', '10.0.0.6'));
  await told('pooled', { notices: [] });
  const metrics = await (await fetch(`http://127.0.0.1:${http}/metrics`)).text();
  expect(metrics).toMatch(/vedette_source_up\{resource="[^"]*\/pushed",source="kafka logs"\} 0/);
  expect(metrics).toMatch(/vedette_source_messages_total\{resource="[^"]*\/sent",source="syslog [^"]*"\} 3/);
  expect(metrics).toMatch(/vedette_records_per_second\{/);
  socket.close();
  expect(await serving.end('SIGTERM')).toBe(0);
});

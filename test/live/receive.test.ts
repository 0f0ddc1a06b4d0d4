import { expect, it, vi } from 'vitest';
import { freePort } from '../servers/free-port.ts';
import { servedFolder, until } from './serving.ts';

// Each case starts the whole program; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 300_000 });

const TOKEN = 'invented-ingest-token';

/** A failed login as csvlog has it, seconds after a time. */
function failure(start: number, seconds: number, user: string): string {
  const time = `${new Date(start + 1000 * seconds).toISOString().slice(0, 23).replace('T', ' ')} UTC`;
  const session = `${(Math.floor(start / 1000) + seconds).toString(16)}.${(4000 + seconds).toString(16)}`;
  return `${time},"${user}","orders",${16384 + seconds},"203.0.113.77:${40000 + seconds}",${session},2,"authentication",${time},3/${seconds},0,FATAL,28P01,"password authentication failed for user ""${user}""","Role ""${user}"" does not exist.",,,,,,,,"","client backend",,0\n`;
}

it('what is pushed becomes an alert; what was acknowledged before a kill counts once', async () => {
  const port = await freePort();
  const folder = servedFolder({
    resources: [
      { id: 'orders', kind: 'postgresql', logs: [{ push: { token: `\${env:INGEST_TOKEN}` }, format: 'csvlog' }] },
    ],
    server: { directory: 'data', http: { port } },
  });
  const start = Date.now() - 60_000;
  const push = async (body: string, token = TOKEN) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'text/csv' };
    return (await fetch(`http://127.0.0.1:${port}/api/v1/ingest/orders`, { method: 'POST', body, headers })).status;
  };
  const first = folder.start({ INGEST_TOKEN: TOKEN });
  await until('it can be pushed to', () => first.text().includes('watching 1 resources'));
  expect(await push('x', 'guessed')).toBe(401);
  expect(await push(Array.from({ length: 12 }, (_, i) => failure(start, i, `guess${i}`)).join(''))).toBe(200);
  await until('the alert is stored', () => folder.alerts().length === 1);
  expect(await push(failure(start, 13, 'late'))).toBe(200);
  expect(await first.end('SIGKILL')).toBe(null);
  const second = folder.start({ INGEST_TOKEN: TOKEN });
  await until('it can be pushed to again', () => second.text().includes('watching 1 resources'));
  expect(await push(failure(start, 14, 'later'))).toBe(200);
  await until('it counts on', () => folder.alerts()[0]?.alert.properties.extendedProperties['Event count'] === '14');

  expect(folder.alerts()).toHaveLength(1);
  expect(second.text()).not.toContain(TOKEN);
  expect(await second.end('SIGTERM')).toBe(0);
});

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Listening, serveApp } from '../api/serve.ts';
import { type TestServer, testServer } from '../api/testkit.ts';
import { START, statement, type TestArchive, testArchive } from '../archive/testkit.ts';
import { ActivityClass } from '../model/activity.ts';

const MAIN = new URL('../main.ts', import.meta.url).pathname;
const run = promisify(execFile);
const RANGE = ['--from', '2026-11-03T00:00:00Z', '--to', '2026-11-04T00:00:00Z'];

let directory: string;
let kept: TestArchive;
let server: TestServer;
let listening: Listening;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vedette-cli-'));
  kept = await testArchive(afterAll);
  server = await testServer({ archive: kept.archive });
  listening = await serveApp(server.app, { socket: join(directory, 'vedette.sock') });
  await kept.put([
    statement({ byteOffset: 1 }),
    statement({ byteOffset: 2, time: START + 1, principal: 'bob' }),
    statement({ byteOffset: 3, time: START + 2, principal: 'bob', class: ActivityClass.authentication, statement: '' }),
  ]);
});
afterAll(async () => {
  await listening.close();
  await server.store.close();
  rmSync(directory, { recursive: true });
});

async function vedette(...args: string[]): Promise<string> {
  const env = { PATH: process.env.PATH, HOME: directory, VEDETTE_SOCKET: join(directory, 'vedette.sock') };
  return (await run(process.execPath, [MAIN, ...args], { env })).stdout;
}

it('searches, over pages too, and says what is wrong', async () => {
  const found = JSON.parse(await vedette('search', ...RANGE, '-o', 'json'));

  expect(found.map(({ offset }: { offset: number }) => offset)).toEqual([3, 2, 1]);
  expect(await vedette('search', 'from orders', ...RANGE, '--principal', 'bob', '-o', 'tsv')).toMatch(
    /^2026-11-03T10:00:00\.001Z\torders\t/,
  );
  await expect(vedette('search', '--address', '10.0.0.0/33')).rejects.toThrow(/no network/);
});

it('asks in SQL, hunts, and erases', async () => {
  const hunt = ['hunt', 'run', 'outside-named-networks', '--until', '2026-11-04T00:00:00Z', '-o', 'tsv'];

  expect(await vedette('sql', 'SELECT user_name, count(*) FROM activities GROUP BY ALL ORDER BY 1', '-o', 'tsv')).toBe(
    'alice\t1\nbob\t2\n',
  );
  expect(await vedette('hunt', 'list', '-o', 'tsv')).toContain('failures-by-source\t7\t');
  expect(await vedette(...hunt)).toMatch(/^orders\tbob\t198\.51\.100\.7\t/);
  expect(await vedette('erase', 'bob', '--mode', 'erase', '--reason', 'request 7', '-o', 'tsv')).toBe(
    '2\t1\t0\t0\t0\t\n',
  );
  expect(await vedette(...hunt)).toBe('');
});

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Listening, serveApp } from '../api/serve.ts';
import { anAlert, ORDERS, raise, type TestServer, testServer } from '../api/testkit.ts';

const MAIN = new URL('../main.ts', import.meta.url).pathname;
const run = promisify(execFile);
/** Each command is a program of its own; on a busy machine it takes seconds to start. */
const SLOW = { timeout: 240_000 };
const TIME = Date.UTC(2026, 10, 1);
const place = {
  kind: 'place',
  principal: 'alice',
  value: 'Germany',
  firstTime: TIME,
  lastTime: TIME,
  uses: 7,
} as const;
let directory: string;
let server: TestServer;
let listening: Listening;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vedette-cli-'));
  server = await testServer({
    networks: { declared: () => [], problemOf: async () => undefined },
    resourceIntake: { problemOf: async () => undefined },
    evidenceKey: new Uint8Array(32),
    learned: async () => ({ 'unusual-location': [place] }),
  });
  listening = await serveApp(server.app, { socket: join(directory, 'vedette.sock') });
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

it('names networks, and takes the names back', SLOW, async () => {
  const set = ['networks', 'set', 'Berlin office', '--cidr', '198.51.100.0/24', '10.20.0.0/16', '--country', 'DE'];

  expect(await vedette(...set, '--trusted', '-o', 'tsv')).toBe(
    'Berlin office\t198.51.100.0/24, 10.20.0.0/16\t{"country":"DE"}\ttrue\toverride\n',
  );
  await vedette('networks', 'remove', 'berlin office');
  expect(await vedette('networks', 'list', '-o', 'json')).toBe('[]\n');
});

it('adds resources beside those that are listed, and removes them', SLOW, async () => {
  const added = await vedette(
    'resources',
    'add',
    'billing',
    '--kind',
    'postgresql',
    '--log',
    '/var/log/b.csv',
    '-o',
    'tsv',
  );

  expect(added).toMatch(/^billing\tpostgresql\ton\tadded\t/);
  expect(await vedette('resources', '-o', 'tsv')).toContain('billing');
  await vedette('resources', 'remove', 'billing');
  expect(await vedette('resources', '-o', 'tsv')).not.toContain('billing');
  await expect(vedette('resources', 'add', 'x', '--kind', 'postgresql')).rejects.toMatchObject({
    stderr: expect.stringContaining('--log PATH'),
  });
});

it('tells what is usual, and corrects it', SLOW, async () => {
  const pin = ['pin', 'Orders', '--kind', 'place', '--principal', 'alice', '--value', 'Germany'];

  expect(await vedette('baseline', 'list', 'Orders', '-o', 'tsv')).toContain('alice\tplace\tGermany\t');
  expect(await vedette('baseline', ...pin, '-o', 'tsv')).toMatch(/^\d+\tpin\t/);
  expect(await server.store.decisions.after(0, 10, ORDERS.toLowerCase())).toMatchObject([
    { body: { kind: 'pin', fact: { about: 'place', principal: 'alice', value: 'Germany' } } },
  ]);
  expect(await vedette('baseline', 'decisions', 'Orders')).toContain('Germany');
});

it('reveals literals only to who says why', SLOW, async () => {
  const alert = anAlert();
  await raise(server.store, [alert]);

  expect(await vedette('alerts', 'reveal', alert.name, '--reason', 'ticket 4711', '-o', 'json')).toContain(
    '"isRevealed": false',
  );
  await expect(vedette('alerts', 'reveal', alert.name)).rejects.toMatchObject({
    stderr: expect.stringContaining('--reason'),
  });
});

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ownCertificate } from '../api/own-certificate.ts';
import { type Listening, serveApp } from '../api/serve.ts';
import { anAlert, CATALOG, raise, SUBSCRIPTION, type TestServer, testServer } from '../api/testkit.ts';

const MAIN = new URL('../main.ts', import.meta.url).pathname;
const run = promisify(execFile);
/** Each command is a program of its own; on a busy machine it takes seconds to start. */
const SLOW = { timeout: 240_000 };
let directory: string;
let server: TestServer;
let listening: Listening;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vedette-cli-'));
  server = await testServer();
  const own = await ownCertificate(directory, ['localhost', '127.0.0.1'], Date.now());
  const socket = join(directory, 'vedette.sock');
  listening = await serveApp(server.app, { socket, https: { host: '127.0.0.1', port: 0, ...own } });
});
afterAll(async () => {
  await listening.close();
  await server.store.close();
  rmSync(directory, { recursive: true });
});

/** What a command prints; rejects when it fails. */
async function vedette(args: readonly string[], input = '', env: Record<string, string> = {}): Promise<string> {
  const socket = join(directory, 'vedette.sock');
  const running = run(process.execPath, [MAIN, ...args], {
    env: { PATH: process.env.PATH, HOME: directory, VEDETTE_SOCKET: socket, ...env },
  });
  running.child.stdin?.end(input);
  return (await running).stdout;
}

it('switches protection off and on, as the cmdlets do', SLOW, async () => {
  expect(JSON.parse(await vedette(['get', 'catalog', '-o', 'json']))).toEqual({ IsEnabled: true, Id: CATALOG });
  expect(await vedette(['disable', CATALOG, '-o', 'tsv'])).toBe(`false\t${CATALOG}\n`);
  expect((await server.store.settings.override(CATALOG.toLowerCase()))?.settings.protection).toBe('off');
  expect(await vedette(['enable', 'catalog'])).toContain('│ true');
});

it('lists alerts and dismisses one', SLOW, async () => {
  const alert = anAlert();
  await raise(server.store, [alert]);

  expect(await vedette(['alerts', 'list'])).toContain(alert.properties.alertDisplayName);
  await vedette(['alerts', 'dismiss', alert.name, '--reason', 'expected']);
  expect(JSON.parse(await vedette(['alerts', 'show', alert.name])).status).toBe('Dismissed');
});

it('suppresses, tells beforehand how much, and takes it back', SLOW, async () => {
  const when = ['--when', 'entities.ip.address=203.0.113.7', '--subscription', SUBSCRIPTION];
  const preview = JSON.parse(await vedette(['suppressions', 'preview', ...when, '-o', 'json']));
  const added = ['suppressions', 'add', 'scanner', '--reason', 'ours', '--until', '2026-12-24', ...when];

  expect(preview).toMatchObject({ days: 90, hidden: preview.looked });
  expect(await vedette([...added, '-o', 'tsv'])).toContain('scanner\tEnabled\t*\t');
  expect(await vedette(['suppressions', 'list'])).toContain('scanner');
  await vedette(['suppressions', 'remove', 'scanner', '--subscription', SUBSCRIPTION]);
  expect(await vedette(['suppressions', 'list', '-o', 'json'])).toBe('[]\n');
  await expect(vedette(['suppressions', 'add', 'x', '--reason', 'y', '--when', 'nonsense'])).rejects.toMatchObject({
    stderr: expect.stringContaining('must be FIELD=VALUE'),
  });
});

it('simulates alerts of the types that are asked for', SLOW, async () => {
  const told = await vedette(['simulate', 'catalog', '--type', 'CosmosDB_TorAnomaly', '-o', 'tsv']);

  expect(told).toMatch(/^High\tCosmosDB_TorAnomaly\t\[SAMPLE ALERT\] /);
  await expect(vedette(['simulate', 'catalog', '--type', 'Nothing'])).rejects.toMatchObject({
    stderr: expect.stringContaining('there are CosmosDB_BruteForce'),
  });
});

it('makes users, programs and tokens, signs in elsewhere with one, and takes it back', SLOW, async () => {
  const file = join(directory, 'password');
  writeFileSync(file, 'correct horse battery\n');
  await vedette(['users', 'add', 'alice', '--role', 'Owner', '--password-file', file]);
  const program = JSON.parse(await vedette(['service-principals', 'add', 'terraform', '-o', 'json']));
  const token = JSON.parse(await vedette(['tokens', 'add', 'cron', '--for', 'alice', '-o', 'json']));
  const certificate = join(directory, 'certificate.pem');
  const login = ['login', '--server', listening.httpsUrl!, '--certificate', certificate];

  expect(program).toMatchObject({ name: 'terraform', secret: expect.stringMatching(/^.{43}$/) });
  expect(await vedette(login, token.secret)).toBe(`Signed in at ${listening.httpsUrl} as alice.\n`);
  expect(await vedette(['users', 'list', '-o', 'tsv'])).toContain('alice');
  await vedette(['tokens', 'revoke', token.id]);
  await expect(vedette(['users', 'list'])).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('revoked'),
  });
});

it('says what to do where no server answers', async () => {
  const nowhere = { VEDETTE_SOCKET: join(directory, 'nothing.sock'), HOME: '/nonexistent' };

  await expect(vedette(['resources'], '', nowhere)).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no server answers at'),
  });
});

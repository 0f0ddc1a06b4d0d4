import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { parse, stringify } from 'yaml';
import { ROOT, runVedette } from './run-vedette.ts';

// Each case starts the whole program; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const CONFIG = join(ROOT, 'examples/quickstart/vedette.yaml');
interface Quickstart {
  resources: { id: string; logs: { path: string }[] }[];
  detectors?: Record<string, object>;
  expected?: object[];
}

let folder: string;
let config: Quickstart;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-tuning-'));
  config = parse(readFileSync(CONFIG, 'utf8')) as Quickstart;
  for (const log of config.resources.flatMap(({ logs }) => logs)) {
    log.path = join(dirname(CONFIG), log.path);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('shows what another configuration would raise before it is used', async () => {
  const other = join(folder, 'other.yaml');
  writeFileSync(
    other,
    stringify({ ...config, detectors: { ...config.detectors, 'brute-force': { failureCount: 1000 } } }),
  );
  const { code, stdout } = await runVedette(['replay', '-c', CONFIG, '--compare', other]);

  expect(code).toBe(0);
  expect(stdout).toMatch(/^vedette\.yaml → other\.yaml: \d+ → \d+ alerts above Informational, /);
  expect(stdout).toMatch(/_BruteForce +│ \d+ → 0/);
  expect(stdout).toMatch(/ {2}disappears\n {4}2026-\d\d-\d\d \d\d:\d\d (?:Low|Medium|High) /);
});

it('says that nothing changes where nothing does', async () => {
  const { stdout } = await runVedette(['replay', '-c', CONFIG, '--compare', CONFIG]);

  expect(stdout).toMatch(/^vedette\.yaml → vedette\.yaml: (\d+) → \1 alerts .*\nNothing changes\.\n$/);
});

it('shows what each setting of a detector would have raised, and how to keep it', async () => {
  const [{ id }] = config.resources;
  const { code, stdout } = await runVedette(['tune', id, '-c', CONFIG, '--detector', 'brute-force']);

  expect(code).toBe(0);
  expect(stdout).toMatch(/ now: \d+ alerts: /);
  expect(stdout).toMatch(/brute-force: \w+ \S+ → \S+: \d+ → \d+ alerts|Without effect on this history:/);
  expect(stdout).toContain('failureCount');
});

it('refuses a resource and a detector that are not there, and names those that are', async () => {
  const [{ id }] = config.resources;
  const unknown = await runVedette(['tune', 'nowhere', '-c', CONFIG]);
  const other = await runVedette(['tune', id, '-c', CONFIG, '--detector', 'nothing']);

  expect(unknown).toMatchObject({ code: 2, stdout: '' });
  expect(unknown.stderr).toContain('it has orders, shop-catalog');
  expect(other.code).toBe(2);
  expect(other.stderr).toContain('brute-force');
});

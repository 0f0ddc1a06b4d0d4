import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const config = join(root, 'src/config/testdata/valid/office.yaml');
const invalid = join(root, 'src/config/testdata/invalid/unknown-key-at-top.yaml');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('vedette', () => {
  it.each(['--help', '--version', 'help', 'replay --help'])('answers %s and succeeds', async (line) => {
    const { code, stdout } = await vedette(...line.split(' '));

    expect(code).toBe(0);
    expect(stdout).toMatch(/vedette|^\d+\.\d+\.\d+/);
  });

  it.each([
    ['no command', [], /^Usage: vedette/],
    ['an unknown command', ['replya'], /^vedette: unknown command 'replya'\n\(Did you mean replay\?\)\n$/],
    [
      'an unknown option',
      ['replay', '-c', config, '--fro', 'x'],
      /^vedette: unknown option '--fro'\n\(Did you mean --from\?\)\n$/,
    ],
    ['an argument that would draw on the terminal', ['\x1b[2J'], /^vedette: unknown command '\\x1b\[2J'\n$/],
    ['no configuration', ['replay'], /^vedette: required option '-c, --config <file>' not specified\n$/],
    ['a missing configuration', ['replay', '-c', 'none.yaml'], /^vedette: none\.yaml does not exist; [^\n]+\n$/],
    [
      'a wrong configuration',
      ['replay', '-c', invalid],
      /^vedette: \S+: resource is not a setting; did you mean "resources"\?\n$/,
    ],
    ['a time that is none', ['replay', '-c', config, '--to', 'now'], /^vedette: --to "now" is not a time; [^\n]+\n$/],
    [
      'an output that cannot be written',
      ['replay', '-c', config, '--out', '/no/such/folder/x'],
      /^vedette: --out "[^"]+" cannot be written [^\n]+\n$/,
    ],
    [
      'an output that is an input',
      ['replay', '-c', config, '--out', config],
      /^vedette: --out "[^"]+" is a file that this run reads; [^\n]+\n$/,
    ],
  ])('refuses %s with 2', async (_, args, message) => {
    const { code, stdout, stderr } = await vedette(...args);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});

describe('vedette replay', () => {
  it('tells what it read, alerts on standard output and counts on standard error', async () => {
    const { code, stdout, stderr } = await vedette('replay', '-c', config);

    expect(code).toBe(0);
    expect(stdout).toMatch(/^No alerts: /);
    expect(stderr).toMatch(/^records +\d/);
    expect(stderr).toMatch(/^alerts +none$/m);
  });

  it('writes a file', async () => {
    const out = join(folder, 'alerts.txt');
    const { code, stdout } = await vedette('replay', '-c', config, '--out', out);

    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(readFileSync(out, 'utf8')).toMatch(/^No alerts: /);
  });

  it('fails with 1 and one sentence where standard output is full', async () => {
    const child = spawn('/bin/sh', ['-c', '"$0" replay -c "$1" > /dev/full', join(root, 'bin/vedette'), config]);
    const [stderr, code] = await Promise.all([text(child.stderr), exitCode(child)]);

    expect(code).toBe(1);
    expect(stderr).toMatch(/^vedette: stopped by an unexpected error: [^\n]*ENOSPC[^\n]*\n$/);
  });

  it('ends quietly when its reader goes away', async () => {
    const child = spawn(join(root, 'bin/vedette'), ['replay', '-c', config]);
    child.stdout.destroy();
    const [stderr, code] = await Promise.all([text(child.stderr), exitCode(child)]);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});

async function vedette(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(join(root, 'bin/vedette'), args, { cwd: folder });
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), exitCode(child)]);
  return { code, stdout, stderr };
}

function exitCode(child: ReturnType<typeof spawn>): Promise<number | null> {
  const { promise, resolve } = Promise.withResolvers<number | null>();
  child.once('close', resolve);
  return promise;
}

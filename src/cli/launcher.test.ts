import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** The oldest Node whose launcher starts the program in its own process. */
const NEEDED_MAJOR = 24;
/** sysexits.h: EX_CONFIG. */
const EXIT_NO_RUNTIME = 78;

/** Stands in for the program, so that the launcher alone is judged: repeats its arguments, or waits for a signal. */
const PROGRAM = `
const [word, ...rest]: string[] = process.argv.slice(2);
process.exitCode = 7;
if (word === 'wait') {
  setTimeout(() => {}, 60_000);
  process.once('SIGTERM', () => process.exit(5));
}
if (word === 'bounds') {
  console.log(process.execArgv.join(' '), process.env.MALLOC_ARENA_MAX, process.env.MALLOC_MMAP_THRESHOLD_);
  process.exit();
}
console.log(JSON.stringify([Number.parseInt(process.versions.node, 10), word, ...rest]));
`;

const root = join(import.meta.dirname, '../..');
const olderNode = await findOlderNode();
let folder: string;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'vedette-')));
  for (const name of ['installed', 'bare']) {
    mkdirSync(join(folder, name, 'bin'), { recursive: true });
    mkdirSync(join(folder, name, 'src'));
    copyFileSync(join(root, 'bin/vedette'), join(folder, name, 'bin/vedette'));
    writeFileSync(join(folder, name, 'package.json'), '{ "type": "module" }');
    writeFileSync(join(folder, name, 'src/main.ts'), PROGRAM);
  }
  mkdirSync(join(folder, 'installed/node_modules'));
  symlinkSync(join(root, 'node_modules/node'), join(folder, 'installed/node_modules/node'));
  symlinkSync(join(root, 'node_modules/.bin'), join(folder, 'installed/node_modules/.bin'));
  symlinkSync('installed/bin/vedette', join(folder, 'link'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('started as a command', () => {
  it.each(['installed/bin/vedette', 'link'])('by %s, runs on the Node that is installed with it', async (path) => {
    expect(await run(join(folder, path), ['a', 'b c', '"$x"'])).toEqual({
      code: 7,
      stdout: '[24,"a","b c","\\"$x\\""]\n',
      stderr: '',
    });
  });

  it('is one process, so that a signal meets the program itself', async () => {
    const { child, exit } = await started(join(folder, 'link'), ['wait']);
    child.kill('SIGTERM');

    expect(await exit).toEqual([5, null]);
  });

  it.each([
    { by: 'the shell', command: () => [join(folder, 'link')], unbounded: true },
    { by: 'Node', command: () => [process.execPath, '--no-warnings', join(folder, 'link')], unbounded: true },
    { by: 'Node with bounds of its own', command: () => [process.execPath, join(folder, 'link')], unbounded: false },
  ])('bounds what V8 and glibc hold when started by $by', async ({ command, unbounded }) => {
    const { MALLOC_ARENA_MAX: _arenas, MALLOC_MMAP_THRESHOLD_: _threshold, ...others } = process.env;
    const own = { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '65536' };
    const [program, ...rest] = [...command(), 'bounds'];
    const { stdout } = await run(program ?? '', rest, { ...others, ...(unbounded ? {} : own) });

    expect(stdout).toMatch(unbounded ? /^--max-semi-space-size=8 .*2 131072\n$/ : /^ 1 65536\n$/);
  });

  it('says in one line that there is no Node', async () => {
    const { code, stderr } = await run('/bin/sh', [join(folder, 'bare/bin/vedette')], { PATH: toolsWithoutNode() });

    expect(code).toBe(EXIT_NO_RUNTIME);
    expect(stderr).toMatch(/^vedette: needs Node\.js 24 or later; [^\n]+\n$/);
  });
});

// The cases below need a second Node on the path that is older than ours.
describe.skipIf(olderNode === undefined)('started by an older Node', () => {
  it('runs on the pinned one, with arguments and exit code', async () => {
    expect(await run(olderNode ?? '', [join(folder, 'link'), 'a b'])).toEqual({
      code: 7,
      stdout: '[24,"a b"]\n',
      stderr: '',
    });
  });

  it('hands on signals', async () => {
    const { child, exit } = await started(olderNode ?? '', [join(folder, 'link'), 'wait']);
    child.kill('SIGTERM');

    expect(await exit).toEqual([5, null]);
  });

  it('takes the program along when it is killed', async () => {
    const { child, exit } = await started(olderNode ?? '', [join(folder, 'link'), 'wait']);
    const closed = once(child.stdout ?? child, 'close');
    child.kill('SIGKILL');

    // Both processes hold standard output open: it closes with the last of them.
    await closed;
    // The end of the launcher may be told after that of its output.
    expect(await exit).toEqual([null, 'SIGKILL']);
  });

  it('says in one line that there is no pinned one', async () => {
    const { code, stderr } = await run(olderNode ?? '', [join(folder, 'bare/bin/vedette')]);

    expect(code).toBe(EXIT_NO_RUNTIME);
    expect(stderr).toMatch(/^vedette: needs Node\.js 24 or later, this is v[\d.]+; [^\n]+\n$/);
  });
});

async function run(command: string, args: string[], environment: NodeJS.ProcessEnv = process.env) {
  const { promise, resolve } = Promise.withResolvers<{ code: number | null; stdout: string; stderr: string }>();
  const child = execFile(command, args, { env: environment, cwd: tmpdir() }, (_error, stdout, stderr) =>
    resolve({ code: child.exitCode, stdout, stderr }),
  );
  return promise;
}

/** Waits for the first output: the program is up and has its handlers. */
async function started(command: string, args: string[]): Promise<{ child: ChildProcess; exit: Promise<unknown[]> }> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  await once(child.stdout, 'data');
  child.stdout.resume();
  return { child, exit };
}

/** A folder with what the shell part calls, and nothing else. */
function toolsWithoutNode(): string {
  const tools = join(folder, 'tools');
  mkdirSync(tools);
  for (const name of ['dirname', 'readlink']) {
    const [found] = onPath(name);
    symlinkSync(found, join(tools, name));
  }
  return tools;
}

async function findOlderNode(): Promise<string | undefined> {
  for (const path of onPath('node')) {
    const { stdout } = await run(path, ['--version']);
    if (Number.parseInt(stdout.slice(1), 10) < NEEDED_MAJOR) {
      return path;
    }
  }
  return undefined;
}

function onPath(name: string): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((entry) => join(entry, name)).filter((path) => existsSync(path));
}

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../src/lib/user-error.ts';
import { ROOT } from './replay-fleet.ts';
import type { ToldAlert } from './scoring/told-alert.ts';

/** The last tag that this version comes after; undefined where there is none. */
export function previousTag(): string | undefined {
  const { status, stdout } = spawnSync('git', ['describe', '--tags', '--abbrev=0', 'HEAD^'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return status === 0 ? stdout.trim() : undefined;
}

/**
 * Checks an earlier version out beside this one, calls with its folder, and takes it away again. It runs with the
 * packages of this version.
 */
export function withVersion<T>(reference: string, call: (root: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-earlier-'));
  const root = join(folder, 'vedette');
  try {
    run('git', ['worktree', 'add', '--detach', root, reference], ROOT);
    symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
    run('npm', ['run', '--silent', 'build:wasm'], root);
    return call(root);
  } finally {
    spawnSync('git', ['worktree', 'remove', '--force', root], { cwd: ROOT });
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) {
    throw new UserError(`${command} ${args.join(' ')} ended with ${status}: ${stderr.trim()}`);
  }
}

/** Alerts that only one of two versions raised. The same one is of the same kinds, about the same, at the same time. */
export function differenceOf(before: readonly ToldAlert[], now: readonly ToldAlert[]) {
  const keyOf = ({ resource, kinds, principals, addresses, time }: ToldAlert): string =>
    JSON.stringify([resource, kinds[0], principals[0], addresses[0], time]);
  const [keysBefore, keysNow] = [before, now].map((alerts) => new Set(alerts.map(keyOf)));
  return {
    gone: before.filter((alert) => !keysNow!.has(keyOf(alert))),
    added: now.filter((alert) => !keysBefore!.has(keyOf(alert))),
  };
}

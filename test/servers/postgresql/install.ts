import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PgModule } from './pg-module.ts';

/** The major versions that are pinned in the package.json beside this file. */
export const POSTGRESQL_MAJORS = [13, 14, 15, 16, 17, 18] as const;
export type PostgresqlMajor = (typeof POSTGRESQL_MAJORS)[number];

const folder = fileURLToPath(new URL('.', import.meta.url));

/** An installation takes seconds with a warm npm cache and a few minutes without; then its lock counts as abandoned. */
const INSTALL_TIMEOUT_MS = 300_000;

/** Directory with `bin`, `lib` and `share` of one major version on this platform; it exists after the installation only. */
export function nativeDirectory(major: PostgresqlMajor): string {
  return join(folder, 'node_modules', `postgresql-${major}-${process.platform}-${process.arch}`, 'native');
}

/**
 * Why this machine cannot run that version, in one sentence to print beside a skipped test; `undefined` when it can.
 * Installs the pinned packages when first asked. With `VEDETTE_REQUIRE_ALL=1` it throws instead of giving a reason.
 */
export function whyNoPostgresql(major: PostgresqlMajor): string | undefined {
  const reason = installOnce() ?? probe(major);
  if (reason !== undefined && process.env.VEDETTE_REQUIRE_ALL === '1') {
    throw new Error(reason);
  }
  return reason;
}

/** The node-postgres client. Call it only where `whyNoPostgresql` gave no reason. */
export function loadPg(): PgModule {
  return createRequire(join(folder, 'package.json'))('pg') as PgModule;
}

/** Runs `npm ci` unless a complete installation is there; processes take turns by a lock directory. */
function installOnce(): string | undefined {
  const lock = join(tmpdir(), 'vedette-test-postgresql.lock');
  while (!isInstalled() || existsSync(lock)) {
    if (!tryLock(lock)) {
      pause(200);
      continue;
    }
    try {
      return isInstalled() ? undefined : runNpmCi();
    } finally {
      rmSync(lock, { recursive: true, force: true });
    }
  }
  return undefined;
}

/** npm writes its own copy of the lock file last; one that is older than ours belongs to other versions. */
function isInstalled(): boolean {
  const copy = statSync(join(folder, 'node_modules', '.package-lock.json'), { throwIfNoEntry: false });
  return copy !== undefined && copy.mtimeMs >= statSync(join(folder, 'package-lock.json')).mtimeMs;
}

function tryLock(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    const heldSince = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - heldSince > INSTALL_TIMEOUT_MS) {
      rmSync(lock, { recursive: true, force: true });
    }
    return false;
  }
}

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function runNpmCi(): string | undefined {
  try {
    execFileSync('npm', ['ci', '--loglevel=error'], { cwd: folder, stdio: 'pipe', timeout: INSTALL_TIMEOUT_MS });
    return undefined;
  } catch (error) {
    return `npm ci in test/servers/postgresql did not work: ${firstLine(error)}`;
  }
}

function probe(major: PostgresqlMajor): string | undefined {
  const native = nativeDirectory(major);
  if (!existsSync(native)) {
    return `there is no PostgreSQL ${major} package for ${process.platform}-${process.arch}`;
  }
  try {
    execFileSync(join(native, 'bin', 'postgres'), ['--version'], { stdio: 'pipe' });
    return undefined;
  } catch (error) {
    return `PostgreSQL ${major} does not run here: ${firstLine(error)}`;
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).trim().split('\n').slice(0, 3).join(' ');
}

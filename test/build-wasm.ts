import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** Builds the vector scan before tests run when its source is newer, as after a pull: no test meets an old one. */
export function setup(): void {
  if (modifiedMs('build/scan.wasm') < modifiedMs('assembly/scan.ts')) {
    execFileSync('npm', ['run', '--silent', 'build:wasm'], { cwd: ROOT, stdio: 'inherit' });
  }
}

/** 0 for a file that is not there. */
function modifiedMs(path: string): number {
  return statSync(join(ROOT, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

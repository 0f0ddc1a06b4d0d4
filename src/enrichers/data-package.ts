import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);

/** Paths of files in an optional npm package; none when it is not installed. */
export function dataPackageFiles(packageName: string, files: readonly string[]): string[] {
  try {
    const folder = join(require.resolve(`${packageName}/package.json`), '..');
    return files.map((file) => join(folder, file));
  } catch {
    return [];
  }
}

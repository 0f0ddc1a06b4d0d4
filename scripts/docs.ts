/**
 * Writes what is generated in the documentation: the tables of settings, from their schemas.
 * With `--check` it writes nothing and fails when something would change.
 */
import { writeFileSync } from 'node:fs';
import { generatedPages } from './docs/generated-pages.ts';

const outdated = generatedPages().filter(({ present, wanted }) => present !== wanted);
if (process.argv.includes('--check')) {
  for (const { path } of outdated) {
    console.error(`${path} is out of date: run npm run docs`);
  }
  process.exitCode = outdated.length > 0 ? 1 : 0;
} else {
  for (const { path, wanted } of outdated) {
    writeFileSync(new URL(`../${path}`, import.meta.url), wanted);
    console.log(`wrote ${path}`);
  }
}

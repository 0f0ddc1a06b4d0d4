/**
 * Writes what is generated: in the documentation the tables of settings, from their schemas; the portal's types of the API.
 * With `--check` it writes nothing and fails when something would change.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { API_TYPES, apiTypes } from './api-types.ts';
import { generatedPages } from './docs/generated-pages.ts';

const types = {
  path: API_TYPES,
  present: readFileSync(new URL(`../${API_TYPES}`, import.meta.url), 'utf8'),
  wanted: await apiTypes(),
};
const outdated = [...generatedPages(), types].filter(({ present, wanted }) => present !== wanted);
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

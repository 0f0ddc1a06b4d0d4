import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { dataPackageFiles } from './data-package.ts';

it('finds files of an installed package', () => {
  const [path] = dataPackageFiles('maxmind', ['lib/index.js']);

  expect(existsSync(path)).toBe(true);
});

it('finds none of an absent package', () => {
  expect(dataPackageFiles('@vedette/absent', ['a.mmdb'])).toEqual([]);
});

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { API_TYPES, apiTypes } from '../../scripts/api-types.ts';
import { ROOT } from '../run-vedette.ts';

it("the portal's types are those of the API's document: npm run docs brings them up to date", async () => {
  expect(readFileSync(`${ROOT}/${API_TYPES}`, 'utf8')).toBe(await apiTypes());
});

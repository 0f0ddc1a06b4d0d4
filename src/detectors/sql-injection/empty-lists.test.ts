import { expect, it } from 'vitest';
import { withoutEmptyLists } from './empty-lists.ts';

it.each([
  ["select a from t where (n = 'x' or 1 = 0) and b = 2", "select a from t where (n = 'x') and b = 2"],
  ["SELECT a FROM t WHERE n = 'x' OR (1 <> 1) OR 0=1 LIMIT 3", "SELECT a FROM t WHERE n = 'x' LIMIT 3"],
  ["select a from t where ((n = 'x') or (((0=1)))) and b = 2", "select a from t where ((n = 'x')) and b = 2"],
  ['select a from t where (b not in (null) or (1 = 1)) and c > 3', 'select a from t where (b not in (null)) and c > 3'],
])('takes an empty list out of %s', (sql, less) => {
  expect(withoutEmptyLists(sql)).toBe(less);
});

it.each([
  "select a from t where n = 'x' or 1 = 1",
  "select a from t where n = 'x' or not 1 = 0",
  "select a from t where n = 'x' or 1 = 0 + 1",
  "select a from t where n = 'x' or 1 = 0 = false",
  "select a from t where n = 'x' or 11 = 0",
  "select a from t where n = 'x' or 1 = 01",
  "select a from t where n = 'x or 1 = 0'",
  'select a from t where b in (3) or (1 = 1)',
  'select a from t where b = 1 and 1 = 0',
])('leaves %s alone', (sql) => {
  expect(withoutEmptyLists(sql)).toBeUndefined();
});

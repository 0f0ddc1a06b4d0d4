import { expect, it } from 'vitest';
import { readAll } from '../testkit.ts';
import { cloudsql } from './cloudsql.ts';
import { logEntry } from './testkit.ts';

it.each([
  ['LOG:  [postgres.c:1214]  statement: SELECT 1', { class: 'statement', statement: 'SELECT 1' }],
  ['LOG: [postgres.c:2408] execute <unnamed>: SELECT 1', { class: 'statement', statement: 'SELECT 1' }],
  ['FATAL:[auth.c:372] password authentication failed for user "app"', { class: 'authenticationFailure' }],
  ['ERROR:[parse_relation.c:1395]relation "x" does not exist', { class: 'statementError' }],
  ['LOG:  [not a place] statement: SELECT 1', { step: 'skipped' }],
])('is read behind the place in its source, as AlloyDB tells it: %s', async (line, expected) => {
  const resource = {
    type: 'alloydb.googleapis.com/Instance',
    labels: { cluster_id: 'shop', instance_id: 'shop-primary' },
  };
  const logName = 'projects/shop/logs/alloydb.googleapis.com%2Fpostgres.log';
  const [record] = await readAll(cloudsql, logEntry(line, { resource, logName }));

  expect(record).toMatchObject({ ...(record?.step === 'activity' && { resource: 'shop-primary' }), ...expected });
});

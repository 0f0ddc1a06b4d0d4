import { expect, it } from 'vitest';
import { readAll } from '../testkit.ts';
import { cloudsql } from './cloudsql.ts';
import { logEntry } from './testkit.ts';

it('a line is read with the prefix of its instance, where several share a file', async () => {
  const of = (instance: string) => ({ resource: { labels: { database_id: `p:${instance}` } } });
  const prefix = '2026-11-21 12:00:00.000 UTC [19782]: [1-1] ';
  const records = await readAll(
    cloudsql,
    [
      logEntry('LOG:  connection received: host=192.0.2.1 port=5', of('old'), `${prefix}db=,user= `),
      logEntry('LOG:  connection received: host=192.0.2.2 port=5', of('new'), `${prefix}db=,user=,host=192.0.2.2 `),
      logEntry('LOG:  statement: x', of('old'), `${prefix}db=d,user=a,host=b `),
      logEntry('LOG:  statement: x', of('new'), `${prefix}db=d,user=a,host=192.0.2.2 `),
    ].join(''),
  );

  expect(records.slice(2).map(({ resource, principal, address }) => [resource, principal, address])).toEqual([
    ['p:old', 'a,host=b', ''],
    ['p:new', 'a', '192.0.2.2'],
  ]);
});

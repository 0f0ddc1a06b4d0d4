import { expect, it } from 'vitest';
import { shapeOf, tokenShapeOf } from './shape-of.ts';

it.each([
  ['COPY public.customers TO STDOUT', 'all', 'all'],
  ['COPY public."Order Items" (a, b) TO stdout;', 'all', 'all'],
  ['copy (select * from customers) to stdout with csv header', 'all', 'all'],
  ['COPY (SELECT status, sum(total) FROM orders GROUP BY 1) TO STDOUT', 'some', 'some'],
  ['COPY customers FROM STDIN', 'some', 'some'],
  ["COPY customers TO '/tmp/x'", 'some', 'some'],
  ['select * from users', 'all', 'all'],
  ['select * from a join b on a.x = b.x', 'all', 'all'],
  ['with x as (select * from customers) select * from x', 'all', 'some'],
  ['select json_agg(c) from customers c', 'all', 'all'],
  ['select * from t where 1 = 1', 'all', 'some'],
  ['DECLARE c CURSOR FOR SELECT * FROM customers', 'all', 'all'],
  ['FETCH 1000 FROM c', 'page', 'page'],
  ['select email from customers limit 5', 'page', 'some'],
  ['select * from t where id between 1 and 1000', 'page', 'some'],
  ['select * from t where id > $1 order by id', 'page', 'some'],
  ['select * from t where id = $1', 'some', 'some'],
  ['select * from t where id > $1 and owner = $2', 'some', 'some'],
  ['select count(*)::int, max(a) from t', 'some', 'some'],
  ['select distinct category from products', 'some', 'some'],
  ['explain select * from t', 'some', 'some'],
  ['insert into a select * from b', 'some', 'some'],
  ['create table x as select * from y', 'some', 'some'],
  ['select n.nspname from pg_catalog.pg_namespace n', 'some', 'some'],
  ['select 1', 'some', 'some'],
])('%s hands out %s, and %s as far as its tokens tell', (sql, byTree, byTokens) => {
  expect(shapeOf(sql).handedOut).toBe(byTree);
  expect(tokenShapeOf(sql).handedOut).toBe(byTokens);
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fingerprintText } from './fingerprint.ts';
import { asksForSome } from './handed-out.ts';
import { normalText, shapeOf, tokenShapeOf } from './shape-of.ts';

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
  ['SELECT last_value, is_called FROM public.orders_id_seq', 'some', 'all'],
  ['SELECT last_value, name FROM meters', 'all', 'all'],
  ['explain select * from t', 'some', 'some'],
  ['insert into a select * from b', 'some', 'some'],
  ['create table x as select * from y', 'some', 'some'],
  ['select n.nspname from pg_catalog.pg_namespace n', 'some', 'some'],
  ["BASE_BACKUP ( LABEL 'pg_basebackup base backup', PROGRESS)", 'all', 'all'],
  ['IDENTIFY_SYSTEM', 'some', 'some'],
  ['select base_backup from t where id = 1', 'some', 'some'],
  ['select 1', 'some', 'some'],
  ["select table_to_xml('customers', true, true, '')", 'all', 'some'],
  ["select table_to_xmlschema('customers', true, true, '')", 'some', 'some'],
  ["select array_to_string(array(select c::text from customers c), ',')", 'all', 'all'],
  ["select array_to_string(array(select a from tags where id = 1), ',')", 'some', 'some'],
  ['select coalesce((select json_agg(c) from customers c))', 'all', 'all'],
  ['select id, (select max(c.n) from customers c) from t where id = 1', 'some', 'some'],
  ['select id, (select json_agg(c) from lines c where c.id = t.id) from t where id = 1', 'some', 'some'],
  ['select distinct c.* from customers c', 'all', 'some'],
  ['select distinct on (city) * from customers', 'some', 'some'],
  ['prepare p as select * from customers', 'all', 'some'],
  ['prepare p as select * from customers where id = $1', 'some', 'some'],
  ['select * from customers c where c.id = c.id', 'all', 'some'],
  ['select * from customers c, orders o where c.id = o.id', 'some', 'some'],
  ['select * from customers where id % 100 = 7', 'page', 'some'],
  ['select * from customers where id % 100 = 7 and owner = 3', 'some', 'some'],
])('%s hands out %s, and %s as far as its tokens tell', (sql, byTree, byTokens) => {
  expect(shapeOf(sql).handedOut).toBe(byTree);
  expect(tokenShapeOf(sql).handedOut).toBe(byTokens);
});

it.each([
  ['UPDATE t SET a = 1', true],
  ['insert into a select * from b', true],
  ['select * from t where id = $1', true],
  ["select a.x, lower(b.y) from a join b using (z) where a.b > 3 and b.c = 'x' order by 1 limit 5", true],
  ['select * from t where id = $1 or a = 2', false],
  ['select * from t where id > $1', false],
  ['select * from t where not a = 1', false],
  ['select * from t where (a = 1 or true)', false],
  ['select * from (select * from t where a = 1) x', false],
  ['select * from t where a = b', false],
  ['select * from t where a = 1 union all select * from t', false],
  ['select * from "x where a" where b > 1 and c = 1', false],
  ['select count(*) filter (where a = 1) from t', false],
  ['with x as (select * from t) select * from x where a = 1', false],
  ['copy t to stdout', false],
])('sees at a glance that %j asks for some: %s', (sql, expected) => {
  expect(asksForSome(normalText(fingerprintText(sql)), true)).toBe(expected);
});

it.each([
  ['select * from t where a > 1 or b < 2', 'some'],
  ['select email from customers limit 5', 'some'],
  ['select a from t group by a', 'some'],
  ['select * from t', 'all'],
])('sees at a glance what tokens tell of %j where nobody parses: %s', (sql, byTokens) => {
  expect(tokenShapeOf(sql).handedOut).toBe(byTokens);
  expect(asksForSome(normalText(fingerprintText(sql)), false)).toBe(byTokens === 'some');
});

it('never sees less at a glance than the parser', () => {
  const word = fc.constantFrom(
    ...'select from t u join on where a b x.c = < > <> 1 $1 and or not ( ) , is null in between limit group by order for update insert into values set case when end union all having distinct count(*) "a" like'.split(
      ' ',
    ),
  );
  const query = fc
    .tuple(fc.array(word, { maxLength: 4 }), fc.array(word, { maxLength: 10 }), fc.array(word, { maxLength: 6 }))
    .map(
      ([list, condition, tail]) =>
        `select a ${list.join(' ')} from t where a = 1 and ${condition.join(' ')} b > 2 ${tail.join(' ')}`,
    );
  fc.assert(
    fc.property(query, (sql) => {
      const fingerprint = fingerprintText(sql);
      const shape = shapeOf(sql);
      if (fingerprint.isPlain && asksForSome(normalText(fingerprint), true) && shape.source === 'tree') {
        expect(shape.handedOut).toBe('some');
      }
    }),
    { numRuns: 2000 },
  );
});

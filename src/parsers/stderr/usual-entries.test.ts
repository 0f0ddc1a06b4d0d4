import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bulkPrefix } from '../../postgres/log-line-prefix-bulk.ts';
import { readAll } from '../testkit.ts';
import { stderr } from './stderr.ts';

/** Each with the same prefix, one field of which is padded to a width that it has anyway: its entries are read one by one. */
const PREFIXES: [string, string][] = [
  ['%m [%p] ', '%m [%1p] '],
  ['%m [%p] %q%u@%d ', '%m [%1p] %q%u@%d '],
  ['%m [%p] %q%u@%d %r %a ', '%m [%1p] %q%u@%d %r %a '],
  ['%m [%p] %h%q %u@%d app=%a ', '%m [%1p] %h%q %u@%d app=%a '],
  ['%t:%r:%u@%d:[%p]:', '%t:%r:%u@%d:[%1p]:'],
  ['%t [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h ', '%t [%1p]: [%l-1] user=%u,db=%d,app=%a,client=%h '],
  ['<%m> %c %l %d/%u %L ', '<%m> %1c %l %d/%u %L '],
  ['%t-%c-', '%t-%1c-'],
  ['%m %p%q %a|%u|%d|', '%m %1p%q %a|%u|%d|'],
];

/** Texts of which the first ones are as in nearly all lines. */
const mostly = (usual: readonly string[], odd: readonly string[]) =>
  fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: fc.constantFrom(...odd) });
const LONG = 'a name of more than sixteen bytes';

const field = fc.record({
  m: mostly(
    ['12:00:00.001 UTC', '12:00:59.999 UTC'],
    ['12:00:07.123 CET', '12:01:00.000 UTC', '12:00:60.000 UTC', '12:0x:00'],
  ),
  t: mostly(['12:00:00 UTC', '12:00:59 UTC'], ['12:00:07 +03', '12:00:07 UTCX', '12:01:00 UTC', '12:00:07']),
  p: mostly(['4711', '4712', '4713'], ['12345678901', '0', 'x', '']),
  c: mostly(['6b01ebad.1267', '6b01ebad.1268'], ['6b01ebad.12345678', '1.2', '6B01ebad.1']),
  l: mostly(['1', '2', '3', '40'], ['']),
  u: mostly(['app', 'app', LONG, '[unknown]'], ['a@b', '', 'LOG:  x', 'a app=b', 'A:  b', 'x\ny', 'ADMIN']),
  d: mostly(['shop', 'shop', LONG, '[unknown]'], ['d@e', '', 'LOG', 'a database=b']),
  h: mostly(['192.0.2.10', '2001:db8::1'], ['[local]', 'db.example.com', '']),
  r: mostly(
    ['192.0.2.10(41234)', '192.0.2.10(1)'],
    ['2001:db8::1(41234)', '::1(5)', '[local]', 'a((12)', '(1)', '', 'h()'],
  ),
  a: mostly(
    ['psql', '[unknown]', 'DBeaver 24.2.1 - SQLEditor'],
    ['x LOG:  y', 'X: y', '', 'a  b', 'a|b', 'x DETAIL:  LOG:  z'],
  ),
  L: mostly(['x'], ['']),
});
const severity = mostly(
  ['LOG:  ', 'LOG:  ', 'LOG:  ', 'DETAIL:  ', 'STATEMENT:  ', 'CONTEXT:  ', 'HINT:  '],
  ['FATAL:  ', 'ERROR:  ', 'LOG: ', 'QUERY:  ', 'X'],
);
const message = mostly(
  [
    ...['connection received: host=192.0.2.10 port=1', 'connection authenticated: identity="app" method=md5'],
    ...['connection authorized: user=app database=shop', `connection authorized: user=${LONG} database=${LONG}`],
    ...['connection authorized: user=app database=shop application_name=x y', 'disconnection: session time: 0:00:01'],
    ...['connection authorized: user=app database=shop SSL enabled (protocol=TLSv1.3)', 'execute a: SELECT 2'],
    ...[
      'statement: SELECT 1',
      'statement: SELECT\n\t1',
      'statement: SELECT a FROM b WHERE c = 1 AND d = 2\n\t\n\tAND x',
    ],
  ],
  [
    ...['connection authorized: user=ap database=shop', 'connection authorized: user=app database=shopx'],
    ...['connection authorized: user=app', 'connection authorized: user=a@b database=d@e application_name=z'],
    ...["statement: SELECT 'LOG:  x'", 'AUDIT: SESSION,1,1,READ,SELECT,,,x', 'duration: 1.0 ms  statement: SELECT 3'],
    ...['42601: x', 'password authentication failed for user "app"', 'checkpoint starting: time', '', 'statement: '],
    ...['connection authorized: user=LOG:  x database=LOG', 'connection authorized: user=app databases=shop'],
  ],
);
const end = mostly(['\n'], ['\r\n', '\n\n', '\nno prefix\n']);
const entry = fc.tuple(field, severity, message, end);
type Entry = Parameters<Parameters<typeof entry.map>[0]>[0];
/** An entry whose user is what ends an entry and begins another, and the places where that name is cut. */
const forged = fc.tuple(entry, entry, entry, fc.integer({ min: 20, max: 60 }), fc.integer({ min: 30, max: 127 }));
const any = fc.oneof({ weight: 6, arbitrary: fc.tuple(entry) }, { weight: 1, arbitrary: forged });

function written(prefix: string, [fields, word, text, newline]: Entry): string {
  const told = prefix.replace(/%([a-zA-Z])/g, (_, letter: keyof typeof fields | 'q') =>
    letter === 'q' ? '' : `${letter === 'm' || letter === 't' ? '2026-11-21 ' : ''}${fields[letter]}`,
  );
  return `${told}${word}${text}${newline}`;
}

function writtenForged(
  prefix: string,
  [own, first, second, from, to]: Parameters<Parameters<typeof forged.map>[0]>[0],
) {
  const u = `${written(prefix, first).trimEnd().slice(from)}\n${written(prefix, second)}`.slice(0, to);
  const message = `password authentication failed for user "${u.replaceAll('\n', '\n\t')}"`;
  return written(prefix, [{ ...own[0], u }, 'FATAL:  ', message, '\n']);
}

describe.each(PREFIXES)('a log with the prefix %j', (prefix, padded) => {
  it('is one of which entries are taken many at a time, unless a field is padded', () => {
    expect(bulkPrefix(prefix)).toBeDefined();
    expect(bulkPrefix(padded)).toBeUndefined();
  });

  it('has any entries taken as they are read one by one', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(any, { minLength: 1, maxLength: 40 }),
        fc.constantFrom(97, 777, 100_000),
        async (entries, size) => {
          const log = entries
            .map((each) => (each.length === 1 ? written(prefix, each[0]) : writtenForged(prefix, each)))
            .join('');
          const taken = await readAll(stderr, log, { logLinePrefix: prefix, sizes: [size] });
          expect(taken).toEqual(await readAll(stderr, log, { logLinePrefix: padded, sizes: [size] }));
        },
      ),
      { numRuns: 300 },
    );
  });
});

import { describe, expect, it } from 'vitest';
import { guessPrefix, KNOWN_PREFIXES } from './guess-prefix.ts';

/** One session as a server sees it. */
interface Client {
  user: string;
  database: string;
  application: string;
  host: string;
  pid: number;
}

const CLIENTS: readonly Client[] = [
  { user: 'shop', database: 'orders', application: 'shop-api/1.41.2', host: '10.20.0.7', pid: 4711 },
  { user: 'bi_reader', database: 'orders', application: 'DBeaver 23.1 - Main', host: '10.20.0.9', pid: 4712 },
  { user: 'alice@example.com', database: 'crm-eu', application: 'psql', host: '2001:db8::5', pid: 14713 },
  { user: 'postgres', database: 'postgres', application: '', host: '[local]', pid: 4714 },
];
const START = Date.UTC(2026, 10, 21, 16, 48, 45);

/** What an escape stands for in a line; `client` is absent for the server's own processes. */
function fieldText(letter: string, line: number, client: Client | undefined, state: string): string {
  const time = new Date(START + 1000 * line).toISOString().replace('T', ' ');
  const pid = client?.pid ?? 99;
  const known = line > 1 && client !== undefined;
  const values: Record<string, string> = {
    m: `${time.slice(0, 23)} UTC`,
    t: `${time.slice(0, 19)} UTC`,
    n: `${(START + 1000 * line) / 1000}.000`,
    s: '2026-11-21 16:48:40 UTC',
    p: `${pid}`,
    c: `6b01cb68.${pid.toString(16)}`,
    l: `${line + 1}`,
    u: client && (known ? client.user : '[unknown]'),
    d: client && (known ? client.database : '[unknown]'),
    a: client && (line > 2 && client.application !== '' ? client.application : '[unknown]'),
    h: client?.host ?? '',
    r: client && (client.host === '[local]' ? '[local]' : `${client.host}(41234)`),
    e: state,
    x: '0',
    v: client ? `3/${100 + line}` : '',
    b: client ? 'client backend' : 'checkpointer',
    i: line > 2 && client ? 'SELECT' : 'authentication',
    Q: line > 2 ? '-6179842761238471266' : '0',
  } as Record<string, string>;
  return values[letter] ?? '';
}

function written(prefix: string, line: number, client: Client | undefined, message: string, state = '00000'): string {
  const [common, ofClients = ''] = prefix.split('%q');
  const text = client === undefined ? common! : common + ofClients;
  return text.replace(/%([a-zA-Z])/g, (_, letter: string) => fieldText(letter, line, client, state)) + message;
}

/** The log of a few sessions under a prefix, with a checkpoint. */
function logUnder(prefix: string, connections = true): string[] {
  const ofClients = CLIENTS.flatMap((client) => {
    const { user, database, host } = client;
    const opening = [
      written(prefix, 0, client, `LOG:  connection received: host=${host}${host === '[local]' ? '' : ' port=41234'}`),
      written(prefix, 2, client, `LOG:  connection authorized: user=${user} database=${database}`),
    ];
    return [
      ...(connections ? opening : []),
      written(prefix, 3, client, 'LOG:  statement: SELECT 1'),
      written(prefix, 4, client, 'ERROR:  relation "x" does not exist at character 15', '42P01'),
      written(prefix, 4, client, 'STATEMENT:  SELECT * FROM x', '42P01'),
      '\tcontinued',
    ];
  });
  return [...ofClients, written(prefix, 1, undefined, 'LOG:  checkpoint starting: time')];
}

describe('guessPrefix finds', () => {
  const known = KNOWN_PREFIXES.filter((prefix) => prefix.includes('%'));

  it.each(known)('%s', (prefix) => {
    expect(guessPrefix(logUnder(prefix))?.prefix).toBe(prefix);
  });

  it.each([
    'app=%a db=%d %h %m [%p] ',
    'app=%a db=%d user=%u client=%h pid=%p ts=%m ',
    '%m %p %c %l %e %u %d ',
    '<%m> <%u> <%d> <%r> <%p> ',
    '%n|%p|%u|%d|%h|',
    '%t db-%d,user-%u,client-%h ',
    'pg01: %m [%p] %q%u@%d ',
    '%m [%p] (%b) %q%u@%d %e ',
    '%m %c %q[%u] [%d] %r %e ',
    '[%p] %t %d %u %h ',
    '%p %s %m %u ',
    'sess=%c sqlstate=%e user=%u,db=%d %m ',
    '%m [%p] %v %x %q%u/%d ',
    '%m:%h:%d:%u:[%p]:',
    'time=%m, pid=%p %q db=%d, usr=%u, client=%h , app=%a, line=%l ',
    '%m [%p] %i %u@%d ',
    '%m [%p] %Q %u@%d ',
    '%t [%p-%l] %q%u@%d ',
    '[%t]%u %d %p[%l] ',
    '%b[%p] %m %q%u@%d ',
    '%m %b %u %d [%p] ',
    '%m [%p] [%b] %q%a %u@%d ',
    '%m [%c] [%l] %u@%d/%a(%h) ',
    '%m|%u|%d|%c|%a|%h| ',
    '{%m} {%p} {%u} {%d} ',
    '%t %a %u@%d [%h] [%p] ',
    '[%m] [%p] [%c-%l] %q[%u@%d/%a] [%r] ',
    '%p %l %t %u %d %r ',
    'host=%h user=%u db=%d %m ',
    '%u %d %b %m %p ',
    '%m:%b:%u:%d:%p: ',
    '%m:%r:%u@%d:[%p]:%l:%e:%s:%v:%x:%c:%a:',
    'pg-0 postgres %m [%p] %q%u@%d ',
    '[pg-0] %m [%p] %u@%d ',
  ])('%s, which nobody listed', (prefix) => {
    expect(guessPrefix(logUnder(prefix))?.prefix).toBe(prefix);
  });

  it.each(['%m [%p] %u/%d ', 'user=%u,db=%d,app=%a,client=%h %m [%p] ', '%t %p %u %d %h ', '%m [%p] %e %u@%d '])(
    '%s without lines about connections',
    (prefix) => {
      expect(guessPrefix(logUnder(prefix, false))?.prefix).toBe(prefix);
    },
  );
});

describe('guessPrefix', () => {
  it('tells users from databases by what the messages say', () => {
    const prefix = '%m %d %u ';

    expect(guessPrefix(logUnder(prefix))?.prefix).toBe(prefix);
  });

  it('says how many lines begin so', () => {
    const others = Array.from({ length: 17 }, (_, i) => `backup ${i} LOG:  done`);

    expect(guessPrefix([...logUnder('%m [%p] %q%u@%d '), ...others])).toEqual({
      prefix: '%m [%p] %q%u@%d ',
      share: 21 / 38,
    });
  });

  it.each([
    ['nothing', []],
    ['no severity', ['hello', '2026-11-21 16:48:45.367 UTC [1] PROTOKOLL:  Verbindung']],
  ])('gives up on %s', (_, lines) => {
    expect(guessPrefix(lines)).toBeUndefined();
  });

  /** What was guessed of lines of servers that write differently must not make up names. */
  it.each([
    [
      '2026-11-21 10:00:00 UTC|alice|orders LOG:  statement: x',
      '2026-11-21 10:00:00 UTC: alice: orders: LOG:  statement: x',
      '2026-11-21 10:00:00 UTC <alice> LOG:  statement: x',
    ],
    [
      '2026-11-21 10:00:00 UTC:alice:x LOG:  statement: x',
      '2026-11-21 10:00:00 UTC:7:bob y LOG:  statement: x',
      '2026-11-21 10:00:00 UTCbob LOG:  statement: x',
    ],
  ])('fits few of mixed lines: %s', (...lines) => {
    const guess = guessPrefix(Array.from({ length: 12 }, () => lines).flat());

    expect(guess?.share ?? 0).toBeLessThan(0.4);
    expect(guess?.prefix ?? '').not.toMatch(/%[mt]%u/);
  });

  it('knows an SQLSTATE in front of a severity', () => {
    const prefix = '%t:%r:%u@%d:[%p]:%a:%e';

    expect(guessPrefix(logUnder(prefix))?.prefix).toBe(prefix);
  });

  it.each([
    ['a long line without a severity', 'x'.repeat(1_000_000)],
    ['marks only', `${'[('.repeat(240)}LOG:  x`],
    ['what looks like addresses', `${'1:'.repeat(200)}LOG:  x`],
    ['what looks like escapes', '%m%%%q%u LOG:  x'],
    ['bytes of a binary file', `${String.fromCharCode(...Array.from({ length: 256 }, (_, i) => i))}LOG:  x`],
  ])('comes to an end with %s', (_, line) => {
    const started = performance.now();
    guessPrefix(Array.from({ length: 50 }, () => line));

    expect(performance.now() - started).toBeLessThan(5000);
  });
});

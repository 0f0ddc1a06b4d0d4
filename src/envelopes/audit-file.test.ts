import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonlog } from '../parsers/jsonlog/jsonlog.ts';
import { readAll } from '../parsers/testkit.ts';
import { unwrapped } from '../parsers/unwrapped.ts';
import { isAuditLine } from './audit-file.ts';

const parser = unwrapped(jsonlog, 'json');
const quoted = (texts: readonly string[]) => texts.map((text) => (text === '' ? '' : JSON.stringify(text))).join(',');

interface Audited {
  second: number;
  tag: string;
  audit: readonly string[];
  content: string;
}
const ENTRIES: readonly Audited[] = [
  {
    second: 1,
    tag: 'authentication',
    audit: [],
    content: 'connection authorized: user=app database=shop application_name=psql',
  },
  {
    second: 2,
    tag: 'SELECT',
    audit: ['SESSION', '1', '1', 'READ', 'SELECT', '', ''],
    content: 'SELECT 7,<not logged>',
  },
  {
    second: 3,
    tag: 'SELECT',
    audit: ['OBJECT', '2', '1', 'READ', 'SELECT', 'TABLE', 'public.orders'],
    content: '"SELECT id, 5\nFROM orders",<none>',
  },
  {
    second: 4,
    tag: 'disconnection',
    audit: [],
    content: 'disconnection: session time: 0:00:09.000 user=app database=shop host=192.0.2.7 port=50123',
  },
];
const time = (second: number) => `2026-11-21 10:00:0${second}.123456789 UTC`;
const CLIENT = ['app', 'shop', '4001', '192.0.2.7:50123', '6b016b9f.fa1'];

/** As 1.7 and later write it. */
const csv = ENTRIES.map(({ second, tag, audit, content }) => {
  const behind = ['', '', '', '', '', '', '', '', 'psql', '', '', '', '', '', ''];
  return `${quoted([time(second), ...CLIENT, tag, '3/21', '0', '00000', ...audit, content, ...behind])}\n`;
}).join('');
const json = ENTRIES.map(({ second, tag, audit, content }) => {
  const names = ['audit_type', 'statement_id', 'substatement_id', 'class', 'command', 'object_type', 'object_name'];
  return `${JSON.stringify({
    'log.source': 'pgauditlogtofile',
    severity: 'audit',
    timestamp: time(second),
    'db.user': 'app',
    'db.name': 'shop',
    'custom.process_id': '4001',
    'net.peer.name': '192.0.2.7',
    'net.peer.port': '50123',
    'custom.session_id': '6b016b9f.fa1',
    'custom.command_tag': tag,
    'custom.state_code': '00000',
    ...Object.fromEntries(audit.map((value, i) => [`custom.${names[i]!}`, value])),
    content,
  })}\n`;
}).join('');
/** As up to 1.6: fields as in csvlog, the statement in one of its own, the time to the millisecond. */
const older = ENTRIES.filter(({ audit }) => audit.length > 0)
  .map(({ second, tag, audit }) => {
    const statement = second === 2 ? 'SELECT 7' : '"SELECT id, 5 FROM orders"';
    const head = [`${time(second).slice(0, 23)} UTC`, '"app"', '"shop"', '4001', '"192.0.2.7:50123"', '6b016b9f.fa1'];
    return `${[...head, '1', `"${tag}"`, '2026-11-21 10:00:00 UTC', '3/21', '0', '00000', ...audit, statement, '<none>', '', ''].join(',')}\n`;
  })
  .join('');

async function told(log: string, sizes?: readonly number[]) {
  const records = await readAll(parser, log, sizes && { sizes });
  return records.map(({ class: name, reason, principal, database, address, statement }) =>
    [name ?? reason, principal, database, address, statement].join('|'),
  );
}
const STATEMENTS = ['statement|app|shop|192.0.2.7|SELECT 7', 'statement|app|shop|192.0.2.7|SELECT id, 5\nFROM orders'];
const ALL = ['authentication|app|shop|192.0.2.7|', ...STATEMENTS, 'disconnection|app|shop|192.0.2.7|'];

describe('the file of pgauditlogtofile', () => {
  it.each([
    ['CSV', csv, ALL],
    ['JSON', json, ALL],
    ['CSV up to 1.6', older, STATEMENTS.map((text) => text.replace('\n', ' '))],
  ])('tells statements, and who came and went: %s', async (_, log, expected) => {
    expect(await told(log)).toEqual(expected);
    expect(await told(log, [5, 100])).toEqual(expected);
  });

  it('has times to the millisecond, and sessions', async () => {
    const [first] = await readAll(parser, csv);

    expect(first).toMatchObject({
      time: Date.UTC(2026, 10, 21, 10, 0, 1, 123),
      session: '6b016b9f.fa1',
      application: 'psql',
    });
  });
});

it.each([
  '2026-11-21 10:00:02.713 UTC,"app","shop",4001,"192.0.2.10:54000",6b016ba1.fa1,4,"SELECT",2026-11-21 10:00:01 UTC,3/2,0,LOG,00000,"AUDIT: SESSION,1,1,READ,SELECT,,,SELECT 1,<none>",,,,,,,,,"psql","client backend",,0',
  '2026-11-21 10:00:02.713 UTC [7] app@shop LOG:  AUDIT: SESSION,1,1,READ,SELECT,,,SELECT 1,<none>',
  '',
])('leaves lines of other logs alone: %s', (line) => {
  expect(isAuditLine(line)).toBe(false);
});

it('takes anything without throwing, in bounded time', async () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom('"', ',', '\\', '\n', '"SESSION","1","1",', 'disconnection: ', '6b.1,'),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece), fc.integer({ min: 1, max: 50 }), async (pieces, size) => {
      await readAll(parser, csv.slice(0, 400) + pieces.join(''), { sizes: [size] });
    }),
  );
  const start = performance.now();
  isAuditLine(`"2026-11-21 10:00:00 UTC",${'"",'.repeat(20_000)}${'\\"'.repeat(20_000)}`);
  expect(performance.now() - start).toBeLessThan(1000);
});

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonlog } from '../parsers/jsonlog/jsonlog.ts';
import { stderr } from '../parsers/stderr/stderr.ts';
import { readAll, type SeenRecord } from '../parsers/testkit.ts';
import { unwrapped } from '../parsers/unwrapped.ts';

const sampleOf = (path: string) => readFileSync(new URL(`../parsers/${path}`, import.meta.url), 'utf8');
const TEXT = sampleOf('stderr/samples/default-15.log').split(/^.*user "x$/m)[0]!;
const AUDIT = sampleOf('jsonlog/samples/edb-audit.jsonl');
const readText = (log: string | Buffer, sizes?: readonly number[]) =>
  readAll(unwrapped(stderr, 'text'), log, sizes && { sizes });
const readRecords = (log: string, sizes?: readonly number[]) =>
  readAll(unwrapped(jsonlog, 'json'), log, sizes && { sizes });
const told = (records: readonly SeenRecord[]) => records.map((record) => ({ ...record, offset: 0, text: '' }));
const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');

const event = (line: string) =>
  `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='PostgreSQL'/>` +
  `<EventID Qualifiers='0'>0</EventID><Computer>DB01</Computer></System>` +
  `<EventData><Data>${escaped(line)}\n</Data></EventData></Event>`;
const events = TEXT.trimEnd().split('\n').map(event);

describe('the event log of Windows', () => {
  it.each([
    [
      'as its viewer saves it',
      `<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<Events>${events.join('')}</Events>`,
    ],
    ['as wevtutil prints it', events.map((text) => `${text}\r\n`).join('')],
  ])('tells what the log tells, %s', async (_, log) => {
    const plain = told(await readAll(stderr, TEXT));

    expect(told(await readText(log))).toEqual(plain);
    expect(told(await readText(log, [1, 77, 4096]))).toEqual(plain);
    expect(told(await readText(Buffer.from(`\ufeff${log}`, 'utf16le')))).toEqual(plain);
  });

  it('has the place of each event in the file', async () => {
    const log = `<Events>${events.join('')}</Events>`;
    const [first, second] = (await readText(log)).filter(({ step }) => step !== 'rejected');

    expect(log.slice(first!.offset)).toMatch(/^<Event /);
    expect(second!.offset).toBeGreaterThan(first!.offset);
  });
});

/** As EDB's server writes what the JSON of its audit log holds. */
function auditEvent({
  user,
  dbname,
  pid,
  remote_host: host,
  remote_port: port,
  ...record
}: Record<string, string | number>): string {
  const attributes = {
    user,
    database: dbname,
    process_id: pid,
    remote_host: `${host}:${port}`,
    session_id: record.session_id,
    session_line_num: record.line_num,
    process_status: record.ps,
    session_start_time: record.session_start,
    log_time: record.timestamp,
    type: record.event_type,
    command_tag: record.command_tag,
    application_name: record.application_name ?? '',
    ...(record.state_code === undefined ? {} : { sql_state_code: record.state_code }),
  };
  const words = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(`${value}`)}"`);
  const query = record.statement === undefined ? '' : `\t<query>${escaped(`${record.statement}`)}</query>\n`;
  return `<event${words.join('')}>\n\t<error_severity>${record.error_severity}</error_severity>\n\t<message>${escaped(`${record.message}`)}</message>\n${query}</event>\n`;
}

it("EDB's audit log in XML tells what the one in JSON tells", async () => {
  const log = AUDIT.trimEnd()
    .split('\n')
    .map((line) => auditEvent(JSON.parse(line)))
    .join('');
  const plain = told(await readAll(jsonlog, AUDIT));

  expect(told(await readRecords(log))).toEqual(plain);
  expect(told(await readRecords(log, [3, 500]))).toEqual(plain);
});

it('passes an event that is torn on, to be rejected', async () => {
  const log = events.slice(0, 3).join('') + events[3]!.slice(0, 200);

  expect((await readText(log)).map(({ step }) => step)).toContain('skipped');
  expect((await readText(log)).at(-1)!.text).toContain('<Event xmlns');
});

it('takes anything without throwing, and comes to an end', async () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '<Event ',
      '</Event>',
      '<event a="b">',
      '</event>',
      '<Data>',
      '</Data>',
      '<message>',
      '</message>',
      '&#x110000;',
      '&lt;',
      '\n',
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece), fc.integer({ min: 1, max: 50 }), async (pieces, size) => {
      await readRecords(`<Event x="${pieces.join('')}`, [size]);
    }),
  );
});

it.each(['<Data ', 'a', 'a="', '<a>', '&#'])(
  'comes to an end in an event of a megabyte that repeats %j',
  async (piece) => {
    const log = `${events[0]}<Event ${piece.repeat(1_000_000 / piece.length)}></Event>${events[1]}`;

    expect((await readText(log)).length).toBeGreaterThan(1);
  },
);

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parsers } from '../parsers/index.ts';
import { stderr } from '../parsers/stderr/stderr.ts';
import { readAll, type SeenRecord } from '../parsers/testkit.ts';
import { unwrapped } from '../parsers/unwrapped.ts';

const sampleOf = (path: string) => readFileSync(new URL(`../parsers/${path}`, import.meta.url), 'utf8');
const TEXT = sampleOf('stderr/samples/default-15.log').split(/^.*user "x$/m)[0]!;
const LINES = TEXT.trimEnd().split('\n');
const quoted = (text: string | number | undefined) => `"${`${text ?? ''}`.replaceAll('"', '""')}"`;
const told = (records: readonly SeenRecord[]) => records.map((record) => ({ ...record, offset: 0, text: '' }));

it.each([
  [
    'Get-WinEvent, saved by Export-Csv',
    `#TYPE Selected.System.Diagnostics.Eventing.Reader.EventLogRecord\r\n"TimeCreated","Id","ProviderName","Message"\r\n${LINES.map(
      (line) => `"11/21/2026 10:00:00 AM","0","PostgreSQL",${quoted(`${line}\r\n`)}\r\n`,
    ).join('')}`,
  ],
  [
    'the viewer of events, which does not name its last column',
    `Level\tDate and Time\tSource\tEvent ID\tTask Category\r\n${LINES.map(
      (line) => `Information\t11/21/2026 10:00:00 AM\tPostgreSQL\t0\tNone\t${quoted(`${line}\r\n`)}\r\n`,
    ).join('')}`,
  ],
  ['a spreadsheet', `\ufeffsep=;\r\ntime;message\r\n${LINES.map((line) => `1;${quoted(line)}\r\n`).join('')}`],
])('carries a log: %s', async (_, log) => {
  const plain = told(await readAll(stderr, TEXT));

  expect(told(await readAll(unwrapped(stderr, 'text'), log))).toEqual(plain);
  expect(told(await readAll(unwrapped(stderr, 'text'), log, { sizes: [9, 700] }))).toEqual(plain);
});

it('of GELF takes the whole text, where its beginning stands apart', async () => {
  const log = LINES.map((line) => {
    const text = { short_message: line.slice(0, 60), ...(line.length > 60 && { full_message: line }) };
    return `${JSON.stringify({ version: '1.1', host: 'db', ...text, level: 6 })}\0`;
  }).join('');

  expect(told(await readAll(unwrapped(stderr, 'text'), log))).toEqual(told(await readAll(stderr, TEXT)));
});

it("reads entries of Cloud Logging as its explorer saves them, pgaudit's among them", async () => {
  const cloudsql = parsers.find(({ id }) => id === 'cloudsql')!;
  const sample = sampleOf('cloudsql/samples/pgaudit.jsonl');
  const entries: Record<string, unknown>[] = sample
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const flat = (value: unknown, path: string): [string, string][] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([name, inner]) => flat(inner, path === '' ? name : `${path}.${name}`))
      : [[path, String(value)]];
  const rows = entries.map((entry) => new Map(flat(entry, '')));
  const names = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  const log = [names, ...rows.map((row) => names.map((name) => quoted(row.get(name))))]
    .map((cells) => `${cells.join(',')}\n`)
    .join('');

  expect(told(await readAll(cloudsql, log))).toEqual(told(await readAll(cloudsql, sample)));
});

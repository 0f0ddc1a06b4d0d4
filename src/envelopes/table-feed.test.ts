import { describe, expect, it } from 'vitest';
import { quoteCsvField } from '../lib/csv-fields.ts';
import { azureRecord } from '../parsers/azure/testkit.ts';
import { parsers } from '../parsers/index.ts';
import { readAll } from '../parsers/testkit.ts';
import { readText } from './read-text.ts';

const azure = parsers.find(({ id }) => id === 'azure')!;
const ACCOUNT = '/subscriptions/s/resourcegroups/g/providers/microsoft.documentdb/databaseaccounts/shop';
/** Rows of CDBDataPlaneRequests and CDBQueryRuntimeStatistics. */
const ROWS = [
  { Type: 'CDBDataPlaneRequests', OperationName: 'Read', ClientIpAddress: '192.0.2.7', ActivityId: 'a1' },
  { Type: 'CDBDataPlaneRequests', OperationName: 'Query', ClientIpAddress: '192.0.2.8', ActivityId: 'a2' },
  { Type: 'CDBQueryRuntimeStatistics', QueryText: "SELECT *\nFROM c, 'é'", ActivityId: 'a2' },
].map((row, i) => ({
  TimeGenerated: `2026-11-21T15:00:0${i}.250Z`,
  OperationName: '',
  ClientIpAddress: '',
  QueryText: '',
  StatusCode: 200,
  DatabaseName: 'carts',
  _ResourceId: ACCOUNT,
  ...row,
}));
const COLUMNS = ['TimeGenerated', 'Type', 'OperationName', 'ClientIpAddress', 'QueryText', 'ActivityId', 'StatusCode'];
const columns = [...COLUMNS, 'DatabaseName', '_ResourceId'] as (keyof (typeof ROWS)[number])[];
const cellsOf = (row: (typeof ROWS)[number]) => columns.map((name) => row[name] ?? '');
const csv = (head: readonly string[], rows: readonly (readonly (string | number)[])[], end = '\n', separator = ',') =>
  [head, ...rows].map((cells) => cells.map((cell) => quoteCsvField(`${cell}`)).join(separator) + end).join('');
const answer = (columnKey: string, [tables, list, rows]: readonly string[]) =>
  JSON.stringify({
    [tables!]: [
      {
        name: 'PrimaryResult',
        [list!]: columns.map((name) => ({ [columnKey]: name, type: 'string' })),
        [rows!]: ROWS.map(cellsOf),
      },
    ],
  });
const withoutTable = (row: object) => Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'Type'));
/** As the portal shows a time, whose seconds are those of the row. */
const portalTime = (i: number) => `11/21/2026, 3:00:0${i}.250 PM`;

async function told(log: string | Buffer, sizes?: readonly number[]): Promise<string[]> {
  const records = await readAll(azure, log, { ...(sizes && { sizes }) });
  return records.map((r) => (r.step === 'activity' ? `${r.class} ${r.time} ${r.address} ${r.statement}` : r.reason!));
}
const EXPECTED = [
  `dataAccess ${Date.UTC(2026, 10, 21, 15, 0, 0, 250)} 192.0.2.7 `,
  `dataAccess ${Date.UTC(2026, 10, 21, 15, 0, 1, 250)} 192.0.2.8 `,
  `statement ${Date.UTC(2026, 10, 21, 15, 0, 2, 250)}  SELECT *\nFROM c, 'é'`,
];

describe('a table of Log Analytics', () => {
  it.each([
    ['CSV', csv(columns, ROWS.map(cellsOf))],
    ['CSV of a system with CRLF, behind a byte order mark', `\ufeff${csv(columns, ROWS.map(cellsOf), '\r\n')}`],
    [
      'CSV as the portal writes times',
      csv(
        columns.with(0, 'TimeGenerated [UTC]' as 'TimeGenerated'),
        ROWS.map((row, i) => cellsOf(row).with(0, portalTime(i))),
      ),
    ],
    ['CSV of a region whose numbers have commas', csv(columns, ROWS.map(cellsOf), '\r\n', ';')],
    ['what is copied out of Data Explorer', csv(columns, ROWS.map(cellsOf), '\n', '\t')],
    ['UTF-16, as shells of Windows write it', Buffer.from(`\ufeff${csv(columns, ROWS.map(cellsOf))}`, 'utf16le')],
    [
      'the frames of Data Explorer',
      `[{"FrameType":"DataSetHeader"},${answer('ColumnName', ['Tables', 'Columns', 'Rows'])}]`,
    ],
    ['the answer of the query interface', answer('name', ['tables', 'columns', 'rows'])],
    ['the answer of the older one', answer('ColumnName', ['Tables', 'Columns', 'Rows'])],
  ])('is read from %s', async (_, log) => {
    expect(await told(log)).toEqual(EXPECTED);
    expect(await told(log, [1, 300, 17])).toEqual(EXPECTED);
  });

  it.each([
    ['21.11.2026, 15:00:0S,250', 'Germany'],
    ['21/11/2026, 15:00:0S.250', 'the United Kingdom'],
    ['21/11/2026, 3:00:0S.250 pm', 'Australia'],
    ['11/21/2026, 3:00:0S.250 PM', 'the United States'],
    ['2026/11/21 15:00:0S.250', 'Japan'],
    ['2026-11-21 15:00:0S,250', 'Sweden'],
  ])('has times such as %s in %s', async (time) => {
    const head = columns.with(0, 'TimeGenerated [UTC]' as 'TimeGenerated');
    const rows = ROWS.map((row, i) => cellsOf(row).with(0, time.replace('S', `${i}`)));

    expect(await told(csv(head, rows))).toEqual(EXPECTED);
  });

  it('tells by its columns what its rows are, where nothing else does', async () => {
    const rows = ROWS.map(withoutTable);

    expect(await told(rows.map((row) => `${JSON.stringify(row)}\n`).join(''))).toEqual(EXPECTED);
  });

  it('has the places of its rows in the file', async () => {
    const log = csv(columns, ROWS.map(cellsOf));
    const places = (await readAll(azure, log)).map(({ offset }) => log.slice(offset, offset + 25));

    expect(places).toEqual(ROWS.map(({ TimeGenerated }) => `"${TimeGenerated}`));
  });

  it('costs a broken row that row', async () => {
    const [head, ...rest] = csv(columns, [cellsOf(ROWS[0]!), cellsOf(ROWS[1]!)]).split('\n');

    expect(await told([head, 'a,b', ...rest].join('\n'))).toEqual(['not JSON', ...EXPECTED.slice(0, 2)]);
  });

  it('is looked through for a log_line_prefix as records are', async () => {
    const log = csv(['TimeGenerated', 'Message'], [['2026-11-21T15:00:00Z', '2026-11-21 15:00:00 UTC LOG:  x']]);

    expect((await readText(Buffer.from(log), 'text')).toString()).toBe(
      '{"TimeGenerated":"2026-11-21T15:00:00Z","Message":"2026-11-21 15:00:00 UTC LOG:  x"}\n',
    );
  });
});

it('leaves records as they are', async () => {
  const log = azureRecord() + azureRecord();
  const records = await readAll(azure, log, { sizes: [1, 3, 100] });

  expect(records.map(({ offset }) => offset)).toEqual([0, log.length / 2]);
});

it.each([
  ['rows of a query on one line', 'azure', JSON.stringify(ROWS.slice(0, 1).map(withoutTable))],
  ['a line of syslog', 'syslog', 'Nov 21 10:00:00 db1 postgres[7]: [5-1] LOG:  connection received: host=192.0.2.7'],
])('reads %s whose end tells what it is', async (_, format, log) => {
  const parser = parsers.find(({ id }) => id === format)!;

  expect((await readAll(parser, log)).map(({ address }) => address)).toEqual(['192.0.2.7']);
});

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { jsonlog } from '../parsers/jsonlog/jsonlog.ts';
import { readAll, type SeenRecord } from '../parsers/testkit.ts';
import { unwrapped } from '../parsers/unwrapped.ts';

const START = 1_763_719_200_000;
const JSON_SAMPLE = readFileSync(new URL('../parsers/jsonlog/samples/postgresql-16.jsonl', import.meta.url), 'utf8');
const CSV_NAMES: Readonly<Record<string, string>> = {
  timestamp: 'timestamp',
  user: 'user_name',
  dbname: 'database_name',
  pid: 'process_id',
  line_num: 'session_line_num',
  ps: 'command_tag',
  session_start: 'session_start_time',
  vxid: 'virtual_transaction_id',
  txid: 'transaction_id',
  state_code: 'sql_state_code',
  statement: 'query',
};

/** A record of jsonlog by the names of csvlog's columns, without its message. */
function columnsOf({ remote_host: host, remote_port: port, message, ...record }: Record<string, string>) {
  const columns = Object.entries(record).map(([name, value]) => [CSV_NAMES[name] ?? name, value]);
  const from = host === undefined ? [] : [['connection_from', port === undefined ? host : `${host}:${port}`]];
  return { message, columns: Object.fromEntries([...columns, ...from]) };
}

const RECORDS = JSON_SAMPLE.trimEnd()
  .split('\n')
  .map((line) => columnsOf(JSON.parse(line)));
const cell = (text: string | number = '') => `"${`${text}`.replaceAll('"', '""')}"`;

it.each([
  [
    'objects',
    JSON.stringify({
      result: RECORDS.map(({ message, columns }, i) => ({
        event_message: message,
        metadata: [{ host: 'db', parsed: [columns] }],
        timestamp: 1e3 * (START + i),
      })),
    }),
  ],
  [
    'a map of attributes',
    RECORDS.map(({ message, columns }) => {
      const attributes = Object.entries(columns).map(([name, value]) => [`parsed.${name}`, value]);
      return `${JSON.stringify({ event_message: message, log_attributes: Object.fromEntries(attributes) })}\n`;
    }).join(''),
  ],
  [
    'CSV with objects in it',
    `event_message,id,metadata,timestamp\n${RECORDS.map(({ message, columns }, i) =>
      [message, 'x', JSON.stringify([{ parsed: [columns] }]), START + i].map(cell).join(','),
    ).join('\n')}`,
  ],
])('makes records of columns: %s', async (_, log) => {
  const drop = ({ text: _text, offset: _offset, ...record }: SeenRecord) => record;

  expect((await readAll(unwrapped(jsonlog, 'json'), log)).map(drop)).toEqual(
    (await readAll(jsonlog, JSON_SAMPLE)).map(drop),
  );
});

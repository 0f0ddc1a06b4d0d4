/**
 * Child process: `node own-counts.ts csvlog|cosmos FILE` prints the results of the fixed load as JSON, as
 * `duckdb.ts --rows` does, but from what Vedette's parsers tell. Not timed: it is the proof that both read the same.
 */
import { openSync, readSync } from 'node:fs';
import { ActivityClass } from '../../src/model/activity.ts';
import { azure } from '../../src/parsers/azure/azure.ts';
import { csvlog } from '../../src/parsers/csvlog/csvlog.ts';
import { type Parser, type RecordReader, type Span, Step } from '../../src/parsers/parser.ts';
import type { GroupByResults, LoadName } from './group-by-load.ts';

/** Counts one record that the reader holds. */
type Count = (reader: RecordReader, add: Add) => void;
type Add = (query: string, key: string, n?: number) => void;

const LOADS: Record<LoadName, { parser: Parser; count: Count }> = {
  csvlog: { parser: csvlog, count: countCsvlog },
  cosmos: { parser: azure, count: countCosmos },
};

/** What `byClass` calls an activity class; 0 is a record that only belongs to a session. */
const CLASS_NAMES: Readonly<Record<number, string>> = {
  0: 'authenticated',
  [ActivityClass.connection]: 'received',
  [ActivityClass.authentication]: 'authorized',
  [ActivityClass.authenticationFailure]: 'failure',
  [ActivityClass.statement]: 'statement',
  [ActivityClass.statementError]: 'error',
  [ActivityClass.disconnection]: 'disconnection',
};

const DENIED_STATUSES = new Set(['401', '403']);

const [loadName, file] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(await countFile(LOADS[loadName as LoadName], file!))}\n`);

async function countFile({ parser, count }: { parser: Parser; count: Count }, path: string): Promise<GroupByResults> {
  const results = new Map<string, Map<string, number>>();
  const add: Add = (query, key, n = 1) => {
    const groups = results.get(query) ?? new Map<string, number>();
    results.set(query, groups.set(key, (groups.get(key) ?? 0) + n));
  };
  const reader = parser.open({ timezone: undefined });
  for await (const step of stepsOf(reader, path)) {
    if (step === Step.rejected) {
      throw new Error(`${path}: ${reader.view.reason}`);
    }
    add('recordsByDay', new Date(reader.view.time).toISOString().slice(0, 10));
    if (step === Step.activity) {
      count(reader, add);
    } else {
      add('byClass', 'other');
    }
  }
  return Object.fromEntries([...results].map(([query, groups]) => [query, Object.fromEntries(groups)]));
}

async function* stepsOf(reader: RecordReader, path: string): AsyncGenerator<Step> {
  const descriptor = openSync(path, 'r');
  let isEnd = false;
  for (;;) {
    const step = reader.next(isEnd);
    if (step !== Step.needMore) {
      yield step;
    } else if (isEnd) {
      return;
    } else {
      isEnd = !(await reader.window.refill((bytes, at, length) => readSync(descriptor, bytes, at, length, null)));
    }
  }
}

function countCsvlog(reader: RecordReader, add: Add): void {
  const { view } = reader;
  reader.findClient();
  add('byClass', CLASS_NAMES[view.class]!);
  switch (view.class) {
    case ActivityClass.authenticationFailure:
      add('failuresByHost', textOf(reader, view.address));
      break;
    case ActivityClass.authentication:
      add('loginsByUser', textOf(reader, view.principal));
      add('loginsByUserAndHost', `${textOf(reader, view.principal)}\t${textOf(reader, view.address)}`);
      break;
    case ActivityClass.statement:
      reader.findApplication();
      add('statementsByApplication', textOf(reader, view.application));
      break;
  }
}

function countCosmos(reader: RecordReader, add: Add): void {
  const { view } = reader;
  reader.findClient();
  const principal = textOf(reader, view.principal);
  add('byPrincipal', principal);
  add('byPrincipalAndAddress', `${principal}\t${textOf(reader, view.address)}`);
  add('byStatus', statusOf(reader));
  add('bytesByPrincipal', principal, view.responseBytes);
  reader.findApplication();
  add('byUserAgent', textOf(reader, view.application));
}

/** A view tells only whether the request was denied: the code itself is read from the record that it points at. */
function statusOf(reader: RecordReader): string {
  const { bytes } = reader.window;
  const { start, end } = reader.view.record;
  const recordText = Buffer.from(bytes.buffer, start, end - start).toString();
  const status = /"statusCode":"(\d+)"/.exec(recordText)![1]!;
  const isDenied = reader.view.class === ActivityClass.dataAccessDenied;
  if (DENIED_STATUSES.has(status) !== isDenied) {
    throw new Error(`status ${status} was read as ${isDenied ? 'denied' : 'not denied'}`);
  }
  return status;
}

/** The text of a span, without the escapes of its format. */
function textOf(reader: RecordReader, span: Span): string {
  const { start, end } = reader.plain(span);
  return Buffer.from(reader.window.bytes.buffer, start, end - start).toString();
}

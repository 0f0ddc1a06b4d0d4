/**
 * Child process: `node own-counts.ts csvlog|jsonlog|… FILE` prints the results of the fixed load as JSON, as
 * `duckdb.ts --rows` does, but from what Vedette's parsers tell. Not timed: it is the proof that both read the same.
 */
import { openSync, readSync } from 'node:fs';
import { ActivityClass } from '../../src/model/activity.ts';
import { azure } from '../../src/parsers/azure/azure.ts';
import { cloudsql } from '../../src/parsers/cloudsql/cloudsql.ts';
import { csvlog } from '../../src/parsers/csvlog/csvlog.ts';
import { jsonlog } from '../../src/parsers/jsonlog/jsonlog.ts';
import { type Parser, type RecordReader, type Span, Step } from '../../src/parsers/parser.ts';
import { rds } from '../../src/parsers/rds/rds.ts';
import { stderr } from '../../src/parsers/stderr/stderr.ts';
import { syslog } from '../../src/parsers/syslog/syslog.ts';
import { SYSLOG_PREFIX } from './formats/to-syslog.ts';
import { STDERR_PREFIX } from './formats/to-text-log.ts';
import type { GroupByResults } from './group-by-load.ts';

/** Counts one record that the reader holds. */
type Count = (reader: RecordReader, add: Add) => void;
type Add = (query: string, key: string, n?: number) => void;

interface Counting {
  parser: Parser;
  logLinePrefix?: string;
  count: Count;
  /** What is skipped may be a line (DETAIL, STATEMENT) of an entry that was counted: only activities count. */
  hasLooseLines?: boolean;
}

const COUNTINGS = {
  csvlog: { parser: csvlog, count: countPostgresql },
  jsonlog: { parser: jsonlog, count: countPostgresql },
  stderr: { parser: stderr, logLinePrefix: STDERR_PREFIX, count: countPostgresql, hasLooseLines: true },
  rds: { parser: rds, count: countPostgresql, hasLooseLines: true },
  syslog: { parser: syslog, logLinePrefix: SYSLOG_PREFIX, count: countPostgresql, hasLooseLines: true },
  cloudsql: { parser: cloudsql, count: countPostgresql, hasLooseLines: true },
  azure: { parser: azure, count: countPostgresql, hasLooseLines: true },
  cosmos: { parser: azure, count: countCosmos },
} as const satisfies Record<string, Counting>;

export type CountName = keyof typeof COUNTINGS;

/** What `byClass` calls an activity class. */
const CLASS_NAMES: Readonly<Record<number, string>> = {
  [ActivityClass.credentialAccepted]: 'authenticated',
  [ActivityClass.connection]: 'received',
  [ActivityClass.authentication]: 'authorized',
  [ActivityClass.authenticationFailure]: 'failure',
  [ActivityClass.statement]: 'statement',
  [ActivityClass.statementError]: 'error',
  [ActivityClass.disconnection]: 'disconnection',
};

const [name, file] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(await countFile(COUNTINGS[name as CountName], file!))}\n`);

async function countFile(
  { parser, logLinePrefix, count, hasLooseLines }: Counting,
  path: string,
): Promise<GroupByResults> {
  const results = new Map<string, Map<string, number>>();
  const add: Add = (query, key, n = 1) => {
    const groups = results.get(query) ?? new Map<string, number>();
    results.set(query, groups.set(key, (groups.get(key) ?? 0) + n));
  };
  const reader = parser.open({ logLinePrefix });
  for await (const step of stepsOf(reader, path)) {
    if (step === Step.rejected) {
      throw new Error(`${path}: ${reader.view.reason}`);
    }
    if (step === Step.skipped && hasLooseLines) {
      continue;
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

function countPostgresql(reader: RecordReader, add: Add): void {
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
  add('byStatus', String(view.status));
  add('bytesByPrincipal', principal, view.responseBytes);
  reader.findApplication();
  add('byUserAgent', textOf(reader, view.application));
}

/** The text of a span, without the escapes of its format. */
function textOf(reader: RecordReader, span: Span): string {
  const { start, end } = reader.plain(span);
  return Buffer.from(reader.window.bytes.buffer, start, end - start).toString();
}

import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { bindable } from '../sql/bindable.ts';
import { NOTHING, type Outcome, type Statement, type Unit } from '../sql/statement.ts';
import { StoreError } from '../store-error.ts';
import type { SqliteThreadData } from './sqlite-request.ts';

/** How long a lock of another process (a backup, a shell) is waited for. */
const BUSY_TIMEOUT_MS = 5000;
/** Texts of statements are few, since values are parameters; only lists make more of them. */
const MAX_PREPARED = 500;

interface Prepared {
  statement: StatementSync;
  givesRows: boolean;
}

/** A connection of one thread. */
export interface SqliteConnection {
  database: DatabaseSync;
  run(unit: Unit): Outcome[];
}

export function openConnection({ path, role }: SqliteThreadData): SqliteConnection {
  const database = new DatabaseSync(path, { readOnly: role === 'reader', timeout: BUSY_TIMEOUT_MS });
  database.exec('pragma temp_store = memory'); // nothing but the data directory may be writable
  if (role === 'writer') {
    // Space of removed rows can only be given back where this is set before the first table.
    database.exec('pragma auto_vacuum = incremental; pragma journal_mode = wal; pragma synchronous = full');
    database.exec('pragma journal_size_limit = 67108864'); // 64 MiB
    database.exec('pragma secure_delete = on'); // who is erased must not be found in pages that are free
  }
  const prepared = new Map<string, Prepared>();
  return { database, run: (unit) => runUnit(database, prepared, unit) };
}

function runUnit(database: DatabaseSync, prepared: Map<string, Prepared>, unit: Unit): Outcome[] {
  const outcomes: Outcome[] = [];
  for (const statement of unit) {
    const { after, guard } = statement;
    const outcome = after !== undefined && outcomes[after]?.count === 0 ? NOTHING : run(database, prepared, statement);
    if (guard !== undefined && outcome.count === 0) {
      throw new StoreError(guard, `A condition does not hold (${guard}).`);
    }
    outcomes.push(outcome);
  }
  return outcomes;
}

function run(database: DatabaseSync, prepared: Map<string, Prepared>, { sql, parameters }: Statement): Outcome {
  const { statement, givesRows } = prepare(database, prepared, sql);
  const values = parameters.map(bindable);
  if (givesRows) {
    const rows = statement.all({}, ...values); // the empty object: a first parameter is never taken for named ones
    return { rows, count: rows.length };
  }
  return { rows: [], count: Number(statement.run({}, ...values).changes) };
}

function prepare(database: DatabaseSync, prepared: Map<string, Prepared>, sql: string): Prepared {
  const known = prepared.get(sql);
  if (known !== undefined) {
    return known;
  }
  if (prepared.size >= MAX_PREPARED) {
    prepared.clear();
  }
  const statement = database.prepare(sql);
  const made = { statement, givesRows: statement.columns().length > 0 };
  prepared.set(sql, made);
  return made;
}

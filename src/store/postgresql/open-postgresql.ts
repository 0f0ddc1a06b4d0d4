import { Pool, type PoolClient, types } from 'pg';
import { bindable } from '../sql/bindable.ts';
import { queryBuilder } from '../sql/builder.ts';
import { type Database, SCHEMA } from '../sql/database.ts';
import { NOTHING, type Outcome, type Statement, type Unit } from '../sql/statement.ts';
import { StoreError } from '../store-error.ts';
import { isLostRace, postgresqlFailure } from './postgresql-failure.ts';

/** Of one process; PostgreSQL allows 100 in all unless told otherwise. */
const MAX_CONNECTIONS = 8;
const CONNECT_TIMEOUT_MS = 5000;
/** A checkpoint of many resources may take seconds; a server that is gone is noticed after this. */
const QUERY_TIMEOUT_MS = 60_000;
const MAX_RACES = 5;
/** The type `int8`; src/include/catalog/pg_type.dat. */
const INT8 = 20;
/**
 * What the rows hold, without indexes: files of tables do not shrink when rows are removed. Values that lie outside of
 * their row are counted by what is written of them there, without reading them. 250 and 70: the other columns.
 */
const SIZE = `select (select coalesce(sum(pg_column_size(body) + 250), 0) from ${SCHEMA}.alert)
  + (select count(*) * 70 from ${SCHEMA}.alert_word)
  + (select coalesce(sum(bytes), 0) from ${SCHEMA}.resource_state)
  + (select count(*) * 250 from ${SCHEMA}.outbox)
  + (select count(*) * 250 from ${SCHEMA}.audit_entry) as size`;

/** A PostgreSQL server, 14 or newer; our tables live in the schema `vedette`. */
export function openPostgresql(url: string, now: () => number): Database {
  const pool = new Pool({
    connectionString: url,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    keepAlive: true,
    application_name: 'vedette',
    types: { getTypeParser: (id, format) => (id === INT8 ? toNumber : types.getTypeParser(id, format)) },
  });
  pool.on('error', () => {}); // an idle connection that broke; whoever needs one next gets a new one, or the error
  pool.on('connect', (client) => client.on('error', () => {})); // one that broke between two statements: the next one fails
  return {
    dialect: 'postgresql',
    sql: queryBuilder('postgresql', (query) => read(pool, query)),
    write: (unit) => write(pool, unit),
    now,
    bytes: async () => {
      const { rows } = await read(pool, { sql: SIZE, parameters: [] });
      return Number(rows[0]?.size);
    },
    reclaim: async () => {}, // the server's autovacuum does
    overwrite: async () => {}, // as well
    close: () => pool.end(),
  };
}

async function read(pool: Pool, statement: Statement): Promise<Outcome> {
  try {
    return await run(pool, statement);
  } catch (error) {
    throw postgresqlFailure(error);
  }
}

async function write(pool: Pool, unit: Unit): Promise<Outcome[]> {
  for (let races = 1; ; races++) {
    try {
      return await inTransaction(pool, unit);
    } catch (error) {
      if (!isLostRace(error) || races === MAX_RACES) {
        throw postgresqlFailure(error);
      }
    }
  }
}

async function inTransaction(pool: Pool, unit: Unit): Promise<Outcome[]> {
  const client = await pool.connect();
  let broken = true;
  try {
    await client.query('begin');
    const outcomes = await runAll(client, unit);
    await client.query('commit');
    broken = false;
    return outcomes;
  } catch (error) {
    await client.query('rollback').then(
      () => {
        broken = false;
      },
      () => {}, // the connection itself is gone; the first error says more
    );
    throw error;
  } finally {
    client.release(broken);
  }
}

async function runAll(client: PoolClient, unit: Unit): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const statement of unit) {
    const { after, guard } = statement;
    const outcome = after !== undefined && outcomes[after]?.count === 0 ? NOTHING : await run(client, statement);
    if (guard !== undefined && outcome.count === 0) {
      throw new StoreError(guard, `A condition does not hold (${guard}).`);
    }
    outcomes.push(outcome);
  }
  return outcomes;
}

async function run(client: PoolClient | Pool, { sql, parameters }: Statement): Promise<Outcome> {
  const { rows, rowCount } = await client.query<Record<string, unknown>>(sql, parameters.map(bindable));
  return { rows, count: rowCount ?? 0 };
}

/** What does not fit a number is refused, not rounded. */
function toNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) {
    throw new RangeError(`${text} is beyond the integers that we store`);
  }
  return value;
}

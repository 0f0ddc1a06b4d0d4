import { fork } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '../lib/user-error.ts';
import type { Alert } from '../model/alert.ts';
import type { Archive } from './open-archive.ts';
import type { SqlAnswer, SqlFormat, SqlResult, SqlTask } from './sql-messages.ts';

const ENTRY = `./sql-process${import.meta.url.slice(import.meta.url.lastIndexOf('.'))}`;
/** A query is ended after so long. */
export const SQL_TIMEOUT_MS = 30_000;
export const MAX_SQL_ROWS = 10_000;
/** A file takes longer, and holds more. */
const EXPORT_TIMEOUT_MS = 120_000;
export const MAX_EXPORT_ROWS = 1_000_000;
/** Queries that run at a time. */
const MAX_RUNNING = 2;

/** Somebody else's queries run. */
export class BusyError extends Error {}

export interface SqlQuery {
  sql: string;
  maxRows?: number;
  timeoutMs?: number;
  /** Absent: the last seven days. */
  span?: SqlTask['span'];
  /** For queries of our own: see `SqlTask`. */
  within?: NonNullable<SqlTask['within']>;
}

const WEEK_MS = 604_800_000;

let running = 0;

/** Runs one query over the archive and these alerts in a locked process. What is wrong with it is a `UserError`. */
export async function runSql(archive: Archive, alerts: readonly Alert[], query: SqlQuery): Promise<SqlResult> {
  return inFolder(archive, alerts, query, (task) => runTask(task, query.timeoutMs));
}

/** A file that is there until it is removed. */
export interface SqlFile {
  path: string;
  remove(): Promise<void>;
}

/** The same as a file. In CSV no cell is a formula to a spreadsheet. */
export async function exportSql(
  archive: Archive,
  alerts: readonly Alert[],
  { format, maxRows = MAX_EXPORT_ROWS, ...query }: SqlQuery & { format: SqlFormat },
): Promise<SqlFile> {
  const folder = await mkdtemp(join(archive.directory, 'tmp', 'export-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  const path = join(folder, `result.${format}`);
  try {
    await inFolder(archive, alerts, { ...query, maxRows }, (task) =>
      runTask({ ...task, output: { path, format } }, query.timeoutMs ?? EXPORT_TIMEOUT_MS),
    );
  } catch (error) {
    await remove();
    throw error;
  }
  return { path, remove };
}

async function inFolder<T>(
  archive: Archive,
  alerts: readonly Alert[],
  { sql, maxRows = MAX_SQL_ROWS, span = lastWeek(), within }: SqlQuery,
  run: (task: SqlTask) => Promise<T>,
): Promise<T> {
  if (running >= MAX_RUNNING) {
    throw new BusyError('Other queries are running; try again in a moment.');
  }
  running++;
  const folder = await mkdtemp(join(archive.directory, 'tmp', 'sql-'));
  try {
    await archive.flush();
    const pathsOf = async (kind: 'activities' | 'statements') =>
      (await archive.files({ kind })).map(({ path }) => path);
    const file = join(folder, 'alerts.jsonl');
    await writeFile(file, alerts.map((alert) => `${JSON.stringify(alertRow(alert))}\n`).join(''), { mode: 0o600 });
    const [activities, statements] = await Promise.all([pathsOf('activities'), pathsOf('statements')]);
    const limits = { maxRows, span, ...(within !== undefined && { within }) };
    return await run({ sql, activities, statements, alerts: file, ...limits });
  } finally {
    running--;
    await rm(folder, { recursive: true, force: true });
  }
}

function lastWeek(): SqlTask['span'] {
  const until = Date.now();
  return { since: until - WEEK_MS, until };
}

/** As the view `alerts` has them. */
function alertRow({ name, properties }: Alert): Record<string, unknown> {
  const first = (type: string, member: string) => properties.entities.find((entity) => entity.type === type)?.[member];
  return {
    name,
    alert_type: properties.alertType,
    display_name: properties.alertDisplayName,
    description: properties.description,
    severity: properties.severity,
    status: properties.status,
    start_time: properties.startTimeUtc,
    end_time: properties.endTimeUtc,
    resource_uid: properties.resourceIdentifiers[0]?.azureResourceId.toLowerCase(),
    user_name: first('account', 'name'),
    src_ip: first('ip', 'address'),
    is_incident: properties.isIncident,
    correlation_key: properties.correlationKey,
  };
}

/** A process of its own for each query: what it does to itself, it does to nobody else. */
async function runTask(task: SqlTask, timeoutMs = SQL_TIMEOUT_MS): Promise<SqlResult> {
  const child = fork(fileURLToPath(import.meta.resolve(ENTRY)), [], {
    serialization: 'advanced',
    execArgv: [],
    env: {},
    cwd: '/',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  setPriority(child.pid ?? 0, constants.priority.PRIORITY_LOW);
  const { promise, resolve, reject } = Promise.withResolvers<SqlResult>();
  const timer = setTimeout(() => {
    reject(new UserError(`the query took longer than ${timeoutMs / 1000} s; ask for less time, or for fewer columns`));
    child.kill('SIGKILL');
  }, timeoutMs);
  child.once('message', (answer: SqlAnswer) =>
    'error' in answer ? reject(new UserError(answer.error)) : resolve(answer.result),
  );
  child.once('exit', () => reject(new UserError('the query needed more memory than there is for one')));
  child.send(task);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    child.kill('SIGKILL');
  }
}

import { statSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { StoreError } from '../store-error.ts';
import { openConnection, type SqliteConnection } from './sqlite-connection.ts';
import { sqliteFailure } from './sqlite-failure.ts';
import { CLOSE, type SqliteReply, type SqliteRequest, type SqliteThreadData } from './sqlite-request.ts';

/** Units of one commit, at most: what waits longer than this many would make the first ones wait too. */
const MAX_GROUP = 512;

/**
 * The thread of one connection. A writer commits all that came while it was busy together: one fsync for many units,
 * each of which is undone alone when it fails.
 */
const data = workerData as SqliteThreadData;
const connection = open();
const inode = statSync(data.path).ino;
const queue: SqliteRequest[] = [];
const port = parentPort!;
port.on('message', (request: SqliteRequest | typeof CLOSE) => {
  if (request === CLOSE) {
    connection.database.close(); // the last one folds the log into the file
    port.close();
    return;
  }
  if (queue.push(request) === 1) {
    setImmediate(work);
  }
});

function open(): SqliteConnection {
  try {
    return openConnection(data);
  } catch (error) {
    throw sqliteFailure(error);
  }
}

function work(): void {
  const group = queue.splice(0, MAX_GROUP);
  const replies = data.role === 'writer' ? write(group) : group.map((request) => reply(request));
  port.postMessage(replies);
  if (queue.length > 0) {
    setImmediate(work);
  }
}

function write(group: readonly SqliteRequest[]): SqliteReply[] {
  if (group.some(({ bare }) => bare)) {
    return group.flatMap((request) => (request.bare ? [reply(request)] : write([request])));
  }
  try {
    requireSameFile();
    connection.database.exec('begin immediate');
    const replies = group.map((request) => inSavepoint(request));
    connection.database.exec('commit');
    return replies;
  } catch (error) {
    if (connection.database.isTransaction) {
      connection.database.exec('rollback');
    }
    return group.map(({ id }) => failed(id, error));
  }
}

/** Throws only when the whole transaction is lost, as SQLite does it on a full disk. */
function inSavepoint(request: SqliteRequest): SqliteReply {
  const { database } = connection;
  database.exec('savepoint unit');
  const outcome = reply(request);
  if ('error' in outcome) {
    if (!database.isTransaction) {
      throw new StoreError(outcome.error.code, outcome.error.message);
    }
    database.exec('rollback to unit');
  }
  database.exec('release unit');
  return outcome;
}

function reply({ id, unit }: SqliteRequest): SqliteReply {
  try {
    return { id, outcomes: connection.run(unit) };
  } catch (error) {
    return failed(id, error);
  }
}

function failed(id: number, error: unknown): SqliteReply {
  const { code, message } = sqliteFailure(error);
  return { id, error: { code, message } };
}

/** What is written to a file that was moved away or replaced would be lost, though SQLite acknowledges it. */
function requireSameFile(): void {
  if (statSync(data.path, { throwIfNoEntry: false })?.ino !== inode) {
    throw new StoreError('unavailable', `${data.path} is not the file that was opened.`);
  }
}

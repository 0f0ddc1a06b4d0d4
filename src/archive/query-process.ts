import { type ChildProcess, fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Conversion, DraftFile } from './convert-blocks.ts';
import type { Answers, FromProcess, QueryValue, Request, ToProcess } from './process-messages.ts';

/** The entry point, whether it runs as source or built. */
const ENTRY = `./archive-process${import.meta.url.slice(import.meta.url.lastIndexOf('.'))}`;
const QUERY_TIMEOUT_MS = 60_000;
/** A query that does not even end when it is told to, and work on files that takes longer: the process is stuck, and ended. */
const GRACE_MS = 10_000;
const WORK_TIMEOUT_MS = 900_000;
/** A process that nobody asks for so long is ended: it holds memory. */
const IDLE_MS = 120_000;
/** Files that a process writes before it makes room for another: native memory is torn to pieces little by little. */
const WORKS_OF_PROCESS = 100;
/** For glibc: what is large goes back to the system as soon as it is free. */
const ALLOCATION = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '262144', MALLOC_TRIM_THRESHOLD_: '1048576' };

export class QueryError extends Error {}

/** DuckDB in a process of its own, started when it is first asked and again after a crash. */
export interface QueryProcess {
  convert(conversion: Conversion): Promise<DraftFile[]>;
  /** Rows of a query with `$1`, `$2` … Rejects with a `QueryError`. */
  rows(sql: string, values?: readonly QueryValue[], timeoutMs?: number): Promise<Record<string, unknown>[]>;
  /** Writes what a query gives into a file (default: Parquet), and puts it on disk. */
  write(sql: string, path: string, format?: 'parquet' | 'csv'): Promise<Answers['write']>;
  close(): void;
}

/** @param directory of the archive */
export function openQueryProcess(directory: string): QueryProcess {
  const waiting = new Map<number, { resolve: (answer: never) => void; reject: (error: Error) => void }>();
  let child: ChildProcess | undefined;
  let works = 0;
  let latest = 0;
  let idle: NodeJS.Timeout | undefined;

  function start(): ChildProcess {
    const started = fork(fileURLToPath(import.meta.resolve(ENTRY)), [directory], {
      serialization: 'advanced',
      execArgv: [],
      env: { PATH: process.env.PATH, ...ALLOCATION },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    setPriority(started.pid ?? 0, constants.priority.PRIORITY_BELOW_NORMAL);
    started.on('message', receive);
    started.once('exit', (code, signal) => {
      if (child === started) {
        child = undefined;
        end(`the process that reads the archive ended (${signal ?? code})`);
      }
    });
    started.unref();
    started.channel?.unref();
    works = 0;
    return started;
  }

  /** Whoever asks next gets another one. */
  function retire(): void {
    clearTimeout(idle);
    if (child?.connected === true) {
      child.disconnect();
    }
    child = undefined;
  }

  function end(reason: string): void {
    for (const { reject } of waiting.values()) {
      reject(new QueryError(reason));
    }
    waiting.clear();
  }

  function receive(message: unknown): void {
    const told = message as FromProcess;
    const asked = waiting.get(told.id);
    waiting.delete(told.id);
    if ('error' in told) {
      asked?.reject(new QueryError(told.error));
    } else {
      asked?.resolve(told.answer as never);
    }
  }

  async function ask<T>(request: Request, deadlineMs = WORK_TIMEOUT_MS): Promise<T> {
    clearTimeout(idle);
    child ??= start();
    const asked = child;
    const id = ++latest;
    asked.channel?.ref();
    const deadline = setTimeout(() => asked.kill('SIGKILL'), deadlineMs);
    try {
      return await new Promise<T>((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        asked.send({ id, request } satisfies ToProcess, (error) => error !== null && reject(error));
      });
    } finally {
      clearTimeout(deadline);
      waiting.delete(id);
      works += request.kind === 'rows' ? 0 : 1;
      if (child === asked && waiting.size === 0) {
        asked.channel?.unref();
        idle = setTimeout(retire, IDLE_MS).unref();
        if (works >= WORKS_OF_PROCESS) {
          retire();
        }
      }
    }
  }

  return {
    convert: (conversion) => ask({ kind: 'convert', conversion }),
    rows: (sql, values = [], timeoutMs = QUERY_TIMEOUT_MS) =>
      ask({ kind: 'rows', sql, values, timeoutMs }, timeoutMs + GRACE_MS),
    write: (sql, path, format = 'parquet') => ask({ kind: 'write', sql, path, format }),
    close() {
      retire();
      end('the archive is closed');
    },
  };
}

import { createContext, Script } from 'node:vm';
import { ActivityClass, type ActivityClassName } from '../model/activity.ts';
import type { ReadInto } from '../scan/scan-window.ts';
import { type Parser, type RecordReader, type Span, Step } from './parser.ts';

/** What a reader says of one record, as texts. */
export interface SeenRecord {
  step: 'activity' | 'skipped' | 'rejected';
  /** Byte offset in the source, and the record's own bytes. */
  offset: number;
  text: string;
  time: number;
  class?: ActivityClassName;
  principal?: string;
  database?: string;
  address?: string;
  application?: string;
  session?: string;
  failure?: number;
  status?: number;
  responseBytes?: number;
  operation?: string;
  container?: string;
  statement?: string;
  resource?: string;
  reason?: string;
}

interface Reading {
  timezone?: string;
  logLinePrefix?: string;
  /** Bytes of each read, again and again; by default as many as fit. */
  sizes?: readonly number[];
  /** Longest time that the records of one read may take. */
  limitMs?: number;
}

const CLASS_NAMES = Object.keys(ActivityClass) as ActivityClassName[];

/** Reads a whole source as the pipeline does. Throws when the reader does not come to its end. */
export async function readAll(
  parser: Parser,
  source: string | Uint8Array,
  reading: Reading = {},
): Promise<SeenRecord[]> {
  const bytes = typeof source === 'string' ? new TextEncoder().encode(source) : source;
  const reader = parser.open({ timezone: reading.timezone, logLinePrefix: reading.logLinePrefix });
  const seen: SeenRecord[] = [];
  await drive(reader, bytes, reading, (step) => void seen.push(describe(reader, step)));
  return seen;
}

/** The statements of a source, each with the bytes that it is told by; undefined where these are not known to tell it. */
export async function readStatements(
  parser: Parser,
  source: Uint8Array,
): Promise<{ recorded: string | undefined; statement: string }[]> {
  const reader = parser.open({ timezone: undefined });
  const seen: { recorded: string | undefined; statement: string }[] = [];
  await drive(reader, source, {}, (step) => {
    if (step === Step.activity && reader.view.class === ActivityClass.statement) {
      const span = reader.recordedStatement?.();
      const recorded = span === undefined ? undefined : textOf(reader, span);
      reader.findRequest();
      seen.push({ recorded, statement: plain(reader, reader.view.statement) });
    }
  });
  return seen;
}

/** Only what kind of records a source has, for sources too large to keep as texts. */
export async function countSteps(
  parser: Parser,
  source: Uint8Array,
): Promise<{ steps: Record<string, number>; reader: RecordReader }> {
  const reader = parser.open({ timezone: undefined });
  const steps: Record<string, number> = {};
  await drive(reader, source, {}, (step) => {
    const name = step === Step.rejected ? reader.view.reason : nameOf(step);
    steps[name] = (steps[name] ?? 0) + 1;
  });
  return { steps, reader };
}

async function drive(
  reader: RecordReader,
  source: Uint8Array,
  { sizes = [Number.POSITIVE_INFINITY], limitMs }: Reading,
  onRecord: (step: Step) => void,
): Promise<void> {
  const { window } = reader;
  const read = inPieces(source, sizes);
  let isEnd = false;
  let records = 0;
  const readOn = () => {
    for (let step = reader.next(isEnd); step !== Step.needMore; step = reader.next(isEnd)) {
      if (++records > source.length) {
        throw new Error(`more than ${source.length} records in as many bytes`);
      }
      onRecord(step);
    }
  };
  // each round reads a byte at least, or scans more of what was read: twice as much each time
  for (let rounds = 0; rounds <= 2 * source.length + 100; rounds++) {
    within(limitMs, readOn);
    if (isEnd && !window.isUnscanned) {
      return;
    }
    isEnd = !(await window.refill(read)) && !(await window.finish());
  }
  throw new Error(`the reader does not come to an end of ${source.length} bytes`);
}

/** Calls a function; one that takes too long is stopped from outside, in the middle of a loop without end, too. */
const call = new Script('work()');
const caller = createContext({});

function within(limitMs: number | undefined, work: () => void): void {
  if (limitMs === undefined) {
    work();
  } else {
    caller.work = work;
    call.runInContext(caller, { timeout: limitMs });
  }
}

function inPieces(source: Uint8Array, sizes: readonly number[]): ReadInto {
  let at = 0;
  let turn = 0;
  return (bytes, to, length) => {
    const piece = source.subarray(at, at + Math.min(length, sizes[turn++ % sizes.length]!));
    bytes.set(piece, to);
    at += piece.length;
    return piece.length;
  };
}

function describe(reader: RecordReader, step: Step): SeenRecord {
  const { window, view } = reader;
  const record = { offset: window.offsetOf(view.record.start), text: textOf(reader, view.record) };
  if (step === Step.rejected) {
    return { step: 'rejected', ...record, time: Number.NaN, reason: view.reason };
  }
  if (step === Step.skipped) {
    return { step: 'skipped', ...record, time: view.time };
  }
  reader.findClient();
  reader.findApplication();
  reader.findRequest();
  return {
    step: 'activity',
    ...record,
    time: view.time,
    class: CLASS_NAMES.find((name) => ActivityClass[name] === view.class)!,
    principal: plain(reader, view.principal),
    database: plain(reader, view.database),
    address: plain(reader, view.address),
    application: plain(reader, view.application),
    session: `${(view.sessionHigh >>> 0).toString(16)}.${(view.sessionLow >>> 0).toString(16)}`,
    failure: view.failure,
    status: view.status,
    responseBytes: view.responseBytes,
    operation: plain(reader, view.operation),
    container: plain(reader, view.container),
    statement: plain(reader, view.statement),
    resource: plain(reader, view.resource),
  };
}

function nameOf(step: Step): 'activity' | 'skipped' | 'rejected' {
  return step === Step.activity ? 'activity' : step === Step.skipped ? 'skipped' : 'rejected';
}

function plain(reader: RecordReader, span: Span): string {
  return textOf(reader, reader.plain(span));
}

function textOf({ window }: RecordReader, { start, end }: Span): string {
  return new TextDecoder().decode(window.bytes.slice(start, end));
}

/** Counts by a name. */
export function countBy<T>(values: readonly T[], name: (value: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) {
    counts[name(value)] = (counts[name(value)] ?? 0) + 1;
  }
  return counts;
}

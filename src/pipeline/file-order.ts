import { statSync } from 'node:fs';
import { type Parser, type RecordReader, Step } from '../parsers/parser.ts';
import { openHistoryFile } from '../sources/history-file.ts';
import type { SourcePlan } from './plan.ts';

/** Records looked at for a time: a file that begins with so many broken ones goes to the end. */
const MAX_RECORDS = 1000;

/** A file with the time of its first record; undefined when it shows none. */
export interface TimedFile {
  path: string;
  firstTime: number | undefined;
}

/** What Azure's export to storage appends to a resource: `/y=2026/m=11/d=21/h=10/m=00/PT1H.json`. */
const HOUR_IN_PATH = /\/y=(\d{4})\/m=(\d\d)\/d=(\d\d)\/h=(\d\d)\/m=(\d\d)\/[^/]*$/;

/** A log may be rotated while its files are looked at; nobody rotates all the time. */
const MAX_LOOKS = 5;

/**
 * The files of a source in the order of their first records, then by name. When one of them was renamed meanwhile, what
 * was read of some belongs to others: then all are looked at again.
 */
export async function inOrderOfTime(source: SourcePlan, parser: Parser): Promise<TimedFile[]> {
  const time = (file: TimedFile) => file.firstTime ?? Number.POSITIVE_INFINITY;
  for (let looks = 1; ; looks++) {
    const before = inodesOf(source.files);
    const timed = await timedFiles(source, parser);
    if (looks === MAX_LOOKS || inodesOf(source.files) === before) {
      return timed.sort((a, b) => (time(a) === time(b) ? (a.path < b.path ? -1 : 1) : time(a) - time(b)));
    }
  }
}

function inodesOf(paths: readonly string[]): string {
  return paths.map((path) => statSync(path, { throwIfNoEntry: false })?.ino).join(' ');
}

async function timedFiles(source: SourcePlan, parser: Parser): Promise<TimedFile[]> {
  const timed: TimedFile[] = [];
  let reader: RecordReader | undefined;
  for (const path of source.files) {
    let firstTime = hourInPath(path);
    if (firstTime === undefined && source.files.length > 1) {
      reader ??= parser.open(source);
      firstTime = await firstTimeOf(path, reader);
    }
    timed.push({ path, firstTime });
  }
  return timed;
}

/** The hour that a path names as Azure's exports do, epoch milliseconds: thousands of files need no look inside. */
export function hourInPath(path: string): number | undefined {
  const [, year, month, day, hour, minute] = HOUR_IN_PATH.exec(path) ?? [];
  return year === undefined ? undefined : Date.UTC(+year, +month! - 1, +day!, +hour!, +minute!);
}

/** The path without the hour that it names; undefined where it names none. */
export function beforeHour(path: string): string | undefined {
  const match = HOUR_IN_PATH.exec(path);
  return match === null ? undefined : path.slice(0, match.index);
}

async function firstTimeOf(path: string, reader: RecordReader): Promise<number | undefined> {
  const file = openHistoryFile(path);
  reader.restart();
  let isEnd = false;
  try {
    for (let records = 0; records < MAX_RECORDS; records++) {
      const step = reader.next(isEnd);
      if (step === Step.needMore) {
        if (isEnd && !reader.window.isUnscanned) {
          return undefined;
        }
        isEnd = !(await reader.window.refill((bytes, at, length) => file.read(bytes, at, length)));
      } else if (step !== Step.rejected && !Number.isNaN(reader.view.time)) {
        return reader.view.time;
      }
    }
    return undefined;
  } finally {
    file.close();
  }
}

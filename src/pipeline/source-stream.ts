import { basename } from 'node:path';
import { ActivityClass } from '../model/activity.ts';
import { type Parser, Step } from '../parsers/parser.ts';
import { Sessions } from '../sessions/sessions.ts';
import { type HistoryFile, openHistoryFile } from '../sources/history-file/history-file.ts';
import { countRejected } from './counts.ts';
import type { Provenance } from './current-activity.ts';
import { createLeapJudge, LEAP_MS, type LeapJudge } from './leap-judge.ts';
import type { Counts, SourcePlan } from './plan.ts';

/** A record that is this much older than the newest one of its source came late. */
export const LATE_MS = 5 * 60_000;

/** The records of one source of history, file after file, without those that are not ours to judge. */
export interface SourceStream extends Provenance {
  /** Whether `reader.view` came late. */
  isLate: boolean;
  isEnded: boolean;
  /** Goes to the next activity; false when bytes are needed first (`load`), or when the source has ended. */
  next(): boolean;
  load(): Promise<void>;
  /** Counts the activity in view as rejected: it belongs to nobody. */
  refuse(reason: string): void;
  /** Bytes read of all files as they stand on disk. */
  diskBytes(): number;
}

/**
 * @param isShared the files are of several resources: each resource has a time of its own, and only who gets the
 * records can tell what is late
 */
export function openSourceStream(
  plan: SourcePlan,
  files: readonly { path: string; firstTime: number | undefined }[],
  parser: Parser,
  to: number,
  counts: Counts,
  isShared = false,
): SourceStream {
  const reader = parser.open(plan);
  const { window, view } = reader;
  let place = -1;
  let file: HistoryFile | undefined;
  let isFileEnded = true;
  let finishedBytes = 0;
  let fileBytes = 0;
  const read = async (bytes: Uint8Array, at: number, length: number) => {
    const got = await file!.read(bytes, at, length);
    fileBytes += got;
    return got;
  };
  const leaps: LeapJudge = createLeapJudge(reader, read);

  const stream: SourceStream = {
    parser,
    sessions: new Sessions(window),
    source: '',
    reader,
    isLate: false,
    isEnded: false,
    next,
    load,
    refuse: reject,
    diskBytes: () => finishedBytes + (file?.diskBytes ?? 0),
  };

  function next(): boolean {
    for (;;) {
      if (file === undefined) {
        return false;
      }
      const step = reader.next(isFileEnded);
      if (step === Step.needMore) {
        return false;
      }
      if (step === Step.rejected) {
        counts.records++;
        reject(view.reason);
        continue;
      }
      if (view.time > leaps.newest + LEAP_MS && !leaps.isDecided()) {
        return false;
      }
      if (leaps.refusedOffset >= 0 && leaps.refusedOffset === window.offsetOf(view.record.start)) {
        counts.records++;
        reject('a time far ahead of the records around it');
        continue;
      }
      if (view.time >= to) {
        if (view.time >= to + LATE_MS) {
          closeFile();
          place = isShared ? place : files.length;
        }
        continue;
      }
      counts.records++;
      if (view.time > leaps.newest) {
        leaps.newest = view.time;
      }
      if (step === Step.activity) {
        if (view.class === ActivityClass.logForgery) {
          reject('a forged line');
        }
        stream.isLate = !isShared && view.time < leaps.newest - LATE_MS;
        counts.late += stream.isLate ? 1 : 0;
        return true;
      }
      counts.skipped++;
    }
  }

  async function load(): Promise<void> {
    stream.sessions.beforeRefill();
    if (file === undefined) {
      openNext();
    } else if (leaps.isPending) {
      const following = files[place + 1]?.firstTime;
      await leaps.decide(isFileEnded, following);
      isFileEnded ||= leaps.sawEnd;
    } else if (!isFileEnded || window.isUnscanned) {
      isFileEnded = !(await window.refill(read));
    } else {
      closeFile();
    }
  }

  function openNext(): void {
    const following = files[++place];
    if (following === undefined) {
      stream.isEnded = true;
      return;
    }
    file = openHistoryFile(following.path);
    stream.source = following.path;
    isFileEnded = false;
    fileBytes = 0;
    reader.restart();
    leaps.restart();
  }

  function closeFile(): void {
    const { path, problem, diskBytes } = file!;
    if (problem !== undefined) {
      countRejected(
        counts,
        'a file that could not be read to its end',
        `${basename(path)} ${problem}`,
        new Uint8Array(),
      );
      counts.notes.push(`${path} ${problem}; what could be read of it was judged`);
    } else if (fileBytes === 0) {
      counts.notes.push(`${path} is empty`);
    }
    counts.bytes += fileBytes;
    finishedBytes += diskBytes;
    file!.close();
    file = undefined;
  }

  function reject(reason: string): void {
    const where = `${basename(stream.source)} at byte ${window.offsetOf(view.record.start)}`;
    countRejected(counts, reason, where, window.bytes.subarray(view.record.start, view.record.end));
  }

  return stream;
}

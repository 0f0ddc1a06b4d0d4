import { basename } from 'node:path';
import { ActivityClass } from '../model/activity.ts';
import { type Parser, type ReaderOptions, type RecordReader, Step } from '../parsers/parser.ts';
import { Sessions } from '../sessions/sessions.ts';
import type { InputReader, Position } from '../sources/source.ts';
import { countRejected } from './counts.ts';
import type { Provenance } from './current-activity.ts';
import { createLeapJudge, LEAP_MS, type LeapMemory } from './leap-judge.ts';
import type { Counts } from './plan.ts';

/** A record that is this much older than the newest one of its source came late. */
export const LATE_MS = 5 * 60_000;
/** A record that is this much ahead of the wall clock, as its bytes come in, is not believed. */
const AHEAD_MS = 5 * 60_000;
/** Bytes of records that have been read and are kept; with them some of what is known of resources. */
const KEPT_BYTES = 4 * 1024 * 1024;
const NEWLINE = 0x0a;
const CLOSE_BRACE = 0x7d;

export interface StreamOptions {
  input: InputReader;
  parser: Parser;
  reading: ReaderOptions;
  counts: Counts;
  /** Records from here on are not read; epoch milliseconds. Absent: all are. */
  to?: number;
  /**
   * The input is of several resources: each resource has a time of its own, and only who gets the records can tell what is
   * late.
   */
  isShared?: boolean;
  /** The wall clock, for an input that grows. Absent: all of it is history, in which no clock is read. */
  clock?: () => number;
  /** What an earlier stream of the input saved; the input stands where that one stopped. */
  saved?: StreamState;
}

/** What a stream remembers of the records before its position. */
export interface StreamState {
  position: Position;
  /** Offset in its part of the record that is read next. */
  offset: number;
  reader: unknown;
  leaps: LeapMemory;
}

/** The records of one input, part after part, without those that are not ours to judge. */
export interface SourceStream extends Provenance {
  readonly input: InputReader;
  reader: RecordReader;
  /** Whether `reader.view` came late. */
  isLate: boolean;
  /** There are no more records; of an input that grows: at present. */
  isEnded: boolean;
  /** Goes to the next activity; false when bytes are needed first (`load`), or when there are no more. */
  next(): boolean;
  load(): Promise<void>;
  /** From the record in view on, bytes stay in memory where they are, for as long as `load` only adds to them. */
  keepBytes(): void;
  /** Whether `load` would only add to the bytes that are kept. */
  mayAdd(): boolean;
  /** Nothing has come for a while: `next` tells a last record that might have gone on, until bytes are loaded. */
  flush(): void;
  /** After `flush`: `load` must look at what follows before `next` can tell a record that is there. */
  isUnready(): boolean;
  /** Counts the activity in view as rejected: it belongs to nobody. */
  refuse(reason: string): void;
  /** Bytes that have come in and were not read yet, wherever they wait. */
  unreadBytes(): number;
  /**
   * Live data, to be written before the next record.
   *
   * @param isInView the record in view was not judged: it is to be read again
   */
  save(isInView?: boolean): StreamState;
}

export function openSourceStream(options: StreamOptions): SourceStream {
  const { input, parser, counts, saved, clock, isShared = false, to = Number.POSITIVE_INFINITY } = options;
  const reader = parser.open(options.reading);
  const { window, view } = reader;
  let isOpen = false;
  let isPartEnded = true;
  let isFlushing = false;
  /** Where in the window reading of the record in view began. */
  let before = 0;
  let isResumed = saved === undefined;
  /** Later records are not believed. */
  let horizon = Number.POSITIVE_INFINITY;
  const read = async (bytes: Uint8Array, at: number, length: number) => {
    const got = await input.read(bytes, at, length);
    counts.bytes += got;
    return got;
  };
  const leaps = createLeapJudge(reader, read, clock === undefined);

  const stream: SourceStream = {
    input,
    parser,
    sessions: new Sessions(window),
    source: '',
    reader,
    isLate: false,
    isEnded: false,
    next,
    load,
    keepBytes() {
      window.anchor = Math.min(view.record.start, window.position);
    },
    mayAdd: () => isOpen && !leaps.isPending() && window.mayAdd(KEPT_BYTES),
    flush,
    isUnready: () => isFlushing && (leaps.isPending() || window.isUnscanned),
    refuse: reject,
    unreadBytes: () => (isOpen ? input.offset - window.offsetOf(window.position) : 0),
    save,
  };

  function next(): boolean {
    for (;;) {
      if (!isOpen) {
        return false;
      }
      before = window.position;
      const step = reader.next(isPartEnded || isFlushing);
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
      if (
        view.time > horizon ||
        (leaps.refusedOffset >= 0 && leaps.refusedOffset === window.offsetOf(view.record.start))
      ) {
        counts.records++;
        reject(view.time > horizon ? 'a time ahead of the clock' : 'a time far ahead of the records around it');
        continue;
      }
      if (view.time >= to) {
        if (view.time >= to + LATE_MS) {
          isOpen = false;
          stream.isEnded = !isShared;
          if (stream.isEnded) {
            input.close();
          }
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
    isFlushing &&= stream.isUnready();
    horizon = clock === undefined ? horizon : clock() + AHEAD_MS;
    if (!isOpen) {
      await openPart();
    } else if (leaps.isPending()) {
      const { offset } = input;
      await leaps.decide(isPartEnded, input.followingTime);
      isFlushing &&= input.offset === offset;
      isPartEnded ||= leaps.sawEnd();
    } else if (!isPartEnded || window.isUnscanned) {
      takeNotes();
      const isMore = (await window.refill(read)) || (input.isPartOver && (await window.finish()));
      isPartEnded = !isMore && input.isPartOver;
      stream.isEnded = !isMore && !isPartEnded;
    } else {
      isOpen = false;
    }
  }

  function takeNotes(): void {
    const notes = [...(reader.takeNotes?.() ?? []), ...(window.feed?.takeNotes() ?? [])];
    counts.notes.push(...notes.map((note) => `${basename(stream.source)}: ${note}`));
  }

  async function openPart(): Promise<void> {
    isOpen = await input.advance();
    stream.isEnded = !isOpen;
    if (!isOpen) {
      return;
    }
    stream.source = input.name;
    isPartEnded = false;
    reader.restart(input.offset);
    leaps.restart();
    if (!isResumed) {
      resume();
    }
  }

  /** The first part is the one in which an earlier stream stopped, unless that is gone. */
  function resume(): void {
    isResumed = true;
    reader.recall(saved!.reader);
    leaps.recall(saved!.leaps);
    if (input.offset !== saved!.offset) {
      reader.restart(input.offset);
      leaps.restart();
    }
  }

  function flush(): void {
    const { bytes, end, position, isUnscanned } = window;
    const isWhole = bytes[end - 1] === NEWLINE && (parser.openEnd === 'line' || bytes[end - 2] === CLOSE_BRACE);
    isFlushing = isOpen && parser.openEnd !== undefined && position < end && !isUnscanned && isWhole;
  }

  function save(isInView = false): StreamState {
    if (!isOpen) {
      const { offset } = input;
      const fresh = { position: input.positionAt(offset), offset, reader: reader.save(), leaps: leaps.save() };
      return isResumed ? fresh : { ...saved!, position: fresh.position };
    }
    const offset = window.offsetOf(isInView ? before : window.position);
    return { position: input.positionAt(offset), offset, reader: reader.save(), leaps: leaps.save() };
  }

  function reject(reason: string): void {
    const where = `${basename(stream.source)} at byte ${window.offsetOf(view.record.start)}`;
    const record = window.bytes.subarray(view.record.start, view.record.end);
    countRejected(counts, reason, where, record, (shown) => parser.redact(shown));
  }

  return stream;
}

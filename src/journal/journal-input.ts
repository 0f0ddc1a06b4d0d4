import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { z } from 'zod';
import type { Gap, InputPlan, InputReader, Position } from '../sources/source.ts';
import { listSegments, segmentPath } from './segment-files.ts';
import { sharedMarks } from './shared-marks.ts';

/** `options` of an input that is a journal. */
export interface JournalInputOptions {
  directory: string;
  /** Its name: a position in another one means nothing here. */
  journal: string;
  memory: SharedArrayBuffer;
}

/** Segment 0: nothing was read yet. */
const Place = z.object({ journal: z.string(), segment: z.number().int().min(0), offset: z.number().int().min(0) });

/** Opens a journal in the thread that judges it: its segments are the parts, read as far as they are acknowledged. */
export function openJournalInput(plan: InputPlan, position: Position | undefined, wake: () => void): InputReader {
  const { directory, journal, memory } = plan.options as JournalInputOptions;
  const marks = sharedMarks(memory);
  const gaps: Gap[] = [];
  const place = position === undefined ? undefined : Place.safeParse(position).data;
  let segment = 0;
  let offset = 0;
  let descriptor: number | undefined;
  const isSame = place?.journal === journal;
  let resumed = isSame && place.segment > 0 ? place : undefined;
  if (position !== undefined && !isSame) {
    gaps.push({
      what: `${plan.id}: ${directory} is another journal than before; it is read from its beginning`,
      noticed: Date.now(),
    });
  }
  const stopWatching = marks.onPublished(wake);

  /** Bytes of the part that may be read. */
  function readable(): number {
    const { segment: newest, length } = marks.published();
    if (segment === newest) {
      return length;
    }
    return statSync(segmentPath(directory, segment), { throwIfNoEntry: false })?.size ?? 0;
  }

  function enter(number: number, at: number): void {
    const opened = openSync(segmentPath(directory, number), 'r');
    leave();
    segment = number;
    offset = at;
    descriptor = opened;
  }

  function leave(): void {
    if (descriptor !== undefined) {
      closeSync(descriptor);
      descriptor = undefined;
    }
  }

  /** What cannot be opened at present is tried again with the next call. */
  function advance(): boolean {
    try {
      return enterNext();
    } catch {
      return false;
    }
  }

  function enterNext(): boolean {
    const wanted = resumed?.segment ?? segment + 1;
    const newest = marks.published().segment;
    const next = [...listSegments(directory).keys()].find((number) => number >= wanted && number <= newest);
    if (next === undefined) {
      return false;
    }
    const isFollowing = resumed !== undefined || segment > 0;
    enter(next, next === resumed?.segment ? resumed.offset : 0);
    if (next !== wanted && isFollowing) {
      gaps.push({
        what: `${plan.id}: segments ${wanted} to ${next - 1} of ${directory} are gone unread`,
        noticed: Date.now(),
      });
    }
    resumed = undefined;
    return true;
  }

  return {
    get name() {
      return descriptor === undefined ? '' : segmentPath(directory, segment);
    },
    get offset() {
      return offset;
    },
    get isPartOver() {
      return segment < marks.published().segment;
    },
    read(bytes, at, length) {
      const wanted = descriptor === undefined ? 0 : Math.min(length, readable() - offset);
      const got = wanted <= 0 ? 0 : readWhatIsThere(descriptor!, bytes, at, wanted, offset);
      offset += got;
      return got;
    },
    advance,
    positionAt: (byte) => ({ journal, segment, offset: byte }),
    get waitingBytes() {
      const { segment: newest } = marks.published();
      let bytes = segment === 0 ? 0 : Math.max(0, readable() - offset);
      for (const [number, size] of listSegments(directory)) {
        bytes += number > segment ? (number === newest ? marks.published().length : number < newest ? size : 0) : 0;
      }
      return bytes;
    },
    takeGaps: () => gaps.splice(0),
    close() {
      stopWatching();
      leave();
    },
  };
}

/** 0 also when the disk fails: it is tried again. */
function readWhatIsThere(descriptor: number, bytes: Uint8Array, at: number, length: number, offset: number): number {
  try {
    return readSync(descriptor, bytes, at, length, offset);
  } catch {
    return 0;
  }
}

/** Of a position that is committed: the segments before it may be deleted. */
export function releaseJournal(plan: InputPlan, position: Position): void {
  const { journal, memory } = plan.options as JournalInputOptions;
  const place = Place.safeParse(position).data;
  if (place?.journal === journal) {
    sharedMarks(memory).release(place.segment);
  }
}

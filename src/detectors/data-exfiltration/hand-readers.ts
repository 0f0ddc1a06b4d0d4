import { addPeak, createDailyPeaks, type DailyPeaks } from '../../baselines/daily-peaks.ts';
import { grown } from '../../lib/pair-table.ts';
import type { Id } from '../../model/activity.ts';
import type { BulkRun } from './bulk-run.ts';

/** Principals that work by hand; of more the one that came first is forgotten. */
const MAX_READERS = 1024;
/** Statements of one principal, apart from their values; of more the one with the fewest steps is forgotten. */
const MAX_WALKS = 64;
const DAY_MS = 86_400_000;
/** Share of the steps of a walk that go onward. */
const ONWARD_SHARE = 0.9;
/** Share of the steps from range to range that leave no gap. */
const ADJOINING_SHARE = 0.75;
/** Steps further apart are of two walks; a walk ends at the latest after a week. */
const PAUSE_MS = 3 * DAY_MS;
const MAX_WALK_MS = 7 * DAY_MS;

/** What a statement hands out rows of: the tables, none where there are none, and whether whole pages. */
export interface Pieces {
  names: readonly string[];
  isPage: boolean;
}

/** One statement that a principal sends again and again, with other values. Plain data. */
export interface Walk extends Pieces {
  /** Times that it was sent, without those with the values of the time before. */
  sent: number;
  firstTime: number;
  lastTime: number;
  /** Times that its values changed; of these, in which they went on behind the ones before. */
  steps: number;
  onward: number;
  /** Of these, those in which a range of numbers began where the one before had ended. */
  adjoining: number;
  /** Rows asked for. */
  rows: number;
  /** Of the day in hand. */
  daySteps: number;
  dayRows: number;
  /** What stands for the values of the latest one: see `valuesOf`. */
  values: number[] | undefined;
  /** Who walks, from where; from the first steps on. `told`: steps of which a finding has told. */
  run: BulkRun | undefined;
}

/** What one principal reads by hand. Plain data. */
export interface HandReader {
  /** By `readKey`. */
  walks: Map<number, Walk>;
  /** The most that one walk brought on a day: steps, and rows of those that go onward. And tables that were new on a day. */
  stepPeaks: DailyPeaks;
  rowPeaks: DailyPeaks;
  tablePeaks: DailyPeaks;
  /** Rows of walks whose ranges adjoin. */
  rangePeaks: DailyPeaks;
  /** The day in hand, since the epoch, and the tables that are new on it, as a run. */
  day: number;
  news: BulkRun | undefined;
}

/** Principals that use tools in which people write statements. One byte for each id up to the highest, asked for with each record. */
export class HandReaders {
  static readonly omits = ['isKnown', 'latestTexts'];
  private isKnown = new Uint8Array(64);
  /** The number of the text that a walk had last: see `Fingerprint.memory`. */
  private latestTexts = new WeakMap<Walk, number>();
  private readonly readers = new Map<Id, HandReader>();

  restored(): void {
    this.isKnown = new Uint8Array(64);
    this.latestTexts = new WeakMap();
    for (const principal of this.readers.keys()) {
      this.mark(principal, 1);
    }
  }

  has(principal: Id): boolean {
    return this.isKnown[principal] === 1;
  }

  get(principal: Id): HandReader | undefined {
    return this.readers.get(principal);
  }

  /** @param since when the principal was first seen, milliseconds */
  add(principal: Id, since: number): void {
    if (this.has(principal)) {
      return;
    }
    if (this.readers.size >= MAX_READERS) {
      const [oldest] = this.readers.keys();
      this.readers.delete(oldest!);
      this.mark(oldest!, 0);
    }
    this.readers.set(principal, {
      walks: new Map(),
      stepPeaks: createDailyPeaks(since),
      rowPeaks: createDailyPeaks(since),
      tablePeaks: createDailyPeaks(since),
      rangePeaks: createDailyPeaks(since),
      day: 0,
      news: undefined,
    });
    this.mark(principal, 1);
  }

  /** Whether a walk had this text last; false where that is not known. @param text 0: any */
  hasText(walk: Walk, text: number): boolean {
    return text !== 0 && this.latestTexts.get(walk) === text;
  }

  noteText(walk: Walk, text: number): void {
    this.latestTexts.set(walk, text);
  }

  entries(): IterableIterator<[Id, HandReader]> {
    return this.readers.entries();
  }

  private mark(principal: Id, value: number): void {
    if (principal >= this.isKnown.length) {
      this.isKnown = grown(this.isKnown, 2 * (principal + 1));
    }
    this.isKnown[principal] = value;
  }
}

export function isNewDay(reader: HandReader, time: number): boolean {
  return Math.floor(time / DAY_MS) > reader.day;
}

/** What the day before brought becomes usual unless it was reported, and walks that are over are forgotten. */
export function beginDay(reader: HandReader, time: number): void {
  const before = reader.day * DAY_MS;
  reader.day = Math.floor(time / DAY_MS);
  for (const [key, walk] of reader.walks) {
    if (walk.daySteps > 0 && mayTeach(walk.run)) {
      addPeak(reader.stepPeaks, before, walk.daySteps);
      addPeak(reader.rowPeaks, before, isOnward(walk) ? walk.dayRows : 0);
      addPeak(reader.rangePeaks, before, isOfRanges(walk) ? walk.dayRows : 0);
    }
    walk.daySteps = 0;
    walk.dayRows = 0;
    if (time - walk.lastTime > PAUSE_MS || time - walk.firstTime > MAX_WALK_MS) {
      reader.walks.delete(key);
    }
  }
  if (reader.news !== undefined && mayTeach(reader.news)) {
    addPeak(reader.tablePeaks, before, reader.news.fresh.size);
  }
  reader.news = undefined;
}

/** Whether nearly all of its steps go on behind the one before. */
export function isOnward({ onward, steps }: Walk): boolean {
  return onward >= ONWARD_SHARE * steps;
}

/** Whether most of its steps begin where the one before had ended, and nearly all go on behind it: a day may be left out. */
export function isOfRanges(walk: Walk): boolean {
  return walk.adjoining > 0 && walk.adjoining >= ADJOINING_SHARE * walk.steps && isOnward(walk);
}

/** What was reported teaches nothing, unless somebody accepted it. */
function mayTeach(run: BulkRun | undefined): boolean {
  return run === undefined || run.told === 0 || run.isAccepted === true;
}

export function addWalk({ walks }: HandReader, key: number, pieces: Pieces, time: number): Walk {
  if (walks.size >= MAX_WALKS) {
    const [least] = [...walks].sort(([, a], [, b]) => a.steps - b.steps);
    walks.delete(least![0]);
  }
  const walk: Walk = {
    ...pieces,
    sent: 0,
    firstTime: time,
    lastTime: time,
    steps: 0,
    onward: 0,
    adjoining: 0,
    rows: 0,
    daySteps: 0,
    dayRows: 0,
    values: undefined,
    run: undefined,
  };
  walks.set(key, walk);
  return walk;
}

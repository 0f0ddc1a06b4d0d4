import { type DailyPeaks, revisePeaks, usualPeaks } from '../../baselines/daily-peaks.ts';
import { HOUR_MS, reviseVolume, usualVolume } from '../../baselines/hourly-volume.ts';
import { learningOf } from '../../baselines/learning.ts';
import { createSeasonalVolume } from '../../baselines/seasonal-volume.ts';
import type { Directory, Id } from '../../model/activity.ts';
import type { Revision } from '../../model/decision.ts';
import type { Learned } from '../../model/learned.ts';
import type { BulkReader, BulkReaders } from './bulk-readers.ts';
import type { HandReader } from './hand-readers.ts';
import type { ReadHabits } from './read-habits.ts';
import type { Readers } from './readers.ts';

const DAY_MS = 86_400_000;
/** Facts of one table of readers: people read no more. */
const MOST = 2000;
/** What is counted: of an account of Cosmos DB, and of a PostgreSQL server. */
const BYTES = 'bytes an hour';
const TABLES = 'tables read whole a day';
const PIECES = 'rows read in pieces a day';

interface State {
  requests: { readers: Readers };
  statements: BulkReaders;
}

/** How much each principal usually reads, in words. Changes nothing. @param time event time, milliseconds */
export function learnedVolumes({ requests: { readers }, statements }: State, directory: Directory, time: number) {
  const learned: Learned[] = [];
  readers.forEach((principal) => {
    const running = readers.runningHour(principal);
    if (running.habits.hours.hours > 0 && learned.length < MOST) {
      learned.push(bytesOf(running.habits, directory.principal(principal), running.lastTime, time));
    }
  });
  for (const [principal, { peaks }] of statements.readers) {
    if (peaks.days.length + peaks.pinned > 0 && learned.length < MOST) {
      const firstTime = statements.hours.firstTimeOf(principal) ?? time;
      const learning = learningOf(firstTime, statements.hours.countOf(principal), time);
      learned.push({ ...peaksOf(TABLES, peaks, directory.principal(principal), time), firstTime, ...learning });
    }
  }
  for (const [principal, { rowPeaks }] of statements.hands.entries()) {
    if (rowPeaks.days.length + rowPeaks.pinned > 0 && learned.length < MOST) {
      const firstTime = statements.hours.firstTimeOf(principal) ?? time;
      const learning = learningOf(firstTime, statements.hours.countOf(principal), time);
      learned.push({ ...peaksOf(PIECES, rowPeaks, directory.principal(principal), time), firstTime, ...learning });
    }
  }
  return learned;
}

function bytesOf({ hours }: ReadHabits, principal: string, lastTime: number, time: number): Learned {
  const usual = usualVolume(hours, Math.floor(time / HOUR_MS));
  return {
    kind: 'volume',
    principal,
    value: BYTES,
    median: usual.median,
    largest: usual.largest,
    uses: usual.hours,
    firstTime: usual.firstTime,
    lastTime,
    ...learningOf(usual.firstTime, usual.hours, time),
    ...(hours.pinned > 0 && { isPinned: true }),
  };
}

function peaksOf(
  value: string,
  peaks: DailyPeaks,
  principal: string,
  time: number,
): Omit<Learned, 'firstTime' | 'learning'> {
  const { median, largest } = usualPeaks(peaks, time);
  return {
    kind: 'volume',
    principal,
    value,
    median,
    largest,
    uses: peaks.days.length,
    lastTime: (peaks.days.at(-1) ?? peaks.firstDay) * DAY_MS,
    ...(peaks.pinned > 0 && { isPinned: true }),
  };
}

/** People correct how much a principal usually reads; nothing where the revision is of something else. */
export function reviseVolumes(
  { requests: { readers }, statements }: State,
  { kind, fact }: Revision,
  directory: Directory,
): void {
  if (fact.about !== 'volume') {
    return;
  }
  const isMeant = (principal: Id) => directory.principal(principal) === fact.principal;
  readers.forEach((principal) => {
    if (fact.value === BYTES && isMeant(principal)) {
      const { habits, hour, lastTime } = readers.runningHour(principal);
      reviseRequests(habits, kind, hour);
      if (kind === 'forget') {
        readers.forgetDay(principal);
        readers.start(principal, lastTime, 0); // what the hour in hand has brought is not usual, either
      }
    }
  });
  for (const [principal, reader] of statements.readers) {
    if (fact.value === TABLES && isMeant(principal)) {
      reviseReads(reader, kind);
    }
  }
  for (const [principal, reader] of statements.hands.entries()) {
    if (fact.value === PIECES && isMeant(principal)) {
      revisePieces(reader, kind);
    }
  }
}

function reviseRequests(habits: ReadHabits, kind: Revision['kind'], hour: number): void {
  reviseVolume(habits.hours, kind, hour);
  revisePeaks(habits.hourPeaks, kind);
  revisePeaks(habits.daySums, kind);
  if (kind === 'forget') {
    habits.season = createSeasonalVolume(hour);
  }
}

function reviseReads({ peaks, copyPeaks, pagePeaks, rowPeaks }: BulkReader, kind: Revision['kind']): void {
  for (const daily of [peaks, copyPeaks, pagePeaks, rowPeaks]) {
    revisePeaks(daily, kind);
  }
}

function revisePieces(
  { rowPeaks, rangePeaks, stepPeaks, tablePeaks, walks }: HandReader,
  kind: Revision['kind'],
): void {
  for (const peaks of [rowPeaks, rangePeaks, stepPeaks, tablePeaks]) {
    revisePeaks(peaks, kind);
  }
  if (kind === 'forget') {
    walks.clear(); // what the day in hand has brought is not usual, either
  }
}

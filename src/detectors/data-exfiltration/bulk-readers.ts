import { createDailyPeaks, type DailyPeaks } from '../../baselines/daily-peaks.ts';
import { FamiliarValues } from '../../baselines/familiar-values.ts';
import { UsualHours } from '../../baselines/usual-hours.ts';
import type { Activity, Id } from '../../model/activity.ts';
import { ShapeBook } from '../../sql/shape-book.ts';
import { Families } from '../application-families.ts';
import type { Holder } from '../detector.ts';
import { isTrusted } from '../trusted.ts';
import type { BulkRun, Circumstances } from './bulk-run.ts';
import { type Clients, createClients } from './clients.ts';
import { HandReaders } from './hand-readers.ts';
import { SmallStatements } from './small-statements.ts';

const MEMORY_DAYS = 60;
/** Principals whose bulk reads are remembered; of more the one that did not read for longest is forgotten. */
const MAX_READERS = 4096;
/** New places, or applications, within 30 days from which the next one is no news: staff that travels, pods that move. */
const ROAMING = 3;
const DAY_MS = 86_400_000;
const ROAMING_MS = 30 * DAY_MS;
/** What is younger than a week may be an intruder's. */
const WEEK_MS = 7 * DAY_MS;

/** Hours in which a principal was active, of which fewer do not tell when it is not. */
const MIN_HOURS = 10;

/** What one principal reads in bulk. */
export interface BulkReader {
  peaks: DailyPeaks;
  /** Of the tables of a day those that were copied. */
  copyPeaks: DailyPeaks;
  /** Pages of a run. */
  pagePeaks: DailyPeaks;
  /** Rows of one statement, whatever it asks, where they are told and could make another one usual. */
  rowPeaks: DailyPeaks;
  /** Runs under way: of a usual client, and of one from a new place. */
  usual: BulkRun | undefined;
  other: BulkRun | undefined;
  /** It was told of before anything was known of it: no more is then told until something is. */
  isToldNew: boolean;
  /** When it was last told of copies, milliseconds; 0: never. */
  toldCopies: number;
  /** The same of a huge read. */
  toldRows: number;
}

/** Who reads whole tables of a PostgreSQL server, from where, with what and when. Plain data. */
export interface BulkReaders {
  hours: UsualHours;
  places: FamiliarValues;
  applications: FamiliarValues;
  tables: FamiliarValues;
  /** Those of them that were copied: by COPY, or through a cursor. */
  copied: FamiliarValues;
  /** What is read whole by whom with which client. */
  clients: Clients;
  families: Families;
  shapes: ShapeBook;
  /** Who works by hand, and which tables they read in whatever way. */
  hands: HandReaders;
  touched: FamiliarValues;
  /** By principal, the one that read last at the end. */
  readers: Map<Id, BulkReader>;
  small: SmallStatements;
  /** Day of event time on which what had been noted was last forgotten. */
  forgetfulDay?: number;
}

export function createBulkReaders(): BulkReaders {
  return {
    hours: new UsualHours(),
    places: new FamiliarValues(MEMORY_DAYS),
    applications: new FamiliarValues(MEMORY_DAYS),
    tables: new FamiliarValues(MEMORY_DAYS),
    copied: new FamiliarValues(MEMORY_DAYS),
    clients: createClients(),
    families: new Families(),
    shapes: new ShapeBook(),
    hands: new HandReaders(),
    touched: new FamiliarValues(MEMORY_DAYS),
    readers: new Map(),
    small: new SmallStatements(),
  };
}

/** The reader of a principal, made when it reads for the first time. */
export function readerOf({ readers }: BulkReaders, principal: Id, since: number): BulkReader {
  const known = readers.get(principal);
  readers.delete(principal);
  const reader = known ?? {
    peaks: createDailyPeaks(since),
    copyPeaks: createDailyPeaks(since),
    pagePeaks: createDailyPeaks(since),
    rowPeaks: createDailyPeaks(since),
    usual: undefined,
    other: undefined,
    isToldNew: false,
    toldCopies: 0,
    toldRows: 0,
  };
  if (readers.size >= MAX_READERS) {
    const [oldest] = readers.keys();
    readers.delete(oldest!);
  }
  readers.set(principal, reader);
  return reader;
}

/** Notes who is at work, from where and with what: on each login, and on each request. */
export function noteActivity(state: BulkReaders, activity: Activity): void {
  const { principal, place, time } = activity;
  state.clients.since ||= time;
  if (activity.isRepeated === true && dayOf(time) !== state.forgetfulDay) {
    return; // all of that is noted once a day
  }
  if (place !== 0) {
    state.places.meet(principal, place, time);
  }
  state.applications.meet(principal, state.families.numberOf(activity), time);
  noteTool(activity, state);
}

/** Notes who uses a tool in which people write statements; it may give its name at the login, or later. */
export function noteTool(activity: Activity, { families, hands, hours }: BulkReaders): void {
  const { principal, time } = activity;
  if (!hands.has(principal) && families.isToolOfPeople(families.numberOf(activity))) {
    hands.add(principal, hours.firstTimeOf(principal) ?? time);
  }
}

/** What is unusual about who reads; what is not known, or trusted, is not. */
export function circumstancesOf(state: BulkReaders, activity: Activity, family: number, since: number): Circumstances {
  const { principal, place, time } = activity;
  return {
    isNewPlace: place !== 0 && isNews(state.places, principal, place, time, since) && !isTrusted(activity),
    isNewApplication: isNews(state.applications, principal, family, time, since),
    isOffHours: state.hours.isUnusual(principal, time),
  };
}

/** The same on a server: of a principal that was active in few hours none is unusual. */
export function serverCircumstancesOf(
  state: BulkReaders,
  activity: Activity,
  family: number,
  since: number,
): Circumstances {
  const { isOffHours, ...client } = circumstancesOf(state, activity, family, since);
  return { ...client, isOffHours: isOffHours && state.hours.countOf(activity.principal) >= MIN_HOURS };
}

/** Whether a principal came from a new place, or with a new application, between two times. */
export function hasGainedClient(state: BulkReaders, principal: Id, from: number, to: number): boolean {
  const since = state.hours.firstTimeOf(principal) ?? from;
  return [state.places, state.applications].some(
    (values) =>
      values.gainedBetween(principal, from, to, since) > 0 &&
      values.gainedBetween(principal, to - ROAMING_MS, to - WEEK_MS, since) < ROAMING,
  );
}

function isNews(values: FamiliarValues, scope: number, value: number, time: number, since: number): boolean {
  return (
    !values.isFamiliar(scope, value, time, since) &&
    values.gainedBetween(scope, time - ROAMING_MS, time - WEEK_MS, since) < ROAMING
  );
}

/** What was reported teaches nothing. */
export function forgetReported(
  state: BulkReaders,
  principal: Id,
  run: Pick<BulkRun, 'isNewPlace' | 'place' | 'isNewApplication' | 'family'> & {
    fresh: ReadonlySet<number>;
    freshCopies: ReadonlySet<number>;
  },
  time: number,
): void {
  state.forgetfulDay = dayOf(time);
  if (run.isNewPlace) {
    state.places.forget(principal, run.place);
  }
  if (run.isNewApplication) {
    state.applications.forget(principal, run.family);
  }
  for (const table of run.fresh) {
    state.tables.forget(principal, table);
    state.copied.forget(principal, table);
  }
  for (const table of run.freshCopies) {
    state.copied.forget(principal, table);
  }
}

function dayOf(time: number): number {
  return Math.floor(time / DAY_MS);
}

/** Somebody accepted what was reported of runs that fit: what they read, from where and with what, is usual. */
export function acceptRuns(state: BulkReaders, fits: (run: BulkRun) => boolean): void {
  for (const [principal, { usual, other }] of state.readers) {
    for (const run of [usual, other]) {
      if (run !== undefined && fits(run)) {
        acceptRun(state, principal, run);
      }
    }
  }
  for (const [principal, { news, walks }] of state.hands.entries()) {
    for (const run of [news, ...[...walks.values()].map((walk) => walk.run)]) {
      if (run !== undefined && fits(run)) {
        acceptRun(state, principal, run);
      }
    }
  }
}

function acceptRun({ tables, copied, places, applications }: BulkReaders, principal: Id, run: BulkRun): void {
  run.isAccepted = true;
  for (const table of run.fresh) {
    tables.meet(principal, table, run.lastTime);
  }
  for (const table of run.freshCopies) {
    copied.meet(principal, table, run.lastTime);
  }
  if (run.isNewPlace) {
    places.meet(principal, run.place, run.lastTime);
  }
  if (run.isNewApplication) {
    applications.meet(principal, run.family, run.lastTime);
  }
}

export function holdReaders(state: BulkReaders, holder: Holder): void {
  state.families.forgetIds(); // ids that nobody holds are given to others
  for (const values of [state.places, state.applications, state.tables, state.copied, state.touched]) {
    values.forEach((principal) => {
      holder.principal(principal);
    });
  }
  state.hours.forEachScope((principal) => holder.principal(principal));
  for (const [principal] of state.hands.entries()) {
    holder.principal(principal);
  }
  for (const principal of state.readers.keys()) {
    holder.principal(principal);
  }
}

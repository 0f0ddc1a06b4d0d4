import { addPeak } from '../../baselines/daily-peaks.ts';
import { FamiliarValues } from '../../baselines/familiar-values.ts';
import { addHour, HOUR_MS } from '../../baselines/hourly-volume.ts';
import { addSeasonalHour } from '../../baselines/seasonal-volume.ts';
import type { Activity, Id } from '../../model/activity.ts';
import type { Resource } from '../../model/resource.ts';
import { counted, listed, named } from '../describe.ts';
import type { Report } from '../detector.ts';
import { type BulkReaders, circumstancesOf, forgetReported, noteActivity } from './bulk-readers.ts';
import { dayFindingOf, exhibitOf, findingOf } from './finding-of.ts';
import { judgeDay, judgeHour } from './judge-hour.ts';
import { Readers, type RunningHour } from './readers.ts';
import type { Settings } from './settings.ts';

const MEGABYTE = 1_000_000;
const DAY_HOURS = 24;
const MEMORY_DAYS = 60;
const MAX_NAMED = 8;
/** Operations that hand out what a container holds. */
const QUERIES: ReadonlySet<string> = new Set(['Query', 'ReadFeed', 'SqlQuery']);

/** Who reads how much from which container of an account of Cosmos DB. */
export interface RequestState {
  readers: Readers;
  /** Containers (values) that each principal (scope) uses. */
  containers: FamiliarValues;
}

export function createRequestState(): RequestState {
  return { readers: new Readers(), containers: new FamiliarValues(MEMORY_DAYS) };
}

/** What is needed beside the request. */
export interface Surroundings {
  options: Settings;
  report: Report;
  resource: Resource;
  /** From where, with what and when principals come. */
  people: BulkReaders;
}

/** Judges what one request adds to the hour of its principal. */
export function judgeRequest(access: Activity, state: RequestState, around: Surroundings): void {
  const { principal, time, container } = access;
  if (principal === 0) {
    return; // of nobody there are no habits
  }
  const { readers } = state;
  if (around.people.hours.note(principal, time)) {
    noteActivity(around.people, access);
  }
  if (Math.floor(time / HOUR_MS) !== readers.hourOf(principal)) {
    startHour(access, state, around);
  }
  const isFresh =
    container !== 0 && !readers.isAtHand(principal, container, time) && noteContainer(access, state, around);
  if (readers.add(principal, access.responseBytes, time) || isFresh) {
    look(access, state, around);
  }
}

/** Notes that a container is used; true when that is new, and adds to those of this hour. */
function noteContainer(access: Activity, { readers, containers }: RequestState, { people }: Surroundings): boolean {
  const { principal, container, time, operation, directory } = access;
  const since = people.hours.firstTimeOf(principal) ?? time;
  const isFamiliar = containers.isFamiliar(principal, container, time, since);
  containers.meet(principal, container, time);
  return !isFamiliar && QUERIES.has(directory.word(operation)) && readers.addFresh(principal, container);
}

/** Lets the hour that is over join the others, unless it was reported: what was reported teaches nothing. */
function startHour(access: Activity, state: RequestState, around: Surroundings): void {
  const { readers } = state;
  const { principal, time } = access;
  const running = readers.runningHour(principal);
  const hour = Math.floor(time / HOUR_MS);
  if (running !== undefined && hour < running.hour) {
    return; // late: counted to the hour that runs
  }
  if (running === undefined) {
    for (const idle of readers.idle()) {
      settleReader(readers, idle, around.report);
      readers.forget(idle);
    }
  } else {
    endHour(running, access, state, around);
  }
  readers.start(principal, time, around.options.floorMegabytes * MEGABYTE);
}

function endHour(running: RunningHour, access: Activity, state: RequestState, around: Surroundings): void {
  const { habits, hour, sum } = running;
  if (running.exhibit === undefined) {
    addHour(habits.hours, hour, sum);
    addSeasonalHour(habits.season, hour, sum);
    addPeak(habits.hourPeaks, hour * HOUR_MS, sum);
    countDay(running, access, around);
    return;
  }
  settleReader(state.readers, access.principal, around.report);
  for (const container of running.fresh) {
    state.containers.forget(access.principal, container);
  }
}

/** Adds the hour that is over to its day, and judges that. */
function countDay({ habits, hour, sum, events, firstTime }: RunningHour, access: Activity, around: Surroundings): void {
  const number = Math.floor(hour / DAY_HOURS);
  if (habits.day.day !== number) {
    const { day, sum: whole, isReported } = habits.day;
    if (day > 0 && !isReported) {
      addPeak(habits.daySums, day * DAY_HOURS * HOUR_MS, whole);
    }
    habits.day = { day: number, sum: 0, events: 0, firstTime, isReported: false };
  }
  const { day } = habits;
  day.sum += sum;
  day.events += events;
  const verdict = judgeDay(habits, hour, around.options);
  if (verdict !== undefined) {
    const exhibit = exhibitOf(access, around.resource, verdict, undefined, []);
    day.isReported = around.report.finding(dayFindingOf(habits, hour, exhibit)) || day.isReported;
  }
}

/** Reports an hour when it passes a threshold, and again when it has doubled; the rest is told by `settleReader`. */
function look(access: Activity, { readers }: RequestState, around: Surroundings): void {
  const { principal, time } = access;
  const { people, options, resource, report } = around;
  const running = readers.runningHour(principal)!;
  const since = people.hours.firstTimeOf(principal) ?? time;
  const family = people.families.numberOf(access);
  const circumstances = circumstancesOf(people, access, family, since);
  const verdict = judgeHour(running, circumstances, people.hours.isRoundTheClock(principal), access.isLate, options);
  if (typeof verdict === 'number') {
    readers.lookAgainAt(principal, running.exhibit === undefined ? verdict : 2 * running.sum);
    return;
  }
  readers.lookAgainAt(principal, 2 * running.sum);
  const oddities = odditiesOf(circumstances, access, running.fresh);
  const exhibit = exhibitOf(access, resource, verdict, running.exhibit, oddities);
  if (!report.finding(findingOf({ ...running, exhibit }))) {
    return; // somebody expects it: what it brings becomes usual
  }
  readers.exhibit(principal, exhibit);
  forgetReported(people, principal, { ...circumstances, place: access.place, family, fresh: NOTHING });
}

const NOTHING: ReadonlySet<Id> = new Set();

function odditiesOf(
  { isNewPlace, isNewApplication, isOffHours }: ReturnType<typeof circumstancesOf>,
  { application, directory }: Activity,
  fresh: ReadonlySet<Id>,
): string[] {
  const names = [...fresh].map((container) => named(directory.word(container)));
  return [
    isNewPlace ? 'it comes from a new place' : '',
    isNewApplication ? (application === 0 ? 'it gives no user agent' : 'its user agent is new') : '',
    isOffHours ? 'it is not active at this hour' : '',
    names.length > 1
      ? `it queries ${counted(names.length, 'container')} for the first time (${listed(names, MAX_NAMED)})`
      : '',
  ].filter((text) => text !== '');
}

/** Brings the alert up to date. A finding of the same hour replaces the earlier one. */
export function settleReader(readers: Readers, principal: Id, report: Report): void {
  const running = readers.runningHour(principal);
  if (running?.exhibit !== undefined) {
    report.finding(findingOf(running));
  }
}

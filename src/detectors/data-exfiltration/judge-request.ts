import { FamiliarValues } from '../../baselines/familiar-values.ts';
import { HOUR_MS } from '../../baselines/hourly-volume.ts';
import type { Activity, Id } from '../../model/activity.ts';
import type { Resource } from '../../model/resource.ts';
import { counted, listed, named } from '../describe.ts';
import type { Report } from '../detector.ts';
import { formerKey } from '../successor-key.ts';
import { type BulkReaders, circumstancesOf, forgetReported, hasGainedClient, noteActivity } from './bulk-readers.ts';
import { dayFindingOf, exhibitOf, findingOf } from './finding-of.ts';
import { dayFloorOf, judgeDay, judgeHour } from './judge-hour.ts';
import { judgeNewcomerHour } from './judge-newcomer-hour.ts';
import { Readers } from './readers.ts';
import type { Settings } from './settings.ts';

const MEGABYTE = 1_000_000;
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
  const hour = Math.floor(time / HOUR_MS);
  if (hour !== readers.hourOf(principal)) {
    around.people.hours.note(principal, time);
    startHour(access, state, around);
  }
  noteActivity(around.people, access);
  const isFresh =
    container !== 0 && !readers.isMet(principal, container, hour) && noteContainer(access, hour, state, around);
  if (readers.add(principal, access.responseBytes, time) || isFresh) {
    look(access, state, around);
  }
}

/** Notes that a container is used; true when that is new, and adds to those of this hour. */
function noteContainer(
  { principal, container, time, operation, directory }: Activity,
  hour: number,
  { readers, containers }: RequestState,
  { people }: Surroundings,
): boolean {
  const since = people.hours.firstTimeOf(principal) ?? time;
  if (containers.meetFamiliar(principal, container, time, since)) {
    readers.meet(principal, container, hour);
    return false;
  }
  return QUERIES.has(directory.word(operation)) && readers.addFresh(principal, container);
}

/** Lets the hour that is over join the others, unless it was reported: what was reported teaches nothing. */
function startHour(access: Activity, state: RequestState, around: Surroundings): void {
  const { readers } = state;
  const { principal, time } = access;
  const running = readers.hourOf(principal);
  if (Math.floor(time / HOUR_MS) < running) {
    return; // late: counted to the hour that runs
  }
  if (running === 0) {
    for (const idle of readers.idle()) {
      settleReader(readers, idle, around.report);
      readers.forget(idle);
    }
  } else if (readers.isExhibited(principal)) {
    endReported(access, state, around);
  } else {
    endHour(access, state, around);
  }
  readers.start(principal, time, around.options.floorMegabytes * MEGABYTE);
  if (running === 0) {
    succeed(access, readers);
  }
}

/** A key that an account begins to use reads what the other one of its kind did: see `succeedKey`. */
function succeed(access: Activity, readers: Readers): void {
  const former = formerKey(access, readers.forEach.bind(readers));
  if (former !== undefined) {
    Object.assign(readers.runningHour(access.principal).habits, structuredClone(readers.runningHour(former).habits));
  }
}

/** Nothing is learned. */
function endReported({ principal }: Activity, { readers, containers }: RequestState, { report }: Surroundings): void {
  settleReader(readers, principal, report);
  for (const container of readers.runningHour(principal).fresh) {
    containers.forget(principal, container);
  }
  readers.forgetMet(principal);
}

/** Adds the hour that is over to its day, and judges that. */
function endHour(access: Activity, { readers }: RequestState, around: Surroundings): void {
  const { options, report, resource, people } = around;
  const { principal } = access;
  const isService = people.hours.isRoundTheClock(principal);
  if (readers.end(principal) <= dayFloorOf(options, isService)) {
    return; // nearly all days
  }
  const running = readers.runningHour(principal);
  const verdict = judgeDay(running, isService, options, () =>
    hasGainedClient(people, principal, running.day.firstTime, running.lastTime),
  );
  if (verdict !== undefined) {
    const exhibit = exhibitOf(access, resource, verdict, undefined, []);
    if (report.finding(dayFindingOf(running, exhibit))) {
      readers.noteDayReported(principal);
    }
  }
}

/** Reports an hour when it passes a threshold, and again when it has doubled; the rest is told by `settleReader`. */
function look(access: Activity, { readers }: RequestState, around: Surroundings): void {
  const { principal, time } = access;
  const { people, options, resource, report } = around;
  const running = readers.runningHour(principal);
  const since = people.hours.firstTimeOf(principal) ?? time;
  const family = people.families.numberOf(access);
  const circumstances = circumstancesOf(people, access, family, since);
  const verdict =
    judgeNewcomerHour(principal, readers, people, options) ??
    judgeHour(running, circumstances, people.hours.isRoundTheClock(principal), access.isLate, options);
  if (typeof verdict === 'number') {
    readers.lookAgainAt(principal, running.exhibit === undefined ? verdict : 2 * running.sum);
    return;
  }
  readers.lookAgainAt(principal, 2 * running.sum);
  const isNewcomer = verdict.variant === 'newcomer';
  const oddities = [
    ...(isNewcomer ? ['nobody else who works by hand read nearly as much'] : []),
    ...odditiesOf(circumstances, access, running.fresh),
  ];
  const exhibit = exhibitOf(access, resource, verdict, running.exhibit, oddities);
  if (!report.finding(findingOf({ ...running, exhibit }))) {
    return; // somebody expects it: what it brings becomes usual
  }
  readers.exhibit(principal, exhibit);
  const told = { ...circumstances, place: access.place, family, fresh: NOTHING, freshCopies: NOTHING };
  forgetReported(people, principal, told, time);
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
  if (readers.isExhibited(principal)) {
    report.finding(findingOf(readers.runningHour(principal)));
  }
}

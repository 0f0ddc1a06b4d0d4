import { addPeak, usualPeaks } from '../../baselines/daily-peaks.ts';
import { isLearning } from '../../baselines/learning.ts';
import type { Activity, Id } from '../../model/activity.ts';
import type { Resource } from '../../model/resource.ts';
import type { Report } from '../detector.ts';
import { bulkFinding } from './bulk-finding.ts';
import { type BulkReader, type BulkReaders, forgetReported } from './bulk-readers.ts';
import { type BulkRun, countOf, createRun } from './bulk-run.ts';
import { forgetClient, isServerNew, readToday, usualOfClient } from './clients.ts';
import { judgeNewcomer } from './judge-newcomer.ts';
import { judgeRun, type Known } from './judge-run.ts';
import type { Settings } from './settings.ts';

/** Reads further apart are of different runs; a run ends at the latest after a day. */
const PAUSE_MS = 3_600_000;
const MAX_RUN_MS = 24 * 3_600_000;
const WEEK_MS = 7 * 24 * 3_600_000;

/** What is needed beside the activity. */
export interface Around {
  options: Settings;
  report: Report;
}

export function isOver(run: BulkRun, time: number): boolean {
  return time - run.lastTime > PAUSE_MS || time - run.firstTime > MAX_RUN_MS;
}

/** The run that a read belongs to. One that is over is told to its end, and becomes usual unless it was reported. */
export function currentRun(
  reader: BulkReader,
  kind: 'usual' | 'other',
  activity: Activity,
  family: number,
  state: BulkReaders,
  around: Around & { resource: Resource },
): BulkRun {
  const known = reader[kind];
  if (known !== undefined && !isOver(known, activity.time)) {
    return known;
  }
  if (known !== undefined) {
    settleRun(known, reader, activity.principal, state, around);
    if (known.told === 0 || known.isAccepted === true) {
      addPeak(reader.peaks, known.firstTime, known.tables.size);
      addPeak(reader.copyPeaks, known.firstTime, known.copied.size);
      addPeak(reader.pagePeaks, known.firstTime, known.pages);
    } else {
      forgetReported(state, activity.principal, known, activity.time);
    }
  }
  const run = createRun(activity, family, around.resource);
  const { principal, time } = activity;
  run.isNewcomer = isLearning(state.hours.firstTimeOf(principal) ?? time, state.hours.countOf(principal), time);
  run.clientBefore = readToday(state.clients, run);
  reader[kind] = run;
  return run;
}

/** Reports a run when it becomes unusual, and again each time it has doubled; the rest is told when it is over. */
export function tell(
  run: BulkRun,
  reader: BulkReader,
  { principal, time }: Activity,
  state: BulkReaders,
  around: Around,
): void {
  const isFirst = run.told === 0;
  const isUnknowable = run.isNewcomer && ((isFirst && reader.isToldNew) || isServerNew(state.clients, time));
  if ((!isFirst && countOf(run) < 2 * run.told) || isUnknowable) {
    return;
  }
  const finding = findingOf(run, reader, principal, state, around);
  if (finding === undefined || !around.report.finding(finding)) {
    return; // usual, or expected by somebody
  }
  run.told = countOf(run);
  if (isFirst) {
    reader.isToldNew ||= run.isNewcomer;
    reader.toldCopies = run.copied.size > 0 ? time : reader.toldCopies;
    reader.toldRows = run.verdict?.variant === 'huge read' ? time : reader.toldRows;
    forgetReported(state, principal, run, time);
    forgetClient(state.clients, run, run.clientBefore);
  }
}

/** Tells what a run has brought since it was told last. */
function settleRun(run: BulkRun, reader: BulkReader, principal: Id, state: BulkReaders, around: Around): void {
  const finding =
    run.told > 0 && countOf(run) > run.told ? findingOf(run, reader, principal, state, around) : undefined;
  if (finding !== undefined) {
    around.report.finding(finding);
    run.told = countOf(run);
  }
}

/** Brings alerts up to date. */
export function settleReaders(state: BulkReaders, around: Around): void {
  for (const [principal, reader] of state.readers) {
    for (const run of [reader.usual, reader.other]) {
      if (run !== undefined) {
        settleRun(run, reader, principal, state, around);
      }
    }
  }
}

function findingOf(run: BulkRun, reader: BulkReader, principal: Id, state: BulkReaders, { options }: Around) {
  const since = state.hours.firstTimeOf(principal) ?? run.firstTime;
  const usual = run.isNewcomer ? usualOfClient(state.clients, run) : usualPeaks(reader.peaks, run.lastTime);
  const verdict = run.isNewcomer
    ? judgeNewcomer(run, usual.largest, options)
    : judgeRun(run, knownOf(run, reader, principal, usual.largest, state), options);
  run.verdict = verdict ?? run.verdict; // what was reported is forgotten, and may be too little to be told again
  return run.verdict && bulkFinding(run, run.verdict, { ...usual, since });
}

function knownOf(run: BulkRun, reader: BulkReader, principal: Id, largest: number, state: BulkReaders): Known {
  const { lastTime } = run;
  const since = state.hours.firstTimeOf(principal) ?? run.firstTime;
  return {
    largest,
    largestCopied: usualPeaks(reader.copyPeaks, lastTime).largest,
    largestPages: usualPeaks(reader.pagePeaks, lastTime).largest,
    weekly: run.fresh.size + run.freshCopies.size === 0 ? 0 : weeklyWeight(state, principal, lastTime, since),
    isService: state.hours.isRoundTheClock(principal),
    isPerson: state.hands.has(principal),
    isTold: lastTime - reader.toldCopies < WEEK_MS,
    largestRows: usualPeaks(reader.rowPeaks, lastTime).largest,
    isHugeTold: lastTime - reader.toldRows < WEEK_MS,
  };
}

/** Tables that a principal has read whole for the first time within a week; those that were copied count twice. */
function weeklyWeight({ tables, copied, hands }: BulkReaders, principal: Id, time: number, since: number): number {
  const from = time - WEEK_MS;
  const copies = copied.gainedBetween(principal, from, time, since);
  const gained = tables.gainedBetween(principal, from, time, since);
  return copies + (hands.has(principal) ? Math.max(copies, gained) : gained); // people look at what they copy later
}

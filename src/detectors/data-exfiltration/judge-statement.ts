import { addPeak, usualPeaks } from '../../baselines/daily-peaks.ts';
import { isLearning } from '../../baselines/learning.ts';
import { hashText } from '../../lib/hash-text.ts';
import type { Activity, Id } from '../../model/activity.ts';
import type { Resource } from '../../model/resource.ts';
import { fingerprintOf } from '../../sql/fingerprint-of.ts';
import { asksForSome } from '../../sql/handed-out.ts';
import { isCatalog, type Shape } from '../../sql/shape.ts';
import { normalText } from '../../sql/shape-of.ts';
import type { Report } from '../detector.ts';
import { bulkFinding } from './bulk-finding.ts';
import { type BulkReader, type BulkReaders, circumstancesOf, forgetReported, readerOf } from './bulk-readers.ts';
import { addReader, addTable, type BulkRun, countOf, createRun, keepRecord, readKey, takeBack } from './bulk-run.ts';
import { handedOutOf, isMadeForCopies } from './handed-out-of.ts';
import { judgeRun } from './judge-run.ts';
import type { Settings } from './settings.ts';
import { SmallStatements } from './small-statements.ts';

/** Reads further apart are of different runs; a run ends at the latest after a day. */
const PAUSE_MS = 3_600_000;
const MAX_RUN_MS = 24 * 3_600_000;
const WEEK_MS = 7 * 24 * 3_600_000;
/** Hours in which a principal was active, of which fewer do not tell when it is not. */
const MIN_HOURS = 10;

/** What is needed beside the activity. */
export interface Around {
  options: Settings;
  report: Report;
}

/** Judges whether a statement is one of many that hand out whole tables. */
export function judgeStatement(activity: Activity, state: BulkReaders, around: Around & { resource: Resource }): void {
  const { principal, time } = activity;
  const fingerprint = fingerprintOf(activity);
  const { low, high, length, isPlain } = fingerprint;
  if (principal === 0 || length === 0) {
    return;
  }
  const rows = activity.rowCount?.() ?? -1;
  const areMany = rows >= around.options.bulkRowCount;
  state.small ??= new SmallStatements();
  if ((!areMany && state.small.has(low, high)) || isRepeated(activity, low, state)) {
    return; // nearly all statements
  }
  if (!areMany && isPlain && asksForSome(normalText(fingerprint), state.shapes.mayParse(time))) {
    state.small.add(low, high);
    return;
  }
  const shape = state.shapes.shapeOf(fingerprint, activity);
  if (shape.handedOut === 'some' && !areMany) {
    state.small.add(low, high);
    return;
  }
  const family = state.families.numberOf(activity);
  const since = state.hours.firstTimeOf(principal) ?? time;
  const { isOffHours, ...client } = circumstancesOf(state, activity, family, since);
  const circumstances = { ...client, isOffHours: isOffHours && state.hours.countOf(principal) >= MIN_HOURS };
  const isBulk = areMany && (circumstances.isNewPlace || circumstances.isNewApplication);
  const handedOut = handedOutOf(shape, rows, isBulk);
  if (handedOut === 'some') {
    return;
  }
  const isStep = shape.statements.includes('fetch') && state.readers.get(principal)?.usual?.hasCursor === true;
  if (handedOut === 'page' && !circumstances.isNewPlace && !isStep) {
    return; // applications read by the page
  }
  const reader = readerOf(state, principal, since);
  const kind = circumstances.isNewPlace ? 'other' : 'usual';
  const run = currentRun(reader, kind, activity, family, state, around);
  addReader(run, activity, circumstances);
  const isNews = addShape(run, { ...shape, handedOut }, activity, readKey(activity, low), state, since, isBulk);
  if (handedOut === 'all' && !shape.dependsOnLiterals) {
    run.seen.add(readKey(activity, low));
  }
  if (isNews || run.records.length === 0) {
    keepRecord(run, activity);
  }
  if (isNews || run.pages > 0) {
    tell(run, reader, activity, state, around);
  }
}

/** A statement that the run in hand has read by already, from the same client: counted, and no more. */
function isRepeated(activity: Activity, low: number, { readers }: BulkReaders): boolean {
  const { principal, address, time } = activity;
  const run = readers.get(principal)?.usual;
  if (run === undefined || run.address !== address || isOver(run, time) || !run.seen.has(readKey(activity, low))) {
    return false;
  }
  run.reads++;
  run.lastTime = Math.max(run.lastTime, time);
  return true;
}

function isOver(run: BulkRun, time: number): boolean {
  return time - run.lastTime > PAUSE_MS || time - run.firstTime > MAX_RUN_MS;
}

/** The run that a read belongs to. One that is over is told to its end, and becomes usual unless it was reported. */
function currentRun(
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
      addPeak(reader.pagePeaks, known.firstTime, known.pages);
    } else {
      forgetReported(state, activity.principal, known);
    }
  }
  const run = createRun(activity, family, around.resource);
  reader[kind] = run;
  return run;
}

/** Adds what a statement hands out. True when something is new to the run. */
function addShape(
  run: BulkRun,
  shape: Shape,
  activity: Activity,
  key: number,
  { tables, copied }: BulkReaders,
  since: number,
  isBulk: boolean,
): boolean {
  if (shape.handedOut === 'page') {
    run.pages++;
    return false;
  }
  const { principal, time, directory } = activity;
  const isCopy = isBulk || isMadeForCopies(shape);
  let isNews = false;
  run.latest = { low: key, time, hashes: [] };
  for (const table of shape.reads) {
    if (!isCatalog(table)) {
      const name = table.replace(/^public\./, '');
      const hash = hashText(`${directory.database(activity.database)}.${name}`);
      const isFresh = !tables.isFamiliar(principal, hash, time, since);
      if (run.told === 0) {
        tables.meet(principal, hash, time);
      }
      if (isCopy && run.told === 0) {
        copied.meet(principal, hash, time);
      }
      run.hasCursor ||= isFresh && shape.statements.includes('declarecursor');
      isNews = addTable(run, name, hash, isFresh, isCopy) || isNews;
    }
  }
  return isNews;
}

/** Reports a run when it becomes unusual, and again each time it has doubled; the rest is told when it is over. */
function tell(
  run: BulkRun,
  reader: BulkReader,
  { principal, time }: Activity,
  state: BulkReaders,
  around: Around,
): void {
  const isFirst = run.told === 0;
  const since = state.hours.firstTimeOf(principal) ?? time;
  if ((!isFirst && countOf(run) < 2 * run.told) || isLearning(since, state.hours.countOf(principal), time)) {
    return;
  }
  const finding = findingOf(run, reader, principal, state, around);
  if (finding === undefined || !around.report.finding(finding)) {
    return; // usual, or expected by somebody
  }
  run.told = countOf(run);
  if (isFirst) {
    forgetReported(state, principal, run);
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
  const { lastTime } = run;
  const since = state.hours.firstTimeOf(principal) ?? run.firstTime;
  const usual = usualPeaks(reader.peaks, lastTime);
  const verdict = judgeRun(
    run,
    {
      largest: usual.largest,
      largestPages: usualPeaks(reader.pagePeaks, lastTime).largest,
      weekly: run.fresh.size === 0 ? 0 : weeklyWeight(state, principal, lastTime, since),
      isService: state.hours.isRoundTheClock(principal),
    },
    options,
  );
  run.verdict = verdict ?? run.verdict; // what was reported is forgotten, and may be too little to be told again
  return run.verdict && bulkFinding(run, run.verdict, { ...usual, since });
}

/** Tables that a principal has read whole for the first time within a week; those that were copied count twice. */
function weeklyWeight({ tables, copied }: BulkReaders, principal: Id, time: number, since: number): number {
  const from = time - WEEK_MS;
  return tables.gainedBetween(principal, from, time, since) + copied.gainedBetween(principal, from, time, since);
}

/** A statement broke after it was logged: it handed out nothing. */
export function judgeError(activity: Activity, { readers, tables, copied }: BulkReaders): void {
  const reader = readers.get(activity.principal);
  if (reader === undefined) {
    return;
  }
  const { low, length } = fingerprintOf(activity);
  for (const run of [reader.usual, reader.other]) {
    const hashes = run?.latest.hashes ?? [];
    if (run !== undefined && length > 0 && takeBack(run, readKey(activity, low), activity.time)) {
      for (const hash of hashes) {
        tables.forget(activity.principal, hash);
        copied.forget(activity.principal, hash);
      }
    }
  }
}

import { addPeak, usualPeaks } from '../../baselines/daily-peaks.ts';
import type { Activity, Id } from '../../model/activity.ts';
import type { Resource } from '../../model/resource.ts';
import type { Fingerprint } from '../../sql/fingerprint.ts';
import { fingerprintOf } from '../../sql/fingerprint-of.ts';
import { asksForSome } from '../../sql/handed-out.ts';
import { isCatalog, type Shape } from '../../sql/shape.ts';
import { normalText } from '../../sql/shape-of.ts';
import { type BulkReaders, noteTool, readerOf, serverCircumstancesOf } from './bulk-readers.ts';
import { addReader, addTable, type BulkRun, keepRecord, readKey, shortName, tableHash, takeBack } from './bulk-run.ts';
import { noteClient } from './clients.ts';
import { handedOutOf, isMadeForCopies } from './handed-out-of.ts';
import { judgeHand } from './judge-hand.ts';
import { HUGE } from './judge-run.ts';
import { type Around, currentRun, isOver, tell } from './tell-run.ts';

/** Times the rows that a statement of the principal usually brings at most, beside which as many are a copy. */
const MORE = 1.5;

type Surroundings = Around & { resource: Resource };

/** Judges whether a statement is one of many that hand out whole tables, or brings far more rows than any before. */
export function judgeStatement(activity: Activity, state: BulkReaders, around: Surroundings): void {
  const rows = activity.rowCount?.() ?? -1;
  const run = judgeReads(activity, rows, state, around);
  if (rows * HUGE >= around.options.bulkRowCount && activity.principal !== 0 && !(run !== undefined && run.told > 0)) {
    const since = state.hours.firstTimeOf(activity.principal) ?? activity.time;
    addPeak(readerOf(state, activity.principal, since).rowPeaks, activity.time, rows);
  }
}

/** The run that the statement is of, if it hands out much. */
function judgeReads(activity: Activity, rows: number, state: BulkReaders, around: Surroundings): BulkRun | undefined {
  const { principal, time } = activity;
  if (state.hands.has(principal)) {
    judgeHand(activity, state, around);
  }
  const fingerprint = fingerprintOf(activity);
  const { low, high, length, isPlain } = fingerprint;
  if (principal === 0 || length === 0) {
    return undefined;
  }
  const areMany = rows >= around.options.bulkRowCount;
  if (!areMany && state.small.has(low, high)) {
    return undefined; // nearly all statements
  }
  around.report.unsettled();
  if (isRepeated(activity, low, state)) {
    return undefined;
  }
  if (!areMany && isPlain && asksForSome(normalText(fingerprint), state.shapes.mayParse(time))) {
    addSmall(fingerprint, activity, state);
    return undefined;
  }
  const shape = state.shapes.shapeOf(fingerprint, activity);
  if (shape.handedOut === 'some' && !areMany) {
    addSmall(fingerprint, activity, state);
    return undefined;
  }
  noteTool(activity, state);
  const family = state.families.numberOf(activity);
  const since = state.hours.firstTimeOf(principal) ?? time;
  const circumstances = serverCircumstancesOf(state, activity, family, since);
  const isNewClient = circumstances.isNewPlace || circumstances.isNewApplication;
  const isBulk = areMany && isNewClient && rows > MORE * usualRows(principal, state, time);
  const handedOut = handedOutOf(shape, rows, isBulk);
  if (handedOut === 'some') {
    return undefined;
  }
  const isStep = shape.statements.includes('fetch') && state.readers.get(principal)?.usual?.hasCursor === true;
  if (handedOut === 'page' && !circumstances.isNewPlace && !isStep) {
    return undefined; // applications read by the page
  }
  const reader = readerOf(state, principal, since);
  const kind = circumstances.isNewPlace ? 'other' : 'usual';
  const run = currentRun(reader, kind, activity, family, state, around);
  addReader(run, activity, circumstances);
  const isNews = addShape(run, { ...shape, handedOut }, activity, readKey(activity, low), state, since, isBulk);
  if (handedOut === 'all' && !shape.dependsOnLiterals) {
    run.seen.add(readKey(activity, low));
  }
  const isLarger = shape.handedOut === 'all' && shape.reads.some((table) => !isCatalog(table)) && rows > run.rows;
  run.rows = isLarger ? rows : run.rows;
  if (isNews || run.records.length === 0) {
    keepRecord(run, activity);
  }
  if (isNews || run.pages > 0 || isLarger) {
    tell(run, reader, activity, state, around);
  }
  return run;
}

/** Most rows of one statement of a principal that are remembered. */
function usualRows(principal: Id, { readers }: BulkReaders, time: number): number {
  const reader = readers.get(principal);
  return reader === undefined ? 0 : usualPeaks(reader.rowPeaks, time).largest;
}

/** Remembers that a statement hands out little. */
function addSmall({ low, high }: Fingerprint, activity: Activity, state: BulkReaders): void {
  state.small.add(low, high);
  noteTool(activity, state);
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

/** Adds what a statement hands out. True when something is new to the run. */
function addShape(
  run: BulkRun,
  shape: Shape,
  activity: Activity,
  key: number,
  { tables, copied, clients, hands }: BulkReaders,
  since: number,
  isBulk: boolean,
): boolean {
  if (shape.handedOut === 'page') {
    run.pages++;
    return false;
  }
  const { principal, time } = activity;
  const isCopy = isBulk || isMadeForCopies(shape);
  let isNews = false;
  run.latest = { low: key, time, hashes: [] };
  for (const table of shape.reads) {
    if (!isCatalog(table)) {
      const name = shortName(table);
      const hash = tableHash(activity, name);
      const isFresh = !tables.isFamiliar(principal, hash, time, since);
      if (run.told === 0) {
        tables.meet(principal, hash, time);
      }
      const isFreshCopy = isCopy && !copied.isFamiliar(principal, hash, time, since);
      if (isCopy && run.told === 0) {
        copied.meet(principal, hash, time);
      }
      const isDrawn = isFresh || (isFreshCopy && hands.has(principal)); // people look at what they draw out later
      run.hasCursor ||= isDrawn && shape.statements.includes('declarecursor');
      isNews = addTable(run, { name, hash, isFresh, isCopy, isFreshCopy }) || isNews;
    }
  }
  if (isNews && run.told === 0) {
    noteClient(clients, run);
  }
  return isNews;
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

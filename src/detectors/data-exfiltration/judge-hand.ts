import type { Activity } from '../../model/activity.ts';
import type { Resource } from '../../model/resource.ts';
import { fingerprintOf } from '../../sql/fingerprint-of.ts';
import { isCatalog, type Shape } from '../../sql/shape.ts';
import { summarizes } from '../../sql/summaries.ts';
import type { BulkReaders } from './bulk-readers.ts';
import { createRun, keepRecord, readKey, shortName, tableHash } from './bulk-run.ts';
import { addWalk, beginDay, type HandReader, isNewDay, type Pieces, type Walk } from './hand-readers.ts';
import { settleHand, tellNews, tellWalk } from './tell-hand.ts';
import type { Around } from './tell-run.ts';
import { adjoin, limitOf, successionOf, valuesOf } from './values-of.ts';

/** Times that a statement is sent from which on it is kept who sends it. */
const KEPT_TIMES = 5;
/** Tables new on a day that are counted, and shown by name. */
const MAX_NEWS = 4096;
const MAX_NAMES = 12;
/** Rows that a page without a limit is taken for at most, and where nothing tells. */
const PAGE_ROWS = 1000;
const SOME_ROWS = 100;

type Surroundings = Around & { resource: Resource };

/**
 * Judges whether a person, or whoever has the login of one, draws a table out piece by piece, or looks into many. What
 * programs send is left alone, but for a new one under the login of a person.
 */
export function judgeHand(activity: Activity, state: BulkReaders, around: Surroundings): void {
  const { principal, time } = activity;
  const reader = state.hands.get(principal);
  if (reader === undefined) {
    return;
  }
  const fingerprint = fingerprintOf(activity);
  const { memory } = fingerprint;
  const key = readKey(activity, fingerprint.low);
  const isNew = isNewDay(reader, time);
  const latest = reader.walks.get(key);
  if (!isNew && latest?.names.length === 0) {
    return; // it hands out nothing
  }
  around.report.unsettled();
  if ((!isNew && latest !== undefined && state.hands.hasText(latest, memory)) || !isByHand(activity, state)) {
    return;
  }
  if (isNew) {
    settleHand(principal, reader, state, around);
    beginDay(reader, time);
  }
  const known = reader.walks.get(key);
  const walk = known ?? addWalk(reader, key, piecesOf(state.shapes.shapeOf(fingerprint, activity)), time);
  if (walk.names.length > 0 && !activity.isLate) {
    if (known === undefined) {
      noteTables(walk, reader, activity, state, around);
    }
    takeStep(walk, reader, activity, state, around);
    state.hands.noteText(walk, walk.values === undefined ? 0 : memory);
  }
}

function isByHand(activity: Activity, { families, hours, places, applications }: BulkReaders): boolean {
  const { principal, place, time } = activity;
  const family = families.numberOf(activity);
  const since = hours.firstTimeOf(principal) ?? time;
  const isNew = () => !applications.isFamiliar(principal, family, time, since);
  const isProgram = hours.isRoundTheClock(principal);
  if (families.isToolOfPeople(family)) {
    return !isProgram || isNew();
  }
  return !isProgram && (isNew() || (place !== 0 && !places.isFamiliar(principal, place, time, since)));
}

/** Of a query, unless it counts; of any other statement nothing. */
function piecesOf({ statements, reads, writes, functions, handedOut }: Shape): Pieces {
  const isQuery = statements.every((kind) => kind === 'select' || kind === 'copy') && writes.length === 0;
  return {
    names: isQuery && !functions.some(summarizes) ? reads.filter((table) => !isCatalog(table)).map(shortName) : [],
    isPage: handedOut === 'page',
  };
}

/** Adds tables that the principal has not read for long to those of the day. */
function noteTables(
  { names }: Walk,
  reader: HandReader,
  activity: Activity,
  state: BulkReaders,
  around: Surroundings,
): void {
  const { principal, time } = activity;
  const since = state.hours.firstTimeOf(principal) ?? time;
  for (const name of names) {
    const hash = tableHash(activity, name);
    if (state.touched.meetFamiliar(principal, hash, time, since)) {
      continue;
    }
    reader.news ??= createRun(activity, state.families.numberOf(activity), around.resource);
    const { news } = reader;
    if (!news.fresh.has(hash) && news.fresh.size < MAX_NEWS) {
      news.fresh.add(hash);
      news.names.push(...(news.names.length < MAX_NAMES ? [name] : []));
      news.lastTime = time;
      keepRecord(news, activity);
      tellNews(news, reader, activity, state, around);
    }
  }
}

/** Counts what a statement asks for, unless it asks for the same once more. */
function takeStep(walk: Walk, reader: HandReader, activity: Activity, state: BulkReaders, around: Surroundings): void {
  const sql = activity.statementText();
  const values = valuesOf(sql);
  const { kind, advance } = successionOf(walk.values, values);
  const rows = rowsAsked(walk, activity.rowCount?.() ?? -1, limitOf(sql), advance);
  if (kind === 'same') {
    return;
  }
  const isAdjoining = adjoin(walk.values, values);
  walk.values = values;
  walk.sent++;
  walk.lastTime = activity.time;
  walk.rows += rows;
  walk.dayRows += rows;
  if (walk.sent === 1) {
    return;
  }
  walk.steps++;
  walk.daySteps++;
  walk.onward += kind === 'onward' ? 1 : 0;
  walk.adjoining += isAdjoining ? 1 : 0;
  if (walk.sent >= KEPT_TIMES) {
    walk.run ??= createRun(activity, state.families.numberOf(activity), around.resource);
    walk.run.lastTime = activity.time;
    tellWalk(walk, reader, activity, state, around);
  }
}

/** What is told, or asked for; of what asks for a value no more than the value went up. */
function rowsAsked({ isPage }: Walk, told: number, limit: number | undefined, advance: number): number {
  if (told >= 0) {
    return told;
  }
  if (isPage && limit !== undefined) {
    return limit;
  }
  const between = advance > 0 ? Math.min(PAGE_ROWS, advance) : 1;
  const rows = Number.isNaN(advance) ? SOME_ROWS : between;
  return isPage || limit !== undefined ? Math.min(limit ?? rows, rows) : 1;
}

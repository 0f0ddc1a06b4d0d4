import { usualPeaks } from '../../baselines/daily-peaks.ts';
import { isLearning } from '../../baselines/learning.ts';
import type { Activity, Id } from '../../model/activity.ts';
import { type BulkReaders, forgetReported, serverCircumstancesOf } from './bulk-readers.ts';
import { addReader, type BulkRun, keepRecord } from './bulk-run.ts';
import { newsFinding, walkFinding } from './hand-finding.ts';
import { type HandReader, isOfRanges, type Walk } from './hand-readers.ts';
import { judgeNews, judgeWalk } from './judge-walk.ts';
import type { Around } from './tell-run.ts';

/** Reports a walk when it becomes unusual, and again each time it has doubled; the rest is told when the day is over. */
export function tellWalk(walk: Walk, reader: HandReader, activity: Activity, state: BulkReaders, around: Around): void {
  const run = walk.run!;
  if (Number.isInteger(Math.log2(walk.steps))) {
    keepRecord(run, activity);
  }
  if (walk.steps < 2 * run.told || !isKnown(activity, state) || verdictOf(walk, reader, around) === undefined) {
    return;
  }
  noteReader(run, activity, state);
  const isFirst = run.told === 0;
  if (reportWalk(walk, activity.principal, reader, state, around) && isFirst) {
    forgetReported(state, activity.principal, run, activity.time);
  }
}

/** The same of tables that are new to the principal on one day. */
export function tellNews(
  news: BulkRun,
  reader: HandReader,
  activity: Activity,
  state: BulkReaders,
  around: Around,
): void {
  const { principal } = activity;
  const usual = usualPeaks(reader.tablePeaks, activity.time);
  const isDue = news.fresh.size >= 2 * news.told && isKnown(activity, state);
  if (!isDue || judgeNews(news.fresh.size, usual.largest, around.options) === undefined) {
    return;
  }
  noteReader(news, activity, state);
  if (reportNews(news, principal, reader, state, around)) {
    forgetReported(state, principal, news, activity.time);
    for (const table of news.fresh) {
      state.touched.forget(principal, table);
    }
  }
}

/** Tells what a principal has brought since it was told last. */
export function settleHand(principal: Id, reader: HandReader, state: BulkReaders, around: Around): void {
  for (const walk of reader.walks.values()) {
    if (walk.run !== undefined && walk.run.told > 0 && walk.steps > walk.run.told) {
      reportWalk(walk, principal, reader, state, around);
    }
  }
  if (reader.news !== undefined && reader.news.told > 0 && reader.news.fresh.size > reader.news.told) {
    reportNews(reader.news, principal, reader, state, around);
  }
}

/** Brings alerts up to date. */
export function settleHands(state: BulkReaders, around: Around): void {
  for (const [principal, reader] of state.hands.entries()) {
    settleHand(principal, reader, state, around);
  }
}

function reportWalk(walk: Walk, principal: Id, reader: HandReader, state: BulkReaders, around: Around): boolean {
  const verdict = verdictOf(walk, reader, around);
  const since = state.hours.firstTimeOf(principal) ?? walk.firstTime;
  const usual = {
    since,
    steps: usualPeaks(reader.stepPeaks, walk.lastTime),
    rows: usualPeaks(rowPeaksOf(walk, reader), walk.lastTime),
  };
  const isTold = verdict !== undefined && around.report.finding(walkFinding(walk, verdict, usual));
  const run = walk.run!;
  run.told = isTold ? walk.steps : run.told;
  return isTold;
}

/** Like is compared with like: walks from range to range with such walks. */
function rowPeaksOf(walk: Walk, { rowPeaks, rangePeaks }: HandReader) {
  return isOfRanges(walk) ? rangePeaks : rowPeaks;
}

function verdictOf(walk: Walk, reader: HandReader, { options }: Around) {
  const usual = {
    steps: usualPeaks(reader.stepPeaks, walk.lastTime).largest,
    rows: usualPeaks(rowPeaksOf(walk, reader), walk.lastTime).largest,
  };
  return judgeWalk(walk, usual, options);
}

function reportNews(news: BulkRun, principal: Id, reader: HandReader, state: BulkReaders, around: Around): boolean {
  const usual = usualPeaks(reader.tablePeaks, news.lastTime);
  const verdict = judgeNews(news.fresh.size, usual.largest, around.options);
  const since = state.hours.firstTimeOf(principal) ?? news.firstTime;
  const isTold = verdict !== undefined && around.report.finding(newsFinding(news, verdict, { ...usual, since }));
  news.told = isTold ? news.fresh.size : news.told;
  return isTold;
}

/** Whether enough is known of a principal to judge it. */
function isKnown({ principal, time }: Activity, { hours }: BulkReaders): boolean {
  return !isLearning(hours.firstTimeOf(principal) ?? time, hours.countOf(principal), time);
}

/** What was told from where its principal usually is stays that matter, wherever it goes on. */
function noteReader(run: BulkRun, activity: Activity, state: BulkReaders): void {
  const { principal, time } = activity;
  const since = state.hours.firstTimeOf(principal) ?? time;
  const circumstances = serverCircumstancesOf(state, activity, state.families.numberOf(activity), since);
  const isNewPlace = run.told === 0 ? circumstances.isNewPlace : run.isNewPlace;
  addReader(run, activity, { ...circumstances, isNewPlace });
}

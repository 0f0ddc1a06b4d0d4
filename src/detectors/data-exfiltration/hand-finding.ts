import { type EvidenceTable, type Finding, type FindingHead, lazyFinding } from '../../model/finding.ts';
import { counted, day, describeAddress, duration, listed, minute, named } from '../describe.ts';
import { bulkKey, entitiesOf } from './bulk-finding.ts';
import type { BulkRun } from './bulk-run.ts';
import { serverGuidance } from './guidance.ts';
import type { Walk } from './hand-readers.ts';
import { severityOfRun } from './judge-run.ts';
import type { HandVerdict } from './judge-walk.ts';
import { REST_MS } from './settings.ts';

const TITLE = 'Unusual volume of data extracted';
const NAMES = 12;

/** The most, a usual number, and the days with any. */
interface Usual {
  largest: number;
  median: number;
  days: number;
}

/** What is usual for the principal, which was first seen at `since`, milliseconds. */
interface UsualWalks {
  since: number;
  steps: Usual;
  rows: Usual;
}

/** A statement that is sent with ever other values. A later finding about the same walk replaces it. */
export function walkFinding(walk: Walk, verdict: HandVerdict, usual: UsualWalks): Finding {
  const { rows, onward, firstTime, lastTime, names } = walk;
  const run = snapshotOf(walk.run!);
  const sent = walk.steps + 1;
  const isOnward = 2 * onward > walk.steps;
  const head = { ...headOf(run, firstTime, lastTime), count: sent };
  const how = isOnward ? 'each going on behind the one before' : 'in no order';
  const what = `${listed(names.slice(0, NAMES).map(named))} of ${run.resource.name}`;
  const asked = `${counted(sent, 'statement')} that differ in their values only, ${how}, for up to ${counted(rows, 'row')} in all`;
  return lazyFinding(head, () => ({
    ...spellOut(run, verdict),
    summary: `${who(run)} read ${what}${from(run)} piece by piece ${duration(lastTime - firstTime)}: ${asked}${oddities(run)}; since ${day(usual.since)} it had asked so for at most ${counted(usual.rows.largest, 'row')}, by ${counted(usual.steps.largest, 'statement')}, on one day.`,
    baseline: tableOf(`What ${named(run.principal)} draws out by one statement of ever other values`, usual, [
      sent,
      rows,
    ]),
    observed: {
      Statements: String(sent),
      'Of these going on behind the one before': String(onward),
      'Rows asked for, at most': String(rows),
      'First and last (UTC)': `${minute(firstTime)} – ${minute(lastTime)}`,
    },
  }));
}

/** Tables that a principal had not read for long, on one day. */
export function newsFinding(news: BulkRun, verdict: HandVerdict, usual: Usual & { since: number }): Finding {
  const run = snapshotOf(news);
  const count = news.fresh.size;
  const head = { ...headOf(run, run.firstTime, run.lastTime), count };
  return lazyFinding(head, () => ({
    ...spellOut(run, verdict),
    summary: `${who(run)} looked into ${counted(count, 'table')} (${listed(run.names.map(named))}) of ${run.resource.name}${from(run)} ${duration(run.lastTime - run.firstTime)} that it had not read in 60 days${oddities(run)}; since ${day(usual.since)} there had been at most ${usual.largest} such on one day.`,
    baseline: {
      title: `Tables of ${run.resource.name} that ${named(run.principal)} reads for the first time`,
      columns: ['When', 'Tables'],
      rows: [
        ['A usual day with such reads', String(usual.median)],
        ['Most on one day in 60', String(usual.largest)],
        ['Days with such reads', String(usual.days)],
        ['Now', String(count)],
      ],
    },
    observed: {
      'Tables read for the first time': String(count),
      'First and last (UTC)': `${minute(run.firstTime)} – ${minute(run.lastTime)}`,
    },
  }));
}

/** A run as it is now: it goes on changing. */
function snapshotOf(run: BulkRun): BulkRun {
  return { ...run, names: [...run.names], addresses: [...run.addresses], records: [...run.records] };
}

function headOf(run: BulkRun, startTime: number, endTime: number): Omit<FindingHead, 'count'> {
  return { dedupKey: bulkKey(run), severity: severityOfRun(run), startTime, endTime, restMs: REST_MS };
}

type Spelt = Omit<Finding, keyof FindingHead | 'summary' | 'baseline' | 'observed'>;

function spellOut(run: BulkRun, { variant, value, threshold, unit }: HandVerdict): Spelt {
  const entities = entitiesOf(run);
  return {
    alertType: 'SQL.PostgreSQL_DataExfiltrationAnomaly',
    variant,
    displayName: TITLE,
    confidence: severityOfRun(run) === 'Low' ? 'medium' : 'high',
    attack: { tactic: 'TA0010', technique: 'T1048' },
    entities,
    score: { value, threshold, unit },
    rawLines: run.records.map((record) => record.show()),
    guidance: serverGuidance(run.resource, entities),
    isLate: run.isLate,
  };
}

function tableOf(title: string, { steps, rows }: UsualWalks, now: readonly [number, number]): EvidenceTable {
  return {
    title,
    columns: ['When', 'Statements', 'Rows asked for'],
    rows: [
      ['A usual day with such reads', String(steps.median), String(rows.median)],
      ['Most on one day in 60', String(steps.largest), String(rows.largest)],
      ['Days with such reads', String(steps.days), String(rows.days)],
      ['Now', String(now[0]), String(now[1])],
    ],
  };
}

const who = ({ principal }: BulkRun) => named(principal);

function from({ addresses: [address], application }: BulkRun): string {
  const place = address === undefined ? '' : ` from ${describeAddress(address)}`;
  return `${place}${application === '' ? '' : ` through ${named(application)}`}`;
}

function oddities({ isNewPlace, isNewApplication, isOffHours }: BulkRun): string {
  const odd = [
    isNewPlace ? 'it comes from a new place' : '',
    isNewApplication ? 'its application is new' : '',
    isOffHours ? 'it is not active at this hour' : '',
  ].filter((text) => text !== '');
  return odd.length === 0 ? '' : `, and ${listed(odd, 3)}`;
}

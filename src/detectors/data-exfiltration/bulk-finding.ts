import {
  type EvidenceTable,
  type Finding,
  type FindingEntities,
  type FindingHead,
  lazyFinding,
} from '../../model/finding.ts';
import { counted, day, describeAddress, duration, listed, minute, named } from '../describe.ts';
import { type BulkRun, countOf, weightOf } from './bulk-run.ts';
import { serverGuidance } from './guidance.ts';
import type { Variant, Verdict } from './judge-run.ts';
import { REST_MS } from './settings.ts';

const UNITS: Record<Variant, string> = {
  'unusual client': 'tables read whole, or copied, for the first time',
  'off hours': 'tables read whole, or copied, for the first time',
  'breadth of tables': 'tables read whole, or copied, for the first time',
  volume: 'steps of a cursor',
  'huge read': 'rows of one statement',
  'slow drip': 'tables new within a week, copied ones counted twice',
  newcomer: 'tables read whole, copied ones counted twice',
};

/** What is usual for the principal; for one that is new, for those that use such a client. */
export interface UsualReads {
  /** Most tables handed out whole on one day, and a usual number; the days with any. */
  largest: number;
  median: number;
  days: number;
  /** When the principal was first seen, milliseconds. */
  since: number;
}

/** Tables of a run when it is told: `weight` as by `weightOf`. */
interface Sizes {
  tables: number;
  fresh: number;
  weight: number;
}

/** A run of bulk reads as a finding: a later one of the same run replaces it. */
export function bulkFinding(run: BulkRun, verdict: Verdict, usual: UsualReads): Finding {
  const head = {
    dedupKey: bulkKey(run),
    severity: verdict.severity,
    startTime: run.firstTime,
    endTime: run.lastTime,
    count: countOf(run),
    restMs: REST_MS,
  };
  const copy = {
    ...run,
    fresh: new Set(run.fresh),
    freshCopies: new Set(run.freshCopies),
    names: [...run.names],
    addresses: [...run.addresses],
    records: [...run.records],
  };
  const sizes = { tables: run.tables.size, fresh: run.fresh.size, weight: weightOf(run) };
  return lazyFinding(head, () => spellOut(copy, sizes, verdict, usual));
}

/** Who reads, from where. */
export function entitiesOf({
  principal,
  application,
  database,
  addresses,
}: BulkRun): FindingEntities & { principal: string } {
  const [address, ...otherAddresses] = addresses;
  return {
    principal,
    application,
    database,
    ...(address !== undefined && { address }),
    ...(otherAddresses.length > 0 && { otherAddresses }),
  };
}

function spellOut(run: BulkRun, sizes: Sizes, verdict: Verdict, usual: UsualReads): Omit<Finding, keyof FindingHead> {
  const { resource } = run;
  const entities = entitiesOf(run);
  return {
    alertType: 'SQL.PostgreSQL_DataExfiltrationAnomaly',
    variant: verdict.variant,
    displayName: 'Unusual volume of data extracted',
    summary: summaryOf(run, sizes, verdict, usual),
    confidence: verdict.severity === 'Low' ? 'medium' : 'high',
    attack: { tactic: 'TA0010', technique: 'T1048' },
    entities,
    score: { value: verdict.value, threshold: verdict.threshold, unit: UNITS[verdict.variant] },
    baseline: baselineOf(run, sizes, usual),
    observed: {
      'Tables read whole': String(sizes.tables),
      'Of these for the first time': String(sizes.fresh),
      ...(run.copies > 0 && { 'Copied out (COPY)': String(run.copies) }),
      ...(run.rows > 0 && { 'Most rows of one statement': String(run.rows) }),
      ...(run.pages > 0 && { 'Pages (limits, ranges, cursors)': String(run.pages) }),
      'What is unusual': listed(oddities(run, verdict, usual), 4),
      'First and last (UTC)': `${minute(run.firstTime)} – ${minute(run.lastTime)}`,
    },
    rawLines: run.records.map((record) => record.show()),
    guidance: serverGuidance(resource, entities),
    isLate: run.isLate,
  };
}

function summaryOf(run: BulkRun, sizes: Sizes, verdict: Verdict, usual: UsualReads): string {
  const from = run.addresses[0] === undefined ? '' : ` from ${describeAddress(run.addresses[0])}`;
  const through = run.application === '' ? '' : ` through ${named(run.application)}`;
  const what =
    sizes.tables === 0
      ? `${counted(run.pages, 'page')} of data`
      : `${counted(sizes.tables, 'whole table')} (${listed(run.names.map(named))})`;
  const unusual = listed(oddities(run, verdict, usual), 4);
  return `${named(run.principal)} read ${what} of ${run.resource.name}${from}${through} ${duration(run.lastTime - run.firstTime)}: ${unusual}; ${mostOf(run, usual)}.`;
}

function mostOf({ isNewcomer }: BulkRun, { days, largest, since }: UsualReads): string {
  if (isNewcomer) {
    return days === 0
      ? 'nobody had read a table whole through it from there'
      : `through it from there, at most ${largest} had been read so on one day (copied ones counted twice)`;
  }
  const most = days === 0 ? 'it had read no table whole' : `it had read at most ${largest} so on one day`;
  return `since ${day(since)} ${most}`;
}

function oddities(run: BulkRun, { variant, value, threshold }: Verdict, { since }: UsualReads): string[] {
  return [
    run.isNewcomer ? `it was first seen on ${day(since)}` : '',
    run.isNewPlace ? 'it comes from a new place' : '',
    run.isNewApplication ? (run.application === '' ? 'it gives no application name' : 'its application is new') : '',
    run.isOffHours ? 'it is not active at this hour' : '',
    variant === 'slow drip' ? 'it has read other tables whole all week' : '',
    variant === 'volume' ? `${value} steps of a cursor` : '',
    variant === 'huge read'
      ? `one statement brought ${counted(value, 'row')}, of which ${Math.floor(threshold)} are unusual for it, whatever it asks`
      : '',
    run.fresh.size > 0 ? `${run.fresh.size} of them for the first time` : '',
    run.freshCopies.size > run.fresh.size ? `${run.freshCopies.size} of them copied for the first time` : '',
  ].filter((text) => text !== '');
}

function baselineOf(run: BulkRun, sizes: Sizes, usual: UsualReads): EvidenceTable {
  return {
    title: run.isNewcomer
      ? `Tables of ${run.resource.name} that are read whole through such a client, whoever uses it; copied ones count twice`
      : `Tables of ${run.resource.name} that ${named(run.principal)} reads whole`,
    columns: ['When', 'Tables'],
    rows: [
      ['A usual day with such reads', String(usual.median)],
      ['Most on one day in 60', String(usual.largest)],
      ['Days with such reads', String(usual.days)],
      ['Now', String(run.isNewcomer ? sizes.weight : sizes.tables)],
    ],
  };
}

/** One matter: what a principal reads from where it usually is, and from elsewhere. */
export function bulkKey({ principal, isNewPlace }: BulkRun): string {
  return `${principal}|${isNewPlace ? 'new place' : 'usual place'}`;
}

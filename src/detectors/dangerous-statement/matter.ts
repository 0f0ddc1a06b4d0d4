import type { Activity, RawLine } from '../../model/activity.ts';
import type { FindingEntities } from '../../model/finding.ts';
import type { Resource } from '../../model/resource.ts';
import { SEVERITIES, type Severity } from '../../model/severity.ts';
import type { Action, Variant } from './actions-of.ts';
import type { Custom } from './customs.ts';

/** Without a further statement for so long a matter is over, as an alert is. */
const OPEN_MS = 24 * 3_600_000;
/** An error that follows its statement within this time tells how that ended. */
const ERROR_MS = 60_000;
/** Matters open at a time. */
const MAX_MATTERS = 1024;
/** Statements and raw records shown of one. */
const MAX_STATEMENTS = 6;
const MAX_RAW_LINES = 12;

/** The dangerous statements of one kind by one principal, from the first until there was none for a day. */
export interface Matter {
  dedupKey: string;
  resource: Resource;
  variant: Variant;
  /** What the gravest statement did. */
  action: Action;
  severity: Severity;
  deeds: Set<string>;
  /** Masked; the gravest by itself. */
  statements: Set<string>;
  statement: string;
  startTime: number;
  endTime: number;
  count: number;
  refused: number;
  latestStatement: string;
  latestIsRefused: boolean;
  entities: FindingEntities & { principal: string };
  rawLines: RawLine[];
  /** Keys under which its statements may be customs. Kept since 0.1. */
  customKeys?: Set<string>;
  /** What the principal did of this kind as a matter of routine. */
  customs: readonly Custom[];
  isLate: boolean;
}

/** By key. */
export type Matters = Map<string, Matter>;

/** What a statement adds to the matter it belongs to. */
export interface Deed {
  principal: string;
  action: Action;
  /** Masked. */
  statement: string;
  isRefused: boolean;
  /** Whether the error tells what was read: such a deed was done. */
  isTold: boolean;
  /** Under which it may be a custom. */
  key: string;
}

/** The matter that a deed belongs to, brought up to date, and whether there is something new to tell. */
export function addDeed(
  matters: Matters,
  deed: Deed,
  activity: Activity,
  resource: Resource,
  customsOf: () => readonly Custom[],
): { matter: Matter; isNews: boolean } {
  const key = `${deed.principal}|${deed.action.variant}`;
  const known = matters.get(key);
  const matter =
    known === undefined || activity.time - known.endTime > OPEN_MS
      ? open(matters, key, deed, activity, resource, customsOf())
      : known;
  if (deed.isRefused && isEndOf(matter, deed, activity)) {
    matter.refused += deed.isTold ? 0 : 1;
    matter.latestIsRefused = true;
    keepRecords(matter, activity);
    return { matter, isNews: true };
  }
  return { matter, isNews: add(matter, { ...deed, isRefused: deed.isRefused && !deed.isTold }, activity) };
}

function open(
  matters: Matters,
  key: string,
  deed: Deed,
  activity: Activity,
  resource: Resource,
  customs: readonly Custom[],
): Matter {
  if (matters.size >= MAX_MATTERS) {
    matters.delete(matters.keys().next().value!);
  }
  const { directory, time, address } = activity;
  const matter: Matter = {
    dedupKey: key,
    resource,
    variant: deed.action.variant,
    action: deed.action,
    severity: 'Informational',
    deeds: new Set(),
    statements: new Set(),
    statement: '',
    startTime: time,
    endTime: time,
    count: 0,
    refused: 0,
    latestStatement: '',
    latestIsRefused: false,
    entities: {
      principal: deed.principal,
      ...(address !== 0 && { address: directory.address(address) }),
      application: directory.application(activity.application),
      database: directory.database(activity.database),
    },
    rawLines: [],
    customs,
    isLate: false,
  };
  matters.delete(key);
  matters.set(key, matter);
  return matter;
}

/** Whether an error tells how the latest statement ended. */
function isEndOf(matter: Matter, { statement }: Deed, { time }: Activity): boolean {
  return matter.latestStatement === statement && !matter.latestIsRefused && time - matter.endTime <= ERROR_MS;
}

function add(matter: Matter, { action, statement, isRefused, key }: Deed, activity: Activity): boolean {
  const severity = isRefused ? milder(action.severity) : action.severity;
  const isGraver = matter.count === 0 || rank(severity) > rank(matter.severity);
  const isUnknown = matter.statements.size < MAX_STATEMENTS && !matter.statements.has(statement);
  if (isGraver) {
    matter.severity = severity;
    matter.action = action;
    matter.statement = statement;
  }
  matter.deeds.add(action.deed);
  matter.count++;
  matter.refused += isRefused ? 1 : 0;
  matter.endTime = Math.max(matter.endTime, activity.time);
  matter.latestStatement = statement;
  matter.latestIsRefused = isRefused;
  matter.isLate ||= activity.isLate;
  if (isGraver || isUnknown) {
    matter.statements.add(statement);
    matter.customKeys = (matter.customKeys ?? new Set()).add(key);
    keepRecords(matter, activity);
  }
  return isGraver || isUnknown;
}

function keepRecords(matter: Matter, activity: Activity): void {
  for (const record of matter.rawLines.length < MAX_RAW_LINES ? activity.keep() : []) {
    const line = record.show();
    if (!matter.rawLines.some((kept) => kept.byteOffset === line.byteOffset && kept.source === line.source)) {
      matter.rawLines.push(line);
    }
  }
}

function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

function milder(severity: Severity): Severity {
  return SEVERITIES[Math.max(0, rank(severity) - 1)]!;
}

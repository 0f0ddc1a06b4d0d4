import type { Activity, RawLine } from '../../model/activity.ts';
import type { FindingEntities } from '../../model/finding.ts';
import type { Resource } from '../../model/resource.ts';
import type { Report } from '../detector.ts';
import { faultyFinding, faultyKey } from './faulty-finding.ts';
import type { Suspect } from './suspect.ts';

/** Without a further faulty statement for so long it is another matter, as it is another alert. */
const OPEN_MS = 24 * 3_600_000;
/** For so long a statement that was told is a known defect: its next customer called O'Brien is no news. */
const KNOWN_MS = 30 * 24 * 3_600_000;
const MAX_KNOWN = 64;
/** So many faults, each within so long of the one before, are somebody who tries things out. */
const RUSH = 3;
const RUSH_MS = 600_000;
const MAX_STATEMENTS = 6;
const MAX_RAW_LINES = 8;

/** Statements of an application that broke at somebody's input, until there was none for a day. */
export interface Faults {
  readonly resource: Resource;
  readonly entities: FindingEntities & { principal: string };
  startTime: number;
  endTime: number;
  count: number;
  /** Masked. */
  statements: Set<string>;
  rawLines: RawLine[];
  usual: { statements: number; shapes: number; since: number };
  isLate: boolean;
  /** Faults that followed each other at once. Kept since 0.1, as is the next. */
  rush?: number;
  isTold?: boolean;
}

/** The faults that a faulty statement belongs to. */
function faultyOf(suspect: Suspect, activity: Activity, resource: Resource): Faults {
  const { time, address, directory } = activity;
  if (suspect.faults !== undefined && time - suspect.faults.endTime <= OPEN_MS) {
    return suspect.faults;
  }
  suspect.faults = {
    resource,
    entities: {
      principal: suspect.principal,
      ...(address !== 0 && { address: directory.address(address) }),
      application: suspect.application,
      database: directory.database(activity.database),
    },
    startTime: time,
    endTime: time,
    count: 0,
    statements: new Set(),
    rawLines: [],
    usual: { statements: suspect.statements, shapes: suspect.shapes, since: suspect.firstTime },
    isLate: false,
  };
  return suspect.faults;
}

/** Adds a faulty statement, and tells it unless it is a known defect. */
export function noteFault(
  suspect: Suspect,
  activity: Activity,
  statement: string,
  report: Report,
  resource: Resource,
): void {
  const faults = faultyOf(suspect, activity, resource);
  const { time } = activity;
  faults.rush = time - faults.endTime <= RUSH_MS ? (faults.rush ?? 0) + 1 : 1;
  faults.count++;
  faults.endTime = Math.max(faults.endTime, time);
  faults.isLate ||= activity.isLate;
  const isNews = faults.statements.size < MAX_STATEMENTS && !faults.statements.has(statement);
  if (isNews) {
    faults.statements.add(statement);
    faults.rawLines.push(...activity.keep().map((record) => record.show()));
    faults.rawLines.splice(MAX_RAW_LINES);
  }
  if (!faults.isTold && isKnown(suspect, statement, time) && faults.rush < RUSH) {
    return;
  }
  if (isNews || !faults.isTold || !report.again(faultyKey(faults.entities), time)) {
    report.finding(faultyFinding(faults));
  }
  tellAll(suspect, faults, time);
}

function isKnown({ toldFaults }: Suspect, statement: string, time: number): boolean {
  const toldTime = toldFaults?.get(statement);
  return toldTime !== undefined && time - toldTime <= KNOWN_MS;
}

/** Notes that all of the faults have been told; when each was told first. */
function tellAll(suspect: Suspect, faults: Faults, time: number): void {
  faults.isTold = true;
  suspect.toldFaults ??= new Map();
  for (const statement of faults.statements) {
    if (
      !isKnown(suspect, statement, time) &&
      (suspect.toldFaults.size < MAX_KNOWN || suspect.toldFaults.has(statement))
    ) {
      suspect.toldFaults.set(statement, time);
    }
  }
}

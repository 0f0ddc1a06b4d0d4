import type { Activity, RawLine } from '../../model/activity.ts';
import type { FindingEntities } from '../../model/finding.ts';
import type { Resource } from '../../model/resource.ts';
import type { Report } from '../detector.ts';
import { faultyFinding, faultyKey } from './faulty-finding.ts';
import type { Suspect } from './suspect.ts';

/** Without a further faulty statement for so long it is another matter, as it is another alert. */
const OPEN_MS = 24 * 3_600_000;
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
}

/** The faults that a faulty statement belongs to. */
export function faultyOf(suspect: Suspect, activity: Activity, resource: Resource): Faults {
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

/** Adds a faulty statement and tells it. */
export function noteFault(faults: Faults, activity: Activity, statement: string, report: Report): void {
  faults.count++;
  faults.endTime = Math.max(faults.endTime, activity.time);
  faults.isLate ||= activity.isLate;
  const isNews = faults.statements.size < MAX_STATEMENTS && !faults.statements.has(statement);
  if (isNews) {
    faults.statements.add(statement);
    faults.rawLines.push(...activity.keep().map((record) => record.show()));
    faults.rawLines.splice(MAX_RAW_LINES);
  }
  if (isNews || !report.again(faultyKey(faults.entities), activity.time)) {
    report.finding(faultyFinding(faults));
  }
}

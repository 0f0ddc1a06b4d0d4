import type { Activity, Id, KeptRecord } from '../../model/activity.ts';
import type { AddressFacts } from '../../model/address-facts.ts';
import type { Resource } from '../../model/resource.ts';
import type { Report } from '../detector.ts';
import { missingFinding } from './missing-finding.ts';

/** Clients watched at a time; of more, all are forgotten: nobody gets here without a password. */
const MAX_CLIENTS = 1024;
/** Names kept of one client. */
const MAX_NAMES = 64;
const MAX_RECORDS = 6;
const WINDOW_MS = 600_000;
/** Quiet after which the same is another matter: as long as alerts stay open. */
const QUIET_MS = 24 * 3_600_000;
const DIGITS = /\p{N}+/gu;

/** Databases that one client asked for and that do not exist. */
export interface Missing {
  resource: Resource;
  facts: AddressFacts;
  principals: Set<string>;
  /** A name as it was asked for, by its pattern: those of parallel tests differ in a number. */
  names: Map<string, string>;
  firstTime: number;
  lastTime: number;
  count: number;
  threshold: number;
  /** Failed logins or a probe came from there, too. */
  isSuspect: boolean;
  records: KeptRecord[];
  isLate: boolean;
  isTold: boolean;
}

/** By id of the address. */
export type MissingDatabases = Map<Id, Missing>;

export function noteMissing(
  clients: MissingDatabases,
  activity: Activity,
  isSuspect: boolean,
  threshold: number,
  { report, resource }: { report: Report; resource: Resource },
): void {
  const { address, time, directory } = activity;
  const database = directory.database(activity.database);
  if (address === 0 || database === '') {
    return;
  }
  const known = clients.get(address);
  const patience = known?.isTold === true ? QUIET_MS : WINDOW_MS;
  const isOpen = known !== undefined && time - known.lastTime <= patience;
  if (known === undefined && clients.size === MAX_CLIENTS) {
    clients.clear();
  }
  const missing = isOpen ? known : createMissing(activity, threshold, resource);
  clients.set(address, missing);
  const isNews = add(missing, activity, database, isSuspect);
  if (missing.names.size < threshold || (!isNews && report.again(`databases|${missing.facts.address}`, time))) {
    return;
  }
  missing.isTold = true;
  report.finding(missingFinding(missing));
}

function createMissing({ time, address, directory }: Activity, threshold: number, resource: Resource): Missing {
  return {
    resource,
    facts: directory.address(address),
    principals: new Set(),
    names: new Map(),
    firstTime: time,
    lastTime: time,
    count: 0,
    threshold,
    isSuspect: false,
    records: [],
    isLate: false,
    isTold: false,
  };
}

function add(missing: Missing, activity: Activity, database: string, isSuspect: boolean): boolean {
  missing.count++;
  missing.lastTime = Math.max(missing.lastTime, activity.time);
  missing.firstTime = Math.min(missing.firstTime, activity.time);
  missing.isLate ||= activity.isLate;
  missing.isSuspect ||= isSuspect;
  if (missing.principals.size < MAX_NAMES) {
    missing.principals.add(activity.directory.principal(activity.principal));
  }
  const pattern = database.replace(DIGITS, '#');
  if (missing.names.has(pattern) || missing.names.size === MAX_NAMES) {
    return false;
  }
  missing.names.set(pattern, database);
  if (missing.records.length < MAX_RECORDS) {
    missing.records.push(...activity.keep().slice(-1));
  }
  return true;
}

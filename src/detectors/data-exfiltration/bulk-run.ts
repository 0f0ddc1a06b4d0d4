import { hashText } from '../../lib/hash-text.ts';
import type { Activity, Id, KeptRecord } from '../../model/activity.ts';
import type { AddressFacts } from '../../model/address-facts.ts';
import type { Resource } from '../../model/resource.ts';
import { isEveryTable } from '../../sql/xml-reads.ts';
import type { Verdict } from './judge-run.ts';

/** Tables counted of one run, and shown by name. */
const MAX_TABLES = 4096;
const MAX_NAMES = 12;
const MAX_RECORDS = 8;
const MAX_ADDRESSES = 8;
/** A statement that is logged and then breaks does so within this time, mostly at once. */
const BROKEN_MS = 60_000;

/** What is unusual about who reads. */
export interface Circumstances {
  isNewPlace: boolean;
  isNewApplication: boolean;
  isOffHours: boolean;
}

/** Bulk reads of one principal that follow each other. Plain data. */
export interface BulkRun extends Circumstances {
  resource: Resource;
  principal: string;
  application: string;
  database: string;
  addresses: AddressFacts[];
  /** Id of the address of the latest read. */
  address: Id;
  firstTime: number;
  lastTime: number;
  /** Ids of place and application of the latest read. */
  place: Id;
  family: number;
  /** Hashes of the tables handed out whole; those that the principal has not read so for a week. */
  tables: Set<number>;
  fresh: Set<number>;
  /** Of them those that were copied; and those that the principal has not copied for a week, however often it read them. */
  copied: Set<number>;
  freshCopies: Set<number>;
  names: string[];
  /** What stands for all tables of a schema or database, where one statement handed them out. Kept since 0.1. */
  everyTable?: number;
  /** Statements of which nothing new is to be expected: see `readKey`. */
  seen: Set<number>;
  /** Tables handed out whole, counted each time; of these by COPY, which is made for it. */
  reads: number;
  copies: number;
  /** Whether it draws a table that is new to the principal through a cursor. */
  hasCursor: boolean;
  /** Of the latest statement that handed out whole tables: its `readKey`, its time, what was new by it. */
  latest: { low: number; time: number; hashes: number[] };
  /** Pages: limited or ranged queries, steps of a cursor. */
  pages: number;
  /** Most rows that one statement handed out of whole tables, where they are told. */
  rows: number;
  records: KeptRecord[];
  isLate: boolean;
  /** Events of which a finding has told; 0 for none. And what it said. */
  told: number;
  verdict: Verdict | undefined;
  /** So little is known of the principal that it is judged as one of those that use such a client. */
  isNewcomer: boolean;
  /** What such clients had read on the day when it began: see `Clients`. */
  clientBefore: number;
  /** Somebody accepted what it told. */
  isAccepted?: true;
}

export function createRun(activity: Activity, family: number, resource: Resource): BulkRun {
  const { directory, time } = activity;
  return {
    resource,
    principal: directory.principal(activity.principal),
    application: directory.application(activity.application),
    database: directory.database(activity.database),
    addresses: [],
    address: 0,
    firstTime: time,
    lastTime: time,
    place: activity.place,
    family,
    tables: new Set(),
    fresh: new Set(),
    copied: new Set(),
    freshCopies: new Set(),
    names: [],
    seen: new Set(),
    reads: 0,
    copies: 0,
    hasCursor: false,
    latest: { low: 0, time: 0, hashes: [] },
    pages: 0,
    rows: 0,
    records: [],
    isNewPlace: false,
    isNewApplication: false,
    isOffHours: false,
    isLate: false,
    told: 0,
    verdict: undefined,
    isNewcomer: false,
    clientBefore: 0,
  };
}

/** Adds who reads, whatever is read. */
export function addReader(run: BulkRun, activity: Activity, circumstances: Circumstances): void {
  run.lastTime = Math.max(run.lastTime, activity.time);
  run.address = activity.address;
  run.isNewPlace ||= circumstances.isNewPlace;
  run.isNewApplication ||= circumstances.isNewApplication;
  run.isOffHours ||= circumstances.isOffHours;
  run.isLate ||= activity.isLate;
  if (activity.address !== 0 && run.addresses.length < MAX_ADDRESSES) {
    const text = activity.directory.addressText(activity.address);
    if (!run.addresses.some(({ address }) => address === text)) {
      run.addresses.push(activity.directory.address(activity.address));
    }
  }
}

/** A table as it is handed out: whether it is new to the principal, and as a copy. */
export interface ReadTable {
  name: string;
  hash: number;
  isFresh: boolean;
  isCopy: boolean;
  isFreshCopy: boolean;
}

/** Adds a table that was handed out whole. True when it, or its copy, is new to the run. */
export function addTable(run: BulkRun, { name, hash, isFresh, isCopy, isFreshCopy }: ReadTable): boolean {
  run.reads++;
  run.copies += isCopy ? 1 : 0;
  const isKnown = run.tables.has(hash);
  if ((isKnown && (!isCopy || run.copied.has(hash))) || run.tables.size >= MAX_TABLES) {
    return false;
  }
  if (isCopy) {
    run.copied.add(hash);
  }
  if (isFreshCopy) {
    run.freshCopies.add(hash);
  }
  if (isKnown) {
    return true;
  }
  run.tables.add(hash);
  run.latest.hashes.push(hash);
  if (isFresh) {
    run.fresh.add(hash);
  }
  if (isEveryTable(name)) {
    run.everyTable = hash;
  }
  if (run.names.length < MAX_NAMES) {
    run.names.push(name);
  }
  return true;
}

/** A table as it is told. */
export function shortName(table: string): string {
  return table.replace(/^public\./, '');
}

/** A table of the database of an activity. */
export function tableHash({ database, directory }: Activity, name: string): number {
  return hashText(`${directory.database(database)}.${name}`);
}

/** A statement in its database, by one half of its fingerprint: a dump sends the same to each of several. */
export function readKey({ database, directory }: Activity, low: number): number {
  return low ^ hashText(directory.database(database));
}

/** Takes back what a statement that broke did not hand out. True when there was something. */
export function takeBack(run: BulkRun, key: number, time: number): boolean {
  const { latest } = run;
  if (latest.low !== key || time - latest.time > BROKEN_MS) {
    return false;
  }
  for (const hash of latest.hashes) {
    run.tables.delete(hash);
    run.fresh.delete(hash);
    run.copied.delete(hash);
    run.freshCopies.delete(hash);
  }
  run.names.splice(run.names.length - Math.min(run.names.length, latest.hashes.length));
  run.reads = Math.max(0, run.reads - 1);
  run.latest = { low: 0, time: 0, hashes: [] };
  run.seen.delete(key);
  return true;
}

/** Of the first one with the lines that opened its session. */
export function keepRecord(run: BulkRun, activity: Activity): void {
  if (run.records.length < MAX_RECORDS) {
    const kept = activity.keep();
    run.records.push(...(run.records.length === 0 ? kept : kept.slice(-1)));
  }
}

/** Tables handed out whole; those that were copied count twice. */
export function weightOf({ tables, copied }: Pick<BulkRun, 'tables' | 'copied'>): number {
  return tables.size + copied.size;
}

/** Events that a finding about it speaks of. */
export function countOf({ reads, pages }: BulkRun): number {
  return reads + pages;
}

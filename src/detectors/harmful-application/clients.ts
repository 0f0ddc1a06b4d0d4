import type { Activity, KeptRecord } from '../../model/activity.ts';
import type { AddressFacts } from '../../model/address-facts.ts';
import type { EvidenceTable } from '../../model/finding.ts';
import type { Resource } from '../../model/resource.ts';
import { SEVERITIES } from '../../model/severity.ts';
import { habitTable, named } from '../describe.ts';
import type { Report } from '../detector.ts';
import { clientFinding } from './client-finding.ts';
import { type Custom, type Customs, clientKey, habitOf } from './customs.ts';
import type { Verdict } from './judge-client.ts';

/** Matters followed at a time; of more, the quarter that has been quiet for longest is settled and forgotten. */
const MAX_CLIENTS = 2048;
const MAX_ADDRESSES = 16;
const MAX_RECORDS = 6;
/** Quiet after which the same is another matter: as long as alerts stay open. */
const QUIET_MS = 24 * 3_600_000;
/** Who comes again within this time from where it was told of is the same matter: a job of each week, an engineer on call. */
const SAME_MS = 30 * QUIET_MS;

/** A principal that comes through an application that is not its own. */
export interface Client {
  resource: Resource;
  dedupKey: string;
  verdict: Verdict;
  principal: string;
  /** As it was given; versions and all. */
  application: string;
  database: string;
  /** By text; the first one is the entity. Empty: a Unix socket. */
  addresses: Map<string, AddressFacts>;
  firstTime: number;
  lastTime: number;
  /** When it came again after the alert was over, and nobody was told. */
  recurTime?: number;
  count: number;
  baseline: EvidenceTable;
  records: KeptRecord[];
  isLate: boolean;
  /** Accesses of which a finding has told. */
  told: number;
}

/** By dedupKey. */
export type Clients = Map<string, Client>;

/** Reports an access; false when somebody expects it, so that nothing is raised. */
export function followClient(
  clients: Clients,
  access: Activity,
  custom: Custom,
  verdict: Verdict,
  customs: Customs,
  { report, resource }: { report: Report; resource: Resource },
): boolean {
  const { time, principal, directory } = access;
  const dedupKey = clientKey(directory.principal(principal), customs.families.nameOf(custom.family));
  const known = clients.get(dedupKey);
  const isOpen = known !== undefined && time - known.lastTime <= QUIET_MS;
  if (known !== undefined && !isOpen && isToldBefore(known, access, verdict)) {
    known.recurTime = time;
    return true;
  }
  if (known !== undefined && !isOpen) {
    settleClient(known, report);
  } else if (known === undefined && clients.size === MAX_CLIENTS) {
    forgetQuietest(clients, report);
  }
  const client = isOpen ? known : createClient(dedupKey, access, verdict, customs, resource);
  clients.set(dedupKey, client);
  if (!addAccess(client, access, verdict) && report.again(dedupKey, time)) {
    return true;
  }
  client.told = client.count;
  return report.finding(clientFinding(client));
}

/**
 * Whether an alert has told of just this within the month, no less gravely: the same client, from the same place; of
 * staff that use the credential of a program by hand from any place where they are usual. A report of each day would
 * else be told each time that it is more than a day late.
 */
function isToldBefore(
  { lastTime, recurTime = lastTime, ...told }: Client,
  access: Activity,
  verdict: Verdict,
): boolean {
  const { time, address, directory } = access;
  const { severity, isByHand = false } = verdict;
  const isGraver = SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(told.verdict.severity);
  if (time - recurTime > SAME_MS || isGraver || (severity === 'Informational' && !isByHand)) {
    return false;
  }
  if (severity !== 'Medium' && isByHand) {
    return true;
  }
  if (address === 0) {
    return told.addresses.size === 0;
  }
  const here = directory.address(address);
  const isHere = (known: AddressFacts): boolean =>
    here.place === undefined ? known.address === here.address : known.place?.key === here.place.key;
  return [...told.addresses.values()].some(isHere);
}

export function settleClient(client: Client, report: Report): void {
  if (client.count > client.told) {
    client.told = client.count;
    report.finding(clientFinding(client));
  }
}

function createClient(
  dedupKey: string,
  access: Activity,
  verdict: Verdict,
  customs: Customs,
  resource: Resource,
): Client {
  const { principal, time, directory } = access;
  const who = named(directory.principal(principal));
  const label = (family: number) => named(customs.families.nameOf(family));
  const { habits } = habitOf(customs, principal, time);
  return {
    resource,
    dedupKey,
    verdict,
    principal: directory.principal(principal),
    application: directory.application(access.application),
    database: directory.database(access.database),
    addresses: new Map(),
    firstTime: time,
    lastTime: time,
    count: 0,
    baseline: habitTable(`Applications of ${who} on ${resource.name}`, 'Application', habits, label),
    records: [],
    isLate: access.isLate,
    told: 0,
  };
}

/** Adds an access; true when it is graver than those before, or from another address. */
function addAccess(client: Client, access: Activity, verdict: Verdict): boolean {
  const { address, directory, time } = access;
  client.count++;
  client.firstTime = Math.min(client.firstTime, time);
  client.lastTime = Math.max(client.lastTime, time);
  client.isLate ||= access.isLate;
  const isGraver = SEVERITIES.indexOf(verdict.severity) > SEVERITIES.indexOf(client.verdict.severity);
  if (isGraver) {
    client.verdict = verdict;
  }
  let isNews = isGraver || client.count === 1;
  if (address !== 0 && client.addresses.size < MAX_ADDRESSES) {
    const facts = directory.address(address);
    isNews ||= !client.addresses.has(facts.address);
    client.addresses.set(facts.address, facts);
  }
  if (isNews && client.records.length < MAX_RECORDS) {
    client.records = [...client.records, ...access.keep()].slice(0, MAX_RECORDS);
  }
  return isNews;
}

function forgetQuietest(clients: Clients, report: Report): void {
  const byAge = [...clients].sort(([, a], [, b]) => a.lastTime - b.lastTime);
  for (const [key, client] of byAge.slice(0, MAX_CLIENTS / 4)) {
    settleClient(client, report);
    clients.delete(key);
  }
}

import type { Activity, KeptRecord } from '../../model/activity.ts';
import type { AddressFacts } from '../../model/address-facts.ts';
import type { EvidenceTable } from '../../model/finding.ts';
import type { Resource } from '../../model/resource.ts';
import { SEVERITIES } from '../../model/severity.ts';
import { habitTable, named } from '../describe.ts';
import type { Report } from '../detector.ts';
import { clientFinding } from './client-finding.ts';
import { type CommonTools, isCommon, noteTool } from './common-tools.ts';
import { type Custom, type Customs, clientKey, habitOf } from './customs.ts';
import type { Verdict } from './judge-client.ts';

/** Matters followed at a time; of more, the quarter that has been quiet for longest is settled and forgotten. */
const MAX_CLIENTS = 2048;
const MAX_ADDRESSES = 16;
const MAX_RECORDS = 6;
/** Further principals remembered of a matter. */
const MAX_OTHERS = 1024;
/** Quiet after which the same is another matter: as long as alerts stay open. */
const QUIET_MS = 24 * 3_600_000;
/** Who comes again within this time from where it was told of is the same matter: a job of each week, an engineer on call. */
const SAME_MS = 30 * QUIET_MS;

/** A principal that comes through an application that is not its own; or many, where each of some has been told. */
export interface Client {
  resource: Resource;
  dedupKey: string;
  verdict: Verdict;
  principal: string;
  /** Further ones; undefined where the matter is of one only. */
  others?: Set<string>;
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
  /** It came from where its principal is usual, as nobody does who only has its credential. Absent: never. */
  isAtHome?: boolean;
  /** Accesses of which a finding has told. */
  told: number;
}

/** By dedupKey. */
export type Clients = Map<string, Client>;

/** Where matters are kept, and what they are told by. */
interface Matters {
  clients: Clients;
  common: CommonTools;
  customs: Customs;
}

/** Reports an access; false when somebody expects it, so that nothing is raised. */
export function followClient(
  { clients, common, customs }: Matters,
  access: Activity,
  custom: Custom,
  verdict: Verdict,
  { report, resource }: { report: Report; resource: Resource },
): boolean {
  const { time, principal, directory } = access;
  const family = customs.families.nameOf(custom.family);
  const own = clientKey(directory.principal(principal), family);
  const ofMany = clients.has(own) ? undefined : clients.get(clientKey('', family));
  const isShared = !clients.has(own) && isCommon(common, family, time) && verdict.severity !== 'Informational';
  const dedupKey = isShared ? clientKey('', family) : own;
  const known = clients.get(dedupKey);
  const isOpen = known !== undefined && time - known.lastTime <= QUIET_MS;
  const before = known ?? ofMany;
  if (before !== undefined && !isOpen && isToldBefore(before, access, custom, verdict)) {
    before.recurTime = time;
    return true;
  }
  if (known !== undefined && !isOpen) {
    settleClient(known, report);
  } else if (known === undefined && clients.size === MAX_CLIENTS) {
    forgetQuietest(clients, report);
  }
  const client = isOpen ? known : createClient(dedupKey, access, verdict, customs, resource, isShared);
  clients.set(dedupKey, client);
  client.isAtHome ||= custom.isUsualPlace;
  if (!addAccess(client, access, verdict) && report.again(dedupKey, time)) {
    return true;
  }
  client.told = client.count;
  const isRaised = report.finding(clientFinding(client));
  if (isRaised && (isShared || !isOpen) && verdict.severity !== 'Informational') {
    noteTool(common, family, time);
  }
  return isRaised;
}

/**
 * Whether an alert has told of just this within the month, no less gravely: the same client, from the same place; of
 * staff that use the credential of a program by hand from any place where they are usual, which the machine of the
 * program is not. A report of each day would
 * else be told each time that it is more than a day late.
 */
function isToldBefore(
  { lastTime, recurTime = lastTime, others, ...told }: Client,
  access: Activity,
  { isUsualPlace }: Custom,
  verdict: Verdict,
): boolean {
  const { time, address, directory } = access;
  const { severity, isByHand = false } = verdict;
  const isGraver = SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(told.verdict.severity);
  if (time - recurTime > SAME_MS || isGraver || (severity === 'Informational' && !isByHand)) {
    return false;
  }
  if (severity !== 'Medium' && isByHand && others === undefined) {
    return !isUsualPlace || told.isAtHome === true;
  }
  if (others !== undefined) {
    const name = directory.principal(access.principal);
    return name === told.principal || others.has(name);
  }
  if (address === 0) {
    return told.addresses.size === 0;
  }
  const here = directory.address(address);
  const isHere = (known: AddressFacts): boolean =>
    here.place === undefined ? known.address === here.address : known.place?.key === here.place.key;
  return [...told.addresses.values()].some(isHere);
}

/** Of a matter of many, all of them that are remembered. */
export function principalsOf(client: Client | undefined): ReadonlySet<string> {
  return new Set(client?.others === undefined ? [] : [client.principal, ...client.others]);
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
  isShared: boolean,
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
    ...(isShared && { others: new Set<string>() }),
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

/** Adds an access; true when it is graver than those before, or from another address; of many, when they have doubled. */
function addAccess(client: Client, access: Activity, verdict: Verdict): boolean {
  const { time } = access;
  client.count++;
  client.firstTime = Math.min(client.firstTime, time);
  client.lastTime = Math.max(client.lastTime, time);
  client.isLate ||= access.isLate;
  const isGraver = SEVERITIES.indexOf(verdict.severity) > SEVERITIES.indexOf(client.verdict.severity);
  if (isGraver) {
    client.verdict = verdict;
  }
  const isFromElsewhere = addAddress(client, access);
  const { others } = client;
  const isFurther = others === undefined ? isFromElsewhere : addPrincipal(client.principal, others, access);
  const isNews = isGraver || client.count === 1 || isFurther;
  if (isNews && client.records.length < MAX_RECORDS) {
    client.records = [...client.records, ...access.keep()].slice(0, MAX_RECORDS);
  }
  return isNews;
}

/** True when it is another address. */
function addAddress({ addresses }: Client, { address, directory }: Activity): boolean {
  if (address === 0 || addresses.size >= MAX_ADDRESSES) {
    return false;
  }
  const facts = directory.address(address);
  const isAnother = !addresses.has(facts.address);
  addresses.set(facts.address, facts);
  return isAnother;
}

/** True when there are twice as many by that. */
function addPrincipal(first: string, others: Set<string>, { principal, directory }: Activity): boolean {
  const name = directory.principal(principal);
  if (name === first || others.has(name) || others.size >= MAX_OTHERS) {
    return false;
  }
  others.add(name);
  return (others.size & (others.size - 1)) === 0;
}

function forgetQuietest(clients: Clients, report: Report): void {
  const byAge = [...clients].sort(([, a], [, b]) => a.lastTime - b.lastTime);
  for (const [key, client] of byAge.slice(0, MAX_CLIENTS / 4)) {
    settleClient(client, report);
    clients.delete(key);
  }
}

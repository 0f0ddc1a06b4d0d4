import type { Unfamiliar } from '../../baselines/member.ts';
import type { Members } from '../../baselines/members.ts';
import type { Activity } from '../../model/activity.ts';
import type { Finding, FindingEntities } from '../../model/finding.ts';
import type { Resource } from '../../model/resource.ts';
import { isAccountKey } from '../cosmosdb-commands.ts';
import { counted, day, describeAddress, habitTable, listed, named } from '../describe.ts';
import { domainOf } from '../principal-family-of.ts';
import { guidance } from './guidance.ts';
import { severityOf } from './severity-of.ts';
import type { Usual } from './surroundings.ts';

/** Principals told as usual. */
const MAX_TOLD = 12;
/** A surprise this far above the threshold leaves little doubt. */
const CERTAIN_NATS = 1;
const DAY_MS = 86_400_000;

/** What was decided about an access. */
export interface Verdict {
  standing: Unfamiliar;
  /** Nats. */
  surprise: number;
  threshold: number;
  dedupKey: string;
  usual: Usual;
}

export function findingOf(access: Activity, members: Members, verdict: Verdict, resource: Resource): Finding {
  const { directory, time, engine } = access;
  const { standing, surprise, threshold, dedupKey } = verdict;
  const entities = {
    principal: directory.principal(access.principal),
    address: directory.address(access.address),
    application: directory.application(access.application),
    database: directory.database(access.database),
  };
  const isNewDomain = standing === 'new' && isDomainNew(access, members);
  const { usual } = verdict;
  return {
    alertType: alertTypeOf(access, entities.principal),
    variant: variantOf(standing, entities.principal),
    displayName: `${engine === 'postgresql' ? 'Log on' : 'Access'} by ${standing === 'new' ? 'an unfamiliar' : 'a dormant'} principal`,
    summary: summaryOf(access, members, standing, resource, usual),
    severity: severityOf(standing, usual, entities, isNewDomain),
    confidence: surprise >= threshold + CERTAIN_NATS ? 'high' : 'medium',
    attack: { tactic: 'TA0001', technique: engine === 'postgresql' ? 'T1078' : 'T1078.004' },
    dedupKey,
    startTime: time,
    endTime: time,
    count: 1,
    entities,
    score: { value: round(surprise), threshold: round(threshold), unit: 'nats of surprise' },
    baseline: baselineOf(access, members, resource),
    observed: observedOf(usual, entities, members.size, isNewDomain),
    rawLines: access.keep().map((record) => record.show()),
    guidance: guidance(resource, entities),
    isLate: access.isLate,
  };
}

function alertTypeOf({ engine }: Activity, principal: string): string {
  if (engine === 'cosmosdb') {
    return 'CosmosDB_PrincipalAnomaly';
  }
  return domainOf(principal) === undefined ? 'SQL.PostgreSQL_PrincipalAnomaly' : 'SQL.PostgreSQL_DomainAnomaly';
}

function variantOf(standing: Unfamiliar, principal: string): string {
  if (standing === 'dormant') {
    return 'dormant woken';
  }
  return isAccountKey(principal) ? 'new kind of key' : 'never seen';
}

/** Whether the name has a domain that none of the members has. */
function isDomainNew({ directory, principal }: Activity, members: Members): boolean {
  const domain = domainOf(directory.principal(principal));
  if (domain === undefined) {
    return false;
  }
  let isKnown = false;
  members.forEachMember((id) => {
    isKnown ||= domainOf(directory.principal(id)) === domain;
  });
  return !isKnown;
}

function summaryOf(access: Activity, members: Members, standing: Unfamiliar, resource: Resource, usual: Usual): string {
  const { directory, engine } = access;
  const who = named(directory.principal(access.principal));
  const did = engine === 'postgresql' ? 'logged in to' : 'reached';
  const from = describeAddress(directory.address(access.address));
  return `${who} ${did} ${resource.name} from ${from}, ${news(access, members, standing)}; ${others(members)}, and ${surroundingsText(usual)}.`;
}

function news({ principal, time }: Activity, members: Members, standing: Unfamiliar): string {
  if (standing === 'new') {
    return members.firstTime === undefined || time - members.firstTime > members.memoryDays * DAY_MS
      ? `where it had not been seen in the last ${members.memoryDays} days`
      : `where it had not been seen since the log begins on ${day(members.firstTime)}`;
  }
  const lastTime = members.member(principal)?.lastTime ?? time;
  return `after ${counted(Math.floor((time - lastTime) / DAY_MS), 'day')} without any use (last seen ${day(lastTime)})`;
}

function others({ size }: Members): string {
  return `${counted(size, 'principal')} ${size === 1 ? 'is' : 'are'} known there`;
}

function surroundingsText(usual: Usual): string {
  const { address, place, application, people } = usual;
  const parts = { address, 'place of the client': place, application };
  const unusual = Object.entries(parts).flatMap(([part, isUsual]) => (isUsual ? [] : [part]));
  const texts = [
    ...(unusual.length === 0 ? [] : [`the ${listed(unusual)} ${unusual.length === 1 ? 'is' : 'are'} new here, too`]),
    ...(place && people?.here === false ? ['programs come from there, but no people'] : []),
    ...(people?.now === false ? ['people do not work at that hour'] : []),
  ];
  return texts.length === 0 ? 'it came from where, and with what, others come' : texts.join('; ');
}

function baselineOf({ directory }: Activity, members: Members, resource: Resource): Finding['baseline'] {
  const habits = members.latest(MAX_TOLD).map(({ id, ...member }) => ({ value: id, ...member }));
  return habitTable(`Principals that use ${resource.name}`, 'Principal', habits, (id) =>
    named(directory.principal(id)),
  );
}

function observedOf(
  usual: Usual,
  { address, application }: FindingEntities,
  known: number,
  isNewDomain: boolean,
): Record<string, string> {
  const told = (text: string, isUsual: boolean) => `${text} (${isUsual ? 'usual here' : 'new here'})`;
  return {
    'Principals known': String(known),
    Address: told(address!.address, usual.address),
    ...(address!.place !== undefined && { Place: told(address!.place.label, usual.place) }),
    Application: told(named(application ?? ''), usual.application),
    ...(isNewDomain && { Domain: 'no other principal has it' }),
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

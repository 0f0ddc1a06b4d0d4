import { type Finding, type FindingHead, lazyFinding } from '../../model/finding.ts';
import type { Confidence } from '../../model/severity.ts';
import { counted, describeAddress, listed, minute, named } from '../describe.ts';
import type { Client } from './clients.ts';
import { MAX_ALONE } from './common-tools.ts';
import { clientGuidance } from './guidance.ts';

const MAX_USUAL = 3;
const MAX_OTHERS = 31;

/** An unusual client as the one finding about it: later ones with the same start replace it. */
export function clientFinding(client: Client): Finding {
  const { dedupKey, verdict, firstTime: startTime, lastTime: endTime, count } = client;
  const head = { dedupKey, severity: verdict.severity, startTime, endTime, count };
  return lazyFinding(head, () => spellOut(client));
}

function spellOut(client: Client): Omit<Finding, keyof FindingHead> {
  const { resource, verdict, principal, others, application, database, addresses } = client;
  const isPostgresql = resource.engine === 'postgresql';
  const [address, ...otherAddresses] = addresses.values();
  const entities = {
    principal,
    ...(others !== undefined && others.size > 0 && { otherPrincipals: [...others].slice(0, MAX_OTHERS) }),
    ...(application !== '' && { application }),
    ...(database !== '' && { database }),
    ...(address !== undefined && { address }),
    ...(otherAddresses.length > 0 && { otherAddresses }),
  };
  return {
    alertType: isPostgresql ? 'SQL.PostgreSQL_HarmfulApplication' : 'CosmosDB_HarmfulApplication',
    variant: verdict.variant,
    displayName:
      verdict.variant === 'tool name'
        ? `${isPostgresql ? 'Login' : 'Access'} by a potentially harmful application`
        : `${isPostgresql ? 'Login' : 'Access'} by an application that is unusual for its user`,
    summary: summaryOf(client),
    confidence: confidenceOf(client),
    attack: { tactic: 'TA0001', technique: isPostgresql ? 'T1078' : 'T1078.004' },
    entities,
    score: {
      value: Number(verdict.judgement.surprise.toFixed(1)),
      threshold: Number(verdict.threshold.toFixed(1)),
      unit: 'nats of surprise at another application',
    },
    baseline: client.baseline,
    observed: observedOf(client),
    rawLines: client.records.map((record) => record.show()),
    guidance: clientGuidance(resource, entities),
    isLate: client.isLate,
  };
}

function confidenceOf({ verdict }: Client): Confidence {
  return verdict.votes.length > 2 ? 'high' : verdict.votes.length > 1 ? 'medium' : 'low';
}

function summaryOf(client: Client): string {
  const { resource, verdict, application, count } = client;
  const through = application === '' ? 'without an application name' : `through ${named(application)}`;
  const isPostgresql = resource.engine === 'postgresql';
  const did = isPostgresql ? 'logged in to' : 'read from';
  const often = count === 1 ? '' : ` (${counted(count, isPostgresql ? 'login' : 'request')})`;
  return `${whoOf(client)} ${did} ${resource.name} ${through} ${whenceOf(client)}${often}; ${habitOf(client)}. What speaks against it: ${listed(verdict.votes, verdict.votes.length)}.`;
}

function whoOf({ principal, others }: Client): string {
  return others === undefined || others.size === 0
    ? named(principal)
    : `${named(principal)} and ${counted(others.size, 'other principal')}`;
}

function whenceOf({ addresses, others }: Client): string {
  const [first] = addresses.values();
  const more = others !== undefined && addresses.size > 1 ? ' and elsewhere' : '';
  return first === undefined ? 'through a Unix socket' : `from ${describeAddress(first)}${more}`;
}

function habitOf({ others, baseline }: Client): string {
  if (others !== undefined) {
    return `${MAX_ALONE} principals have been told before, one by one`;
  }
  const usual = baseline.rows.slice(0, MAX_USUAL).map(([name]) => name!);
  return usual.length === 0 ? 'nothing is known of its applications yet' : `it has always used ${listed(usual)}`;
}

function observedOf({
  application,
  addresses,
  count,
  verdict,
  firstTime,
  lastTime,
  resource,
  others,
}: Client): Record<string, string> {
  const place = addresses.values().next().value?.place?.label;
  return {
    Application: named(application),
    ...(others !== undefined && { Principals: String(others.size + 1), 'Principals told before': String(MAX_ALONE) }),
    [resource.engine === 'postgresql' ? 'Logins' : 'Requests']: String(count),
    ...(place !== undefined && { Place: place }),
    'What speaks against it': verdict.votes.join('; '),
    'First and last (UTC)': `${minute(firstTime)} – ${minute(lastTime)}`,
  };
}

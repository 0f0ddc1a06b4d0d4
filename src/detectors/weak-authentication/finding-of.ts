import type { Activity } from '../../model/activity.ts';
import type { Finding } from '../../model/finding.ts';
import type { Resource } from '../../model/resource.ts';
import { describeAddress, named } from '../describe.ts';
import { guidance } from './guidance.ts';
import { ATTACK_ON, type Weakness } from './weakness.ts';

/** What was decided about an access. */
export interface Verdict {
  weakness: Weakness;
  dedupKey: string;
  /** Principals of which the same was told before; 0 unless the alert stands for all further ones. */
  others: number;
  /** An identity that uses the account: needed for `account key` only. */
  identity: string;
}

const TITLE: Readonly<Record<Weakness, string>> = {
  'no TLS': 'Log on without encryption from a public address',
  trust: 'Log on without any credential',
  'cleartext password': 'Log on with a cleartext password',
  md5: 'Log on by the md5 method',
  'superuser from outside': 'Log on as superuser from a public address',
  'account key': 'Account key used where identities are possible',
};

/** The middle of the sentence, between the resource and the address. */
const WHAT: Readonly<Record<Weakness, string>> = {
  'no TLS': 'without encryption',
  trust: 'without giving any credential (trust)',
  'cleartext password': 'by a password that the client sends as it is (password)',
  md5: 'by a rule that allows MD5 hashes (md5)',
  'superuser from outside': 'as a superuser',
  'account key': 'with an account key',
};

const WHY: Readonly<Record<Weakness, string>> = {
  'no TLS': 'whoever is on the way can read and change everything, passwords of some methods included',
  trust: 'whoever reaches the port may do the same',
  'cleartext password': 'the server, and whoever is on the way of a session without TLS, learns the password',
  md5: 'such a hash is all that is needed to log in, and is quickly guessed',
  'superuser from outside': 'it is the first name that is guessed at, and it may do everything',
  'account key': 'it has no person behind it, and may do everything in the account',
};

export function findingOf(access: Activity, verdict: Verdict, resource: Resource): Finding {
  const { directory, time, engine } = access;
  const { weakness, dedupKey } = verdict;
  const entities = {
    principal: directory.principal(access.principal),
    address: directory.address(access.address),
    application: directory.application(access.application),
    database: directory.database(access.database),
  };
  return {
    alertType: engine === 'postgresql' ? 'SQL.PostgreSQL_WeakAuthentication' : 'CosmosDB_KeyAuthentication',
    variant: weakness,
    displayName: TITLE[weakness],
    summary: summaryOf(entities.principal, describeAddress(entities.address), verdict, resource),
    severity: 'Informational',
    confidence: 'high',
    attack: ATTACK_ON[weakness],
    dedupKey,
    startTime: time,
    endTime: time,
    count: 1,
    entities,
    score: { value: 1, threshold: 1, unit: 'log records' },
    baseline: {
      title: 'What a login should show',
      columns: ['Fact', 'Seen', 'Wanted'],
      rows: [[factOf(weakness), weakness, wantedOf(weakness)]],
    },
    observed: { Weakness: weakness, ...(verdict.others > 0 && { 'Principals told before': String(verdict.others) }) },
    rawLines: access.keep().map((record) => record.show()),
    guidance: guidance(resource, weakness, entities),
    isLate: access.isLate,
  };
}

function summaryOf(principal: string, from: string, verdict: Verdict, { name, engine }: Resource): string {
  const { weakness, others, identity } = verdict;
  const who = principal === '' ? 'Somebody' : named(principal);
  const did = engine === 'postgresql' ? `logged in to ${name}` : `reached ${name}`;
  const too = weakness === 'account key' ? `, while ${named(identity)} uses an identity of Entra ID` : '';
  const more = others === 0 ? '' : `; it is one of more than ${others} principals that do`;
  return `${who} ${did} ${WHAT[weakness]} from ${from}${too}: ${WHY[weakness]}${more}.`;
}

function factOf(weakness: Weakness): string {
  switch (weakness) {
    case 'no TLS':
      return 'Encryption';
    case 'superuser from outside':
      return 'Role';
    default:
      return 'Method';
  }
}

function wantedOf(weakness: Weakness): string {
  switch (weakness) {
    case 'no TLS':
      return 'TLS 1.2 or later';
    case 'superuser from outside':
      return 'a role that may do what is needed, through a network of yours';
    case 'account key':
      return 'an identity of Entra ID';
    default:
      return 'scram-sha-256, a client certificate or Kerberos';
  }
}

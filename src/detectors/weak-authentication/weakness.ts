import { type Activity, ActivityClass, Protection } from '../../model/activity.ts';
import type { AddressFacts } from '../../model/address-facts.ts';
import type { Attack } from '../../model/attack.ts';
import type { Sensitivity } from '../sensitivity.ts';

/** How an access could be taken over, or watched, by others. */
export type Weakness = 'no TLS' | 'trust' | 'cleartext password' | 'md5' | 'superuser from outside' | 'account key';

/** Technique that a weakness makes easy. */
export const ATTACK_ON: Readonly<Record<Weakness, Attack>> = {
  'no TLS': { tactic: 'TA0006', technique: 'T1040' },
  trust: { tactic: 'TA0001', technique: 'T1078' },
  'cleartext password': { tactic: 'TA0006', technique: 'T1040' },
  md5: { tactic: 'TA0006', technique: 'T1040' },
  'superuser from outside': { tactic: 'TA0001', technique: 'T1078.001' },
  'account key': { tactic: 'TA0001', technique: 'T1078.004' },
};

/** Roles that a server, or the company that runs it, makes by itself and that may do everything, or nearly so. */
const SUPERUSERS = new Set([
  'postgres',
  'rdsadmin',
  'azuresu',
  'azure_superuser',
  'azure_pg_admin',
  'cloudsqladmin',
  'cloudsqlsuperuser',
  'alloydbadmin',
  'enterprisedb',
  'supabase_admin',
]);
const LOOPBACK = /^(?:127\.|::1$|\[local\]$)/;

/** The weaknesses that a PostgreSQL login shows. Those that only matter where nobody is trusted are told at `high`. */
export function weaknessesOf(activity: Activity, sensitivity: Sensitivity): Weakness[] {
  return activity.class === ActivityClass.credentialAccepted
    ? weakMethodsOf(activity, sensitivity)
    : weakPathsOf(activity, sensitivity);
}

function weakMethodsOf({ protection, address, directory }: Activity, sensitivity: Sensitivity): Weakness[] {
  if ((protection & (Protection.trust | Protection.password | Protection.md5)) === 0) {
    return [];
  }
  const isHere = LOOPBACK.test(directory.address(address).address);
  if (isHere && sensitivity !== 'high') {
    return []; // who is on the machine needs no network to take it over
  }
  if ((protection & Protection.trust) !== 0) {
    return ['trust'];
  }
  if ((protection & Protection.password) !== 0) {
    return ['cleartext password'];
  }
  return sensitivity === 'low' ? [] : ['md5'];
}

function weakPathsOf({ protection, address, principal, directory }: Activity, sensitivity: Sensitivity): Weakness[] {
  if (protection === 0) {
    return []; // not the line of a login
  }
  const facts = directory.address(address);
  const isPublic = isOutside(facts);
  const isOpen = isPublic || (sensitivity === 'high' && !LOOPBACK.test(facts.address));
  const found: Weakness[] = [];
  if ((protection & Protection.unencrypted) !== 0 && isOpen) {
    found.push('no TLS');
  }
  if (isPublic && SUPERUSERS.has(directory.principal(principal))) {
    found.push('superuser from outside');
  }
  return found;
}

/** A network that was named is known; an address about which nothing is known is not called public. */
function isOutside({ place, namedNetwork }: AddressFacts): boolean {
  return place?.kind === 'public' && namedNetwork === undefined;
}

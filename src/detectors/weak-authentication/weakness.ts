import { grown } from '../../lib/pair-table.ts';
import { type Activity, ActivityClass, Protection } from '../../model/activity.ts';
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
const NOT_LOOKED_UP = 0;
const ORDINARY = 1;
const SUPERUSER = 2;
const LOOPBACK = /^(?:127\.|::1$|\[local\]$)/;

/** Which principals are superusers by their names, each of which is looked at once. */
export class Superusers {
  static readonly omits = ['kinds'];
  /** By principal. */
  private kinds = new Uint8Array(0);

  isOne({ principal, directory }: Activity): boolean {
    if (principal >= this.kinds.length) {
      this.kinds = grown(this.kinds, 2 * (principal + 1));
    }
    if (this.kinds[principal] === NOT_LOOKED_UP) {
      this.kinds[principal] = SUPERUSERS.has(directory.principal(principal)) ? SUPERUSER : ORDINARY;
    }
    return this.kinds[principal] === SUPERUSER;
  }

  /** Ids may be given to other principals from here on. */
  forgetIds(): void {
    this.kinds.fill(NOT_LOOKED_UP);
  }

  restored(): void {
    this.kinds = new Uint8Array(0);
  }
}

/** The weaknesses that a PostgreSQL login shows. Those that only matter where nobody is trusted are told at `high`. */
export function weaknessesOf(
  activity: Activity,
  superusers: Superusers,
  sensitivity: Sensitivity,
): readonly Weakness[] {
  return activity.class === ActivityClass.credentialAccepted
    ? weakMethodsOf(activity, sensitivity)
    : weakPathsOf(activity, superusers, sensitivity);
}

function weakMethodsOf(activity: Activity, sensitivity: Sensitivity): readonly Weakness[] {
  const { protection } = activity;
  if ((protection & (Protection.trust | Protection.password | Protection.md5)) === 0) {
    return NONE;
  }
  if (sensitivity !== 'high' && isLoopback(activity)) {
    return NONE; // who is on the machine needs no network to take it over
  }
  if ((protection & Protection.trust) !== 0) {
    return ['trust'];
  }
  if ((protection & Protection.password) !== 0) {
    return ['cleartext password'];
  }
  return sensitivity === 'low' ? NONE : ['md5'];
}

function weakPathsOf(activity: Activity, superusers: Superusers, sensitivity: Sensitivity): readonly Weakness[] {
  const { protection } = activity;
  if (protection === 0) {
    return NONE; // not the line of a login
  }
  const isUnencrypted = (protection & Protection.unencrypted) !== 0;
  const isSuperuser = superusers.isOne(activity);
  if (!isUnencrypted && !isSuperuser) {
    return NONE; // wherever it comes from
  }
  const isPublic = isOutside(activity);
  const isOpen = isPublic || (sensitivity === 'high' && !isLoopback(activity));
  const isWatched = isUnencrypted && isOpen;
  const isPowerful = isPublic && isSuperuser;
  return isPowerful
    ? isWatched
      ? ['no TLS', 'superuser from outside']
      : SUPERUSER_ONLY
    : isWatched
      ? NO_TLS_ONLY
      : NONE;
}

/** Most logins show the same; lists of one are made once. */
const NONE: readonly Weakness[] = [];
const NO_TLS_ONLY: readonly Weakness[] = ['no TLS'];
const SUPERUSER_ONLY: readonly Weakness[] = ['superuser from outside'];

/**
 * A network that was named is known; an address about which nothing is known is not called public. Asks for the place
 * only, which is at hand for addresses seen before.
 */
function isOutside({ place, directory }: Activity): boolean {
  return place !== 0 && directory.place(place).kind === 'public';
}

function isLoopback({ address, directory }: Activity): boolean {
  return LOOPBACK.test(directory.address(address).address);
}

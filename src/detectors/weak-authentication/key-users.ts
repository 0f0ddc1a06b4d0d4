import { grown } from '../../lib/pair-table.ts';
import type { Activity, Id } from '../../model/activity.ts';
import { isAccountKey } from '../cosmosdb-commands.ts';

/** An identity shows for so long that Entra is possible. */
const ENTRA_MS = 30 * 86_400_000;
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Uses of one key are looked at so often: there may be thousands a second. */
const PAUSE_MS = 3_600_000;
/** Kinds of account keys; there are four, in any letter case. */
const MAX_KEYS = 16;

/** What a principal is, as far as it was looked at. */
const Kind = { unknown: 0, key: 1, identity: 2, other: 3 } as const;

/** By whom a Cosmos DB account is used. */
export interface KeyUsers {
  /** By principal, of `Kind`. May lose any entry. */
  kinds: Uint8Array;
  /** When each account key was last looked at. Milliseconds. */
  keys: Map<Id, number>;
  /** The identity that came first, and when one came last. Milliseconds; −∞ for never. */
  identity: string;
  identityTime: number;
}

export function createKeyUsers(): KeyUsers {
  return { kinds: new Uint8Array(0), keys: new Map(), identity: '', identityTime: Number.NEGATIVE_INFINITY };
}

/** Whether an account key is used while identities of Entra use the account, too. True once an hour. */
export function isNeedlessKey(users: KeyUsers, { principal, time, directory }: Activity): boolean {
  const known = principal < users.kinds.length ? users.kinds[principal]! : Kind.unknown;
  const kind = known === Kind.unknown ? kindOf(users, principal, directory.principal(principal)) : known;
  if (kind === Kind.identity) {
    users.identityTime = Math.max(users.identityTime, time);
    users.identity ||= directory.principal(principal);
  }
  if (
    kind !== Kind.key ||
    time - users.identityTime >= ENTRA_MS ||
    time - (users.keys.get(principal) ?? 0) < PAUSE_MS
  ) {
    return false;
  }
  if (users.keys.size >= MAX_KEYS) {
    users.keys.clear();
  }
  users.keys.set(principal, time);
  return true;
}

function kindOf(users: KeyUsers, principal: Id, name: string): number {
  if (principal >= users.kinds.length) {
    users.kinds = grown(users.kinds, 2 * (principal + 1));
  }
  const kind = isAccountKey(name) ? Kind.key : GUID.test(name) ? Kind.identity : Kind.other;
  users.kinds[principal] = kind;
  return kind;
}

import type { Activity, Id } from '../../model/activity.ts';
import { isAccountKey } from '../cosmosdb-commands.ts';

/** An identity shows for so long that Entra is possible. */
const ENTRA_MS = 30 * 86_400_000;
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Principals whose kind is at hand. */
const MAX_KINDS = 4096;
/** Uses of one key are looked at so often: there may be thousands a second. */
const PAUSE_MS = 3_600_000;
/** Kinds of account keys; there are four, in any letter case. */
const MAX_KEYS = 16;

type Kind = 'key' | 'identity' | 'other';

/** By whom a Cosmos DB account is used. */
export interface KeyUsers {
  /** What principals are. May lose any entry. */
  kinds: Map<Id, Kind>;
  /** When each account key was last looked at. Milliseconds. */
  keys: Map<Id, number>;
  /** The identity that came first, and when one came last. Milliseconds; −∞ for never. */
  identity: string;
  identityTime: number;
}

export function createKeyUsers(): KeyUsers {
  return { kinds: new Map(), keys: new Map(), identity: '', identityTime: Number.NEGATIVE_INFINITY };
}

/** Whether an account key is used while identities of Entra use the account, too. True once an hour. */
export function isNeedlessKey(users: KeyUsers, { principal, time, directory }: Activity): boolean {
  const kind = users.kinds.get(principal) ?? kindOf(users, principal, directory.principal(principal));
  if (kind === 'identity') {
    users.identityTime = Math.max(users.identityTime, time);
    users.identity ||= directory.principal(principal);
  }
  if (kind !== 'key' || time - users.identityTime >= ENTRA_MS || time - (users.keys.get(principal) ?? 0) < PAUSE_MS) {
    return false;
  }
  if (users.keys.size >= MAX_KEYS) {
    users.keys.clear();
  }
  users.keys.set(principal, time);
  return true;
}

function kindOf({ kinds }: KeyUsers, principal: Id, name: string): Kind {
  const kind = isAccountKey(name) ? 'key' : GUID.test(name) ? 'identity' : 'other';
  if (kinds.size >= MAX_KINDS) {
    kinds.clear();
  }
  kinds.set(principal, kind);
  return kind;
}

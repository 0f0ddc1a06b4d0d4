import { createHash, timingSafeEqual } from 'node:crypto';
import { findToken } from '../identity/tokens.ts';
import { isWithin, scopeKey } from '../model/scope.ts';
import type { Store } from '../store/store.ts';
import type { Authorize } from './intakes.ts';

/** By the token that the configuration names for an input, or by an ingest token of the store. */
export function authorizePush(store: Store): Authorize {
  return async (token, target) => {
    const own = (target?.plan.settings as { token?: string } | undefined)?.token;
    if (own !== undefined && areEqual(own, token)) {
      return 'yes';
    }
    const found = await findToken({ store: store.identity, clock: Date.now }, token, 'ingest');
    if (found === undefined) {
      return 'unknown';
    }
    return target === undefined || isWithin(target.scope, scopeKey(found.scope)) ? 'yes' : 'forbidden';
  };
}

/** Takes as long for a wrong token as for the right one. */
function areEqual(a: string, b: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}

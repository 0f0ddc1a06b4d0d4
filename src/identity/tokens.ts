import { randomUUID } from 'node:crypto';
import type { ApiToken, TokenKind } from '../store/identity-store.ts';
import type { Identity } from './identity.ts';
import { applicationPrincipal, limited, type Principal, userPrincipal } from './principal.ts';
import { hashSecret, newSecret } from './secret.ts';

/** Beginnings by which people and scanners of leaked secrets know what they found. */
const PREFIXES: Record<TokenKind, string> = { api: 'vedette_api_', ingest: 'vedette_ingest_', 'sign-in': '' };
/** The last use is noted no more often. Milliseconds. */
const USED_EVERY_MS = 60_000;

export interface NewToken {
  kind: TokenKind;
  name: string;
  /** Whom it acts as. */
  principalId?: string;
  /** Limits it further; empty: not. */
  scope: string;
  /** Milliseconds since the epoch. */
  expiresTime?: number;
}

/** Makes a token; its secret is told once, here. */
export async function addToken(
  { store, clock }: Identity,
  request: NewToken,
): Promise<{ token: ApiToken; secret: string }> {
  const secret = newSecret(PREFIXES[request.kind]);
  const token = {
    ...request,
    id: randomUUID(),
    scope: request.scope.toLowerCase(),
    hash: hashSecret(secret),
    createdTime: clock(),
  };
  await store.tokens.add(token);
  return { token, secret };
}

/** The token of the secret, as long as it is valid. */
export async function findToken(
  { store, clock }: Pick<Identity, 'store' | 'clock'>,
  secret: string,
  kind: TokenKind,
): Promise<ApiToken | undefined> {
  const token = await store.tokens.byHash(hashSecret(secret));
  const now = clock();
  if (
    token?.kind !== kind ||
    token.revokedTime !== undefined ||
    now >= (token.expiresTime ?? Number.POSITIVE_INFINITY)
  ) {
    return undefined;
  }
  if (kind !== 'sign-in' && now - (token.lastUsedTime ?? 0) > USED_EVERY_MS) {
    await store.tokens.used(token.id, now);
  }
  return token;
}

/** Whether the text is one of our API tokens, by its looks. */
export function looksLikeApiToken(text: string): boolean {
  return text.startsWith(PREFIXES.api);
}

/** Whom the secret of an API token speaks for; undefined: for nobody. */
export async function tokenPrincipal(identity: Identity, secret: string): Promise<Principal | undefined> {
  const token = await findToken(identity, secret, 'api');
  if (token?.principalId === undefined) {
    return undefined;
  }
  const principal = await principalOfId(identity, token.principalId);
  return principal === undefined ? undefined : limited(principal, token.scope);
}

/** The user or service principal of the id, while it may act. */
async function principalOfId(identity: Identity, id: string): Promise<Principal | undefined> {
  const user = await identity.store.users.get(id);
  if (user !== undefined) {
    return user.disabled ? undefined : userPrincipal(identity, user);
  }
  const application = await identity.store.servicePrincipals.get(id);
  return application === undefined || application.disabled ? undefined : applicationPrincipal(identity, application);
}

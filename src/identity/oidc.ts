import * as client from 'openid-client';
import { guardedFetch } from '../lib/outbound/guarded-fetch.ts';
import { seal, unseal } from './seal.ts';

/** Whoever does not come back within this begins anew. Milliseconds. */
const PENDING_MS = 10 * 60_000;
/** A provider that answers nothing for so long is away. Seconds. */
const TIMEOUT_S = 10;

export interface OidcOptions {
  issuer: string;
  clientId: string;
  clientSecret: string;
  scopes: readonly string[];
  /** Claim that holds the groups of a person. */
  groupsClaim: string;
}

/** Who signed in at the provider. */
export interface OidcPerson {
  issuer: string;
  subject: string;
  /** What people call them there; never proof of who they are here. */
  name?: string;
  displayName?: string;
  /** Only where the provider does not say that it is unproven. */
  email?: string;
  groups: readonly string[];
}

/** What the browser brings back, sealed: nobody can begin for another and let him finish. */
interface Pending {
  state: string;
  nonce: string;
  verifier: string;
  returnTo: string;
  until: number;
}

/** OpenID Connect: the authorization code flow with PKCE. */
export interface OidcSignIn {
  /** Where the browser is sent, and what it keeps meanwhile. */
  begin(redirectUri: string, returnTo: string): Promise<{ url: string; pending: string }>;
  /** Rejects where the answer is not one to what was begun. */
  finish(answer: URL, pending: string): Promise<{ person: OidcPerson; returnTo: string }>;
}

export function createOidcSignIn(options: OidcOptions, sealKey: Uint8Array, clock: () => number): OidcSignIn {
  let found: Promise<client.Configuration> | undefined;

  /** Asked for when first needed: a provider that is away keeps nobody from starting. */
  function configuration(): Promise<client.Configuration> {
    found ??= discover(options).catch((error: unknown) => {
      found = undefined;
      throw error;
    });
    return found;
  }

  return {
    async begin(redirectUri, returnTo) {
      const verifier = client.randomPKCECodeVerifier();
      const [state, nonce] = [client.randomState(), client.randomNonce()];
      const url = client.buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: options.scopes.join(' '),
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      });
      const pending: Pending = { state, nonce, verifier, returnTo, until: clock() + PENDING_MS };
      return { url: url.href, pending: await seal(pending, sealKey) };
    },
    async finish(answer, sealed) {
      const { state, nonce, verifier, returnTo, until } = (await unseal(sealed, sealKey)) as Pending;
      if (clock() > until) {
        throw new Error('the sign-in took too long');
      }
      const config = await configuration();
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
      const tokens = await client.authorizationCodeGrant(config, answer, checks);
      const claims = tokens.claims()!;
      const more =
        config.serverMetadata().userinfo_endpoint === undefined
          ? {}
          : await client.fetchUserInfo(config, tokens.access_token, claims.sub);
      return { person: personOf({ ...more, ...claims }, options.groupsClaim), returnTo };
    },
  };
}

function discover({ issuer, clientId, clientSecret }: OidcOptions): Promise<client.Configuration> {
  const url = new URL(issuer);
  const isThisMachine = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  return client.discovery(url, clientId, clientSecret, undefined, {
    timeout: TIMEOUT_S,
    [client.customFetch]: (address, request) => guardedFetch(address, { ...request, body: textOf(request.body) }),
    ...(url.protocol === 'http:' && isThisMachine && { execute: [client.allowInsecureRequests] }),
  });
}

/** Forms and JSON are all that is sent. */
function textOf(body: client.FetchBody): string | URLSearchParams | undefined {
  return body instanceof URLSearchParams || typeof body === 'string' ? body : undefined;
}

function personOf(claims: Readonly<Record<string, unknown>>, groupsClaim: string): OidcPerson {
  const text = (name: string) => (typeof claims[name] === 'string' && claims[name] !== '' ? claims[name] : undefined);
  const name = text('preferred_username') ?? text('email');
  const displayName = text('name');
  const email = claims.email_verified === false ? undefined : text('email');
  const groups = claims[groupsClaim];
  return {
    issuer: String(claims.iss),
    subject: String(claims.sub),
    ...(name !== undefined && { name }),
    ...(displayName !== undefined && { displayName: displayName.slice(0, 200) }),
    ...(email !== undefined && { email }),
    groups: Array.isArray(groups) ? groups.map(String) : typeof groups === 'string' ? [groups] : [],
  };
}

import { randomUUID } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import type { Identity } from './identity.ts';
import { SIGNING_ALGORITHM, signingKey, verifyingKey } from './signing-keys.ts';

/** What Azure gives, too. Seconds. */
export const ACCESS_TOKEN_LIFE_S = 3600;
/** Clocks of one machine differ from another's. Seconds. */
const CLOCK_SKEW_S = 5;

/** What an access token says. */
export interface AccessGrant {
  /** Client id of the service principal. */
  appId: string;
  objectId: string;
  /** Of its secrets the one that it was got with: without that one it is worth nothing. */
  secretId: string;
  /** What it was asked for, such as `https://management.azure.com`. */
  audience: string;
  /** Origin and tenant that gave it. */
  issuer: string;
}

/** Claims as in Azure's tokens for applications: learn.microsoft.com/entra/identity-platform/access-token-claims-reference. */
export async function issueAccessToken(identity: Identity, grant: AccessGrant): Promise<string> {
  const { kid, key } = await signingKey(identity);
  const issuedAt = Math.floor(identity.clock() / 1000);
  const { appId, objectId, secretId, audience, issuer } = grant;
  return new SignJWT({
    tid: identity.tenantId,
    oid: objectId,
    appid: appId,
    secret: secretId,
    idtyp: 'app',
    ver: '1.0',
  })
    .setProtectedHeader({ alg: SIGNING_ALGORITHM, typ: 'JWT', kid })
    .setJti(randomUUID())
    .setIssuer(issuer)
    .setSubject(objectId)
    .setAudience(audience)
    .setIssuedAt(issuedAt)
    .setNotBefore(issuedAt)
    .setExpirationTime(issuedAt + ACCESS_TOKEN_LIFE_S)
    .sign(key);
}

/** What is read from a token that is believed. */
export interface ReadToken {
  tokenId: string;
  appId: string;
  secretId: string;
  /** Milliseconds since the epoch. */
  expiresTime: number;
}

/** What the token says, where one of our keys signed it, in its time, and nobody took it back; otherwise why not. */
export async function readAccessToken(
  identity: Identity,
  token: string,
): Promise<ReadToken | { problem: 'expired' | 'invalid' }> {
  try {
    const { payload } = await jwtVerify(token, async ({ kid }) => keyOf(identity, kid), {
      algorithms: [SIGNING_ALGORITHM],
      typ: 'JWT',
      clockTolerance: CLOCK_SKEW_S,
      currentDate: new Date(identity.clock()),
      requiredClaims: ['aud', 'exp', 'iss', 'jti', 'sub'],
    });
    const { jti, exp, tid, appid, secret } = payload;
    if (tid !== identity.tenantId || typeof appid !== 'string' || typeof secret !== 'string') {
      return { problem: 'invalid' };
    }
    return (await identity.store.keys.isRevoked(jti!))
      ? { problem: 'invalid' }
      : { tokenId: jti!, appId: appid, secretId: secret, expiresTime: exp! * 1000 };
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) {
      return { problem: error instanceof errors.JWTExpired ? 'expired' : 'invalid' };
    }
    throw error; // the store does not answer: that says nothing of the token
  }
}

async function keyOf(identity: Identity, kid: string | undefined) {
  const key = kid === undefined ? undefined : await verifyingKey(identity, kid);
  if (key === undefined) {
    throw new errors.JWKSNoMatchingKey();
  }
  return key;
}

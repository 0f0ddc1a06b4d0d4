import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import type { SigningKey } from '../store/identity-store.ts';
import type { Identity } from './identity.ts';
import { seal, unseal } from './seal.ts';

/** What Azure signs with; every client of OAuth knows it. */
export const SIGNING_ALGORITHM = 'RS256';
/** A key signs for so long before another takes over. Milliseconds. */
const SIGNING_LIFE_MS = 30 * 24 * 3_600_000;
/** Then it is believed for so long: well beyond the life of a token. Milliseconds. */
const RETIRED_LIFE_MS = 24 * 3_600_000;

/** The key that signs now; a new one where none does any more. */
export async function signingKey(identity: Identity): Promise<{ kid: string; key: CryptoKey }> {
  const now = identity.clock();
  const current = (await identity.store.keys.list(now)).find(({ retiresTime }) => now < retiresTime);
  const { kid, privateKey } = current ?? (await addKey(identity, now));
  return { kid, key: await importKey((await unseal(privateKey as string, identity.sealKey)) as JWK) };
}

/** What the world may know of the keys that are believed: RFC 7517. */
export async function publicKeys({ store, clock }: Identity): Promise<JWK[]> {
  return (await store.keys.list(clock())).map(({ kid, publicKey }) => ({
    ...(publicKey as JWK),
    kid,
    use: 'sig',
    alg: SIGNING_ALGORITHM,
  }));
}

/** The key that checks a signature; undefined where it is none of ours, or no longer believed. */
export async function verifyingKey({ store, clock }: Identity, kid: string): Promise<CryptoKey | undefined> {
  const key = (await store.keys.list(clock())).find((it) => it.kid === kid);
  return key === undefined ? undefined : importKey(key.publicKey as JWK);
}

async function addKey({ store, sealKey }: Identity, now: number): Promise<SigningKey> {
  const pair = await generateKeyPair(SIGNING_ALGORITHM, { extractable: true });
  const publicKey = await exportJWK(pair.publicKey);
  const key: SigningKey = {
    kid: await calculateJwkThumbprint(publicKey),
    algorithm: SIGNING_ALGORITHM,
    publicKey,
    privateKey: await seal(await exportJWK(pair.privateKey), sealKey),
    createdTime: now,
    retiresTime: now + SIGNING_LIFE_MS,
    expiresTime: now + SIGNING_LIFE_MS + RETIRED_LIFE_MS,
  };
  await store.keys.add(key);
  return key;
}

async function importKey(jwk: JWK): Promise<CryptoKey> {
  return (await importJWK(jwk, SIGNING_ALGORITHM)) as CryptoKey;
}

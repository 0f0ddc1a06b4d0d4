import { randomUUID } from 'node:crypto';
import type { ServicePrincipal } from '../store/identity-store.ts';
import { readAccessToken } from './access-tokens.ts';
import type { Identity } from './identity.ts';
import { applicationPrincipal, type Principal } from './principal.ts';
import { hashSecret, newSecret, sameSecret } from './secret.ts';

/** Characters of a secret that are shown later, so that people know which it was. */
const HINT_LENGTH = 3;

/** A service principal with its first secret, which is told once, here. */
export async function addApplication(
  identity: Identity,
  displayName: string,
  expiresTime: number,
): Promise<{ application: ServicePrincipal; secret: string }> {
  const { secret, kept } = makeSecret(identity.clock(), expiresTime);
  const application = await identity.store.servicePrincipals.put(
    {
      appId: randomUUID(),
      objectId: randomUUID(),
      tenantId: identity.tenantId,
      displayName,
      disabled: false,
      secrets: [kept],
      createdTime: identity.clock(),
    },
    { ifNoneMatch: '*' },
  );
  return { application, secret };
}

/** One more secret, so that an old one can be replaced without a gap. */
export async function addSecret(
  { store, clock }: Identity,
  { etag, ...application }: ServicePrincipal,
  expiresTime: number,
): Promise<{ secretId: string; secret: string }> {
  const { secret, kept } = makeSecret(clock(), expiresTime);
  await store.servicePrincipals.put({ ...application, secrets: [...application.secrets, kept] }, { ifMatch: etag });
  return { secretId: kept.id, secret };
}

/** Without its secret, tokens that were got with it are worth nothing. False: there was no such secret. */
export async function removeSecret(
  { store }: Identity,
  { etag, ...application }: ServicePrincipal,
  secretId: string,
): Promise<boolean> {
  const secrets = application.secrets.filter(({ id }) => id !== secretId);
  if (secrets.length === application.secrets.length) {
    return false;
  }
  await store.servicePrincipals.put({ ...application, secrets }, { ifMatch: etag });
  return true;
}

/** The application of the client id and secret; undefined for every other case. */
export async function checkSecret(
  { store, clock }: Identity,
  appId: string,
  secret: string,
): Promise<{ application: ServicePrincipal; secretId: string } | undefined> {
  const application = await store.servicePrincipals.get(appId.toLowerCase());
  const now = clock();
  const hashed = hashSecret(secret);
  const match = application?.secrets.find(({ hash, expiresTime }) => sameSecret(hash, hashed) && now < expiresTime);
  if (application === undefined || match === undefined || application.disabled) {
    return undefined;
  }
  await store.servicePrincipals.used(application.appId, now);
  return { application, secretId: match.id };
}

/** Whom an access token speaks for, as long as the secret that it was got with is valid. */
export async function accessTokenPrincipal(
  identity: Identity,
  token: string,
): Promise<Principal | { problem: 'expired' | 'invalid' }> {
  const read = await readAccessToken(identity, token);
  if ('problem' in read) {
    return read;
  }
  const application = await identity.store.servicePrincipals.get(read.appId);
  const isValid = application?.secrets.some(({ id }) => id === read.secretId) === true && !application.disabled;
  return isValid ? applicationPrincipal(identity, application!) : { problem: 'invalid' };
}

function makeSecret(now: number, expiresTime: number) {
  const secret = newSecret('');
  const kept = {
    id: randomUUID(),
    hash: hashSecret(secret),
    hint: secret.slice(0, HINT_LENGTH),
    createdTime: now,
    expiresTime,
  };
  return { secret, kept };
}

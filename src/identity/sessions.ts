import type { Session, User } from '../store/identity-store.ts';
import type { Identity } from './identity.ts';
import { hashSecret, newSecret } from './secret.ts';

/** Ends so long after its last use. Milliseconds. */
const IDLE_LIFE_MS = 12 * 3_600_000;
/** Ends so long after sign-in, used or not. Milliseconds. */
const WHOLE_LIFE_MS = 7 * 24 * 3_600_000;
/** The last use is noted no more often. Milliseconds. */
const TOUCH_EVERY_MS = 60_000;

export interface SignedIn {
  user: User;
  session: Session;
}

/** Starts a session; the secret is the value of its cookie and is not kept. */
export async function startSession(
  { store, clock }: Identity,
  user: User,
  client: { address?: string; userAgent?: string; facts?: Readonly<Record<string, string>> },
): Promise<{ secret: string; session: Session }> {
  const secret = newSecret('');
  const now = clock();
  const { facts, ...seen } = client;
  const session: Session = {
    idHash: hashSecret(secret),
    userId: user.id,
    createdTime: now,
    lastUsedTime: now,
    expiresTime: now + IDLE_LIFE_MS,
    ...seen,
    facts: { ...facts, csrf: newSecret('') },
  };
  await store.sessions.put(session);
  return { secret, session };
}

/** Who holds the cookie; undefined: the session is over, or its user may not sign in any more. */
export async function readSession({ store, clock }: Identity, secret: string): Promise<SignedIn | undefined> {
  const session = await store.sessions.get(hashSecret(secret));
  const now = clock();
  if (session === undefined || now >= session.expiresTime) {
    return undefined;
  }
  const user = await store.users.get(session.userId);
  if (user === undefined || user.disabled) {
    return undefined;
  }
  if (now - session.lastUsedTime > TOUCH_EVERY_MS) {
    const expiresTime = Math.min(now + IDLE_LIFE_MS, session.createdTime + WHOLE_LIFE_MS);
    await store.sessions.touch(session.idHash, now, expiresTime);
  }
  return { user, session };
}

import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Store } from '../store/store.ts';
import { isStoreError } from '../store/store-error.ts';

const KIND = 'evidence';
const SCOPE = 'signing-key';

/** How a secret is kept. */
export interface Sealing {
  seal(value: unknown): Promise<string>;
  unseal(sealed: string): Promise<unknown>;
}

type Documents = Pick<Store, 'documents'>;

/** The key that signs packages of evidence; undefined where none was made yet. */
export async function keptEvidenceKey({ documents }: Documents, sealing: Sealing): Promise<KeyObject | undefined> {
  const known = await documents.get(KIND, SCOPE);
  if (known === undefined) {
    return undefined;
  }
  const { privateKey } = known.body as { privateKey: string };
  return createPrivateKey(String(await sealing.unseal(privateKey)));
}

/** The same, made where there is none: once for each store, and sealed in it. */
export async function evidenceKey(store: Documents, sealing: Sealing, time: number): Promise<KeyObject> {
  const known = await keptEvidenceKey(store, sealing);
  if (known !== undefined) {
    return known;
  }
  const { privateKey } = generateKeyPairSync('ed25519');
  const sealed = await sealing.seal(String(privateKey.export({ type: 'pkcs8', format: 'pem' })));
  try {
    await store.documents.put({ kind: KIND, scope: SCOPE, body: { privateKey: sealed }, time }, { ifNoneMatch: '*' });
    return privateKey;
  } catch (error) {
    if (isStoreError(error, 'conflict')) {
      return evidenceKey(store, sealing, time); // another process was first
    }
    throw error;
  }
}

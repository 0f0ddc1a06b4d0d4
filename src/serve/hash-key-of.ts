import type { HashKey } from '../sql/keyed-hash.ts';
import type { Store } from '../store/store.ts';
import { isStoreError } from '../store/store-error.ts';

const KIND = 'engine';
const SCOPE = 'hash-key';

/** The secret by which hashes of statements are kept: made once for each store. */
export async function hashKeyOf({ documents }: Store): Promise<HashKey> {
  const known = await documents.get(KIND, SCOPE);
  if (known !== undefined) {
    return known.body as HashKey;
  }
  const [low, high] = crypto.getRandomValues(new Int32Array(2)) as unknown as [number, number];
  try {
    await documents.put({ kind: KIND, scope: SCOPE, body: { low, high }, time: Date.now() }, { ifNoneMatch: '*' });
    return { low, high };
  } catch (error) {
    if (isStoreError(error, 'conflict')) {
      return hashKeyOf({ documents } as Store); // another process was first
    }
    throw error;
  }
}

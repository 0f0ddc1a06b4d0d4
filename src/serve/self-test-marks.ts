import { allDocuments } from '../store/all-documents.ts';
import type { Store } from '../store/store.ts';

const KIND = 'selfTest';
/** A record that comes later than this is judged as any other. */
export const SELF_TEST_MS = 600_000;

interface Body {
  mark: string;
  /** Milliseconds since the epoch. */
  until: number;
}

/** The marks that are waited for, by key of the resource. They are kept: a record is known again after a crash, too. */
export async function selfTestMarks(store: Pick<Store, 'documents'>): Promise<Map<string, readonly string[]>> {
  const all = (await allDocuments(store, KIND, '')).map(({ scope, body }) => ({ scope, ...(body as Body) }));
  const valid = all.filter(({ until }) => until > Date.now());
  const byKey = Map.groupBy(valid, ({ scope, mark }) => scope.slice(0, -scopeEnd(mark).length));
  return new Map([...byKey].map(([key, bodies]) => [key, bodies.map(({ mark }) => mark)]));
}

/** Waits for records with a mark from now on; forgets marks whose time is over. */
export async function keepSelfTestMark(store: Pick<Store, 'documents'>, key: string, mark: string): Promise<void> {
  const time = Date.now();
  for (const { scope, body } of await allDocuments(store, KIND, '')) {
    if ((body as Body).until <= time) {
      await store.documents.remove(KIND, scope);
    }
  }
  const body: Body = { mark, until: time + SELF_TEST_MS };
  await store.documents.put({ kind: KIND, scope: key + scopeEnd(mark), body, time });
}

function scopeEnd(mark: string): string {
  return `/self-tests/${mark}`;
}

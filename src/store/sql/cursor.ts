import type { Page, PageRequest } from '../page.ts';
import { StoreError } from '../store-error.ts';

const MAX_LIMIT = 1000;

/** What a page is ordered by, of its last row; of the same types for every row of a list. */
export type Key = readonly (string | number)[];

/** One more row is read than a page holds: whether there are others behind it. */
export function rowsToRead({ limit }: PageRequest): number {
  return Math.min(Math.max(Math.trunc(limit) || 1, 1), MAX_LIMIT) + 1;
}

/** Cuts what was read (up to `rowsToRead`) to a page. */
export function pageOf<R, T>(
  request: PageRequest,
  rows: readonly R[],
  item: (row: R) => T,
  key: (row: R) => Key,
): Page<T> {
  const shown = rows.slice(0, rowsToRead(request) - 1);
  const last = shown.at(-1);
  const next = rows.length > shown.length && last !== undefined ? { next: encode(key(last)) } : {};
  return { items: shown.map(item), ...next };
}

/** The key that a page begins behind, in the types of `like`; undefined for the first page. */
export function keyBehind<K extends Key>({ cursor }: PageRequest, like: K): K | undefined {
  if (cursor === undefined) {
    return undefined;
  }
  const key = decode(cursor);
  if (key.length !== like.length || key.some((part, i) => typeof part !== typeof like[i])) {
    throw new StoreError('bad-cursor', 'The cursor is not one that a list of this kind gave.');
  }
  return key as unknown as K;
}

function encode(key: Key): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

function decode(cursor: string): unknown[] {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(key) ? key : [];
  } catch {
    return [];
  }
}

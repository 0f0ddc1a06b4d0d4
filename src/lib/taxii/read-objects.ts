import type { TaxiiRequest } from './taxii-request.ts';

/** An object of STIX, as it came. */
export type StixObject = Readonly<Record<string, unknown>>;

export interface ReadObjects {
  /** When the last of what was read was added, as the server tells it: where to go on. Absent: it does not tell. */
  addedLast?: string;
}

/** Answers of one reading; one that never ends is cut. */
const MOST_PAGES = 10_000;
/** What is asked for at once; servers may give less. */
const PAGE_SIZE = '1000';

/**
 * Reads the objects of a type in a collection, page by page, in the order in which they were added (TAXII 2.1, 5.4).
 * Rejects in one sentence.
 *
 * @param collection its address, with a slash at its end
 * @param addedAfter only what was added later
 */
export async function readObjects(
  collection: URL,
  { type, addedAfter }: { type: string; addedAfter?: string },
  ask: TaxiiRequest,
  take: (object: StixObject) => void,
): Promise<ReadObjects> {
  let after = addedAfter;
  let next: string | undefined;
  let addedLast: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const { body, headers } = await ask(pageUrl(collection, { type, after, next }));
    const objects: unknown[] = Array.isArray(body.objects) ? body.objects : [];
    for (const object of objects) {
      if (typeof object === 'object' && object !== null && !Array.isArray(object)) {
        take(object as StixObject);
      }
    }
    addedLast = headers.get('x-taxii-date-added-last') ?? addedLast;
    if (body.more !== true) {
      return addedLast === undefined ? {} : { addedLast };
    }
    const following = typeof body.next === 'string' && body.next !== '' ? body.next : undefined;
    if (following === undefined ? addedLast === undefined || addedLast === after : following === next) {
      throw new Error('the TAXII server tells no way on to the rest of the collection');
    }
    next = following;
    after = following === undefined ? addedLast : after;
  }
  throw new Error(`the collection has more than ${MOST_PAGES} pages`);
}

/** `next` goes with the same filters as before; where there is none, one goes on by time (3.5). */
function pageUrl(
  collection: URL,
  { type, after, next }: { type: string; after: string | undefined; next: string | undefined },
): URL {
  const url = new URL('objects/', collection);
  url.searchParams.set('match[type]', type);
  url.searchParams.set('limit', PAGE_SIZE);
  if (after !== undefined) {
    url.searchParams.set('added_after', after);
  }
  if (next !== undefined) {
    url.searchParams.set('next', next);
  }
  return url;
}

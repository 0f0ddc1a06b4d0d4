/** What part of a list is asked for. */
export interface PageRequest {
  /** Most rows of a page, 1 to 1000. */
  limit: number;
  /** `next` of the page before; absent: from the beginning. */
  cursor?: string;
}

/** A part of a list. Rows that come or go meanwhile never make a page skip or repeat others: paging is by keyset. */
export interface Page<T> {
  items: T[];
  /** Opaque; absent on the last page. */
  next?: string;
}

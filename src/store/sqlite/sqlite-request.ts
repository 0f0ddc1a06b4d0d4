import type { Outcome, Unit } from '../sql/statement.ts';
import type { StoreErrorCode } from '../store-error.ts';

/** What a thread is started with. */
export interface SqliteThreadData {
  path: string;
  role: 'writer' | 'reader';
}

/** To a thread. A writer takes units, a reader units of one query. */
export interface SqliteRequest {
  id: number;
  unit: Unit;
  /** Run as it stands, outside of any transaction: what SQLite refuses within one. */
  bare?: boolean;
}

/** To a thread, behind all requests: close the file in order, and end. */
export const CLOSE = 'close';

/** From a thread; several at once, since several units are committed at once. */
export type SqliteReply =
  | { id: number; outcomes: Outcome[] }
  | { id: number; error: { code: StoreErrorCode; message: string } };

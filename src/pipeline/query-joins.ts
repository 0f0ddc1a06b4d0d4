import { type Activity, ActivityClass, type Id } from '../model/activity.ts';
import type { RecordView } from '../parsers/parser.ts';
import { RecentRequests } from '../sessions/recent-requests.ts';
import type { Who } from './current-activity.ts';
import type { HeldStatement } from './held-statement.ts';

/** A request that was told this much later than its statement never comes: its category is not exported. */
const MAX_WAIT_MS = 15 * 60_000;
/** Statements that wait at a time; the oldest is judged without its client. */
const MAX_WAITING = 2048;
const MAX_WAITING_BYTES = 12 * 1024 * 1024;

/** Two halves of a name as one number; of equal ones the statements are given to the same request. */
const LOW_BITS = 21;

/** Judges a statement whose client is known, or never will be. */
type Judge = (statement: Activity) => void;

/** Joins the statements of a document store to the requests that ran them, in whichever order the two are told. */
export class QueryJoins {
  private readonly requests = new RecentRequests();
  /** By name, oldest first. */
  private readonly waiting = new Map<number, HeldStatement[]>();
  private count = 0;
  private bytes = 0;

  /** Notes who made a request, and judges the statements that waited for it. */
  noteRequest(view: RecordView, who: Who, judge: Judge): void {
    this.requests.note(view.sessionHigh, view.sessionLow, who.principal, who.address, view.status);
    if (this.count > 0) {
      this.release(keyOf(view), who.principal, who.address, view.status, judge);
      this.releaseOld(view.time, judge);
    }
  }

  /** Puts who made the request of a statement into `who`, its status into the view; false when that was not told yet. */
  find(view: RecordView, who: Who): boolean {
    const { requests } = this;
    const slot = requests.find(view.sessionHigh, view.sessionLow);
    if (slot !== 0) {
      who.principal = requests.principal[slot]!;
      who.address = requests.address[slot]!;
      view.status = requests.status[slot]!;
    }
    return slot !== 0;
  }

  /** Keeps a statement until its request is told. */
  wait(view: RecordView, statement: HeldStatement, judge: Judge): void {
    const key = keyOf(view);
    const statements = this.waiting.get(key);
    if (statements === undefined) {
      this.waiting.set(key, [statement]);
    } else {
      statements.push(statement);
    }
    this.count++;
    this.bytes += statement.size;
    this.releaseOld(view.time, judge);
  }

  /** No record follows: what still waits is judged without its client. */
  finish(judge: Judge): void {
    for (const key of this.waiting.keys()) {
      this.release(key, 0, 0, 0, judge);
    }
  }

  hold(holder: { principal(id: Id): void; address(id: Id): void }): void {
    this.requests.hold(holder);
  }

  /** Judges those that waited too long or are too many, oldest first. */
  releaseOld(time: number, judge: Judge): void {
    for (const [key, [oldest]] of this.waiting) {
      if (this.count <= MAX_WAITING && this.bytes <= MAX_WAITING_BYTES && oldest!.time >= time - MAX_WAIT_MS) {
        return;
      }
      this.release(key, 0, 0, 0, judge);
    }
  }

  private release(key: number, principal: Id, address: Id, status: number, judge: Judge): void {
    const statements = this.waiting.get(key) ?? [];
    this.waiting.delete(key);
    for (const statement of statements) {
      this.count--;
      this.bytes -= statement.size;
      judge(statement.release(principal, address, status));
    }
  }
}

/** Only what was let in: who was refused may have chosen the name. */
const JOINED = ActivityClass.dataAccess | ActivityClass.statement;

/** Whether a record of a document store takes part in a join. */
export function isJoined(view: RecordView): boolean {
  return (view.class & JOINED) !== 0 && (view.sessionHigh !== 0 || view.sessionLow !== 0);
}

function keyOf({ sessionHigh, sessionLow }: RecordView): number {
  return (sessionHigh >>> 0) * 2 ** LOW_BITS + (sessionLow >>> (32 - LOW_BITS));
}

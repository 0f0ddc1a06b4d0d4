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

/** Joins the statements of a document store to the requests that ran them, in whichever order the two are told. */
export interface QueryJoins {
  /** Notes who made a request, and judges the statements that waited for it. */
  noteRequest(view: RecordView, who: Who): void;
  /** Puts who made the request of a statement into `who`, its status into the view; false when that was not told yet. */
  find(view: RecordView, who: Who): boolean;
  /** Keeps a statement until its request is told. */
  wait(view: RecordView, statement: HeldStatement): void;
  /** No record follows: what still waits is judged without its client. */
  finish(): void;
  hold(holder: { principal(id: Id): void; address(id: Id): void }): void;
}

export function createQueryJoins(judge: (statement: Activity) => void): QueryJoins {
  const requests = new RecentRequests();
  /** By name, oldest first. */
  const waiting = new Map<number, HeldStatement[]>();
  let count = 0;
  let bytes = 0;

  function release(key: number, principal: Id, address: Id, status: number): void {
    const statements = waiting.get(key) ?? [];
    waiting.delete(key);
    for (const statement of statements) {
      count--;
      bytes -= statement.size;
      judge(statement.release(principal, address, status));
    }
  }

  /** Judges those that waited too long or are too many, oldest first. */
  function releaseOld(time: number): void {
    for (const [key, [oldest]] of waiting) {
      if (count <= MAX_WAITING && bytes <= MAX_WAITING_BYTES && oldest!.time >= time - MAX_WAIT_MS) {
        return;
      }
      release(key, 0, 0, 0);
    }
  }

  return {
    noteRequest(view, who) {
      requests.note(view.sessionHigh, view.sessionLow, who.principal, who.address, view.status);
      if (count > 0) {
        release(keyOf(view), who.principal, who.address, view.status);
        releaseOld(view.time);
      }
    },

    find(view, who) {
      const slot = requests.find(view.sessionHigh, view.sessionLow);
      if (slot !== 0) {
        who.principal = requests.principal[slot]!;
        who.address = requests.address[slot]!;
        view.status = requests.status[slot]!;
      }
      return slot !== 0;
    },

    wait(view, statement) {
      const key = keyOf(view);
      const statements = waiting.get(key);
      if (statements === undefined) {
        waiting.set(key, [statement]);
      } else {
        statements.push(statement);
      }
      count++;
      bytes += statement.size;
      releaseOld(view.time);
    },

    finish() {
      for (const key of waiting.keys()) {
        release(key, 0, 0, 0);
      }
    },

    hold: (holder) => requests.hold(holder),
  };
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

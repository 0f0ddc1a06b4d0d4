import { compactTime } from '../../baselines/compact-time.ts';
import { grown } from '../../lib/pair-table.ts';
import type { Id } from '../../model/activity.ts';
import type { Holder } from '../detector.ts';

const STRIDE = 4;
/**
 * Columns of an address. Compact times, 0 is never: of the latest login from there by anybody, and of the latest
 * connection. Then connections on which nobody has tried to log in yet; 1 where its burst waits for a login.
 */
const Column = { login: 0, opened: 1, unanswered: 2, waits: 3 } as const;
const SECOND_MS = 1000;
const DAY_S = 86_400;
/** Addresses known at a time; of more, the quarter from where nobody has logged in for longest is forgotten. */
const MAX_KNOWN = 1_048_576;

/** Addresses: who has logged in from there, and which connections are open for a login. 16 bytes for each id. */
export class Callers {
  private readonly memoryS: number;
  private rows = new Int32Array(64 * STRIDE);
  private known = 0;
  /** Compact time of the latest login. */
  private latest = 0;

  constructor(memoryDays: number) {
    this.memoryS = memoryDays * DAY_S;
  }

  /** Whether anybody has logged in from an address. */
  isKnown(address: Id, time: number): boolean {
    const login = this.rows[address * STRIDE] ?? 0;
    return login !== 0 && compactTime(time) - login <= this.memoryS;
  }

  /** Notes a login from a known address; nothing for others. */
  meet(address: Id, time: number): void {
    if (this.isKnown(address, time)) {
      this.note(address, compactTime(time));
    }
  }

  learn(address: Id, time: number): void {
    this.reserve(address);
    if (this.rows[address * STRIDE] === 0) {
      if (this.known === MAX_KNOWN) {
        this.forgetOldest();
      }
      this.known++;
    }
    this.note(address, compactTime(time));
  }

  /** Notes a connection. */
  open(address: Id, time: number): void {
    this.reserve(address);
    const at = address * STRIDE;
    this.rows[at + Column.opened] = compactTime(time);
    this.rows[at + Column.unanswered]!++;
  }

  /** Notes that the burst of an address waits for a login. */
  wait(address: Id): void {
    this.reserve(address);
    this.rows[address * STRIDE + Column.waits] = 1;
  }

  /** Somebody logs in, or tries to: true when the burst of the address has waited for it. */
  answer(address: Id): boolean {
    const at = address * STRIDE;
    const { rows } = this;
    if (at >= rows.length) {
      return false;
    }
    if (rows[at + Column.unanswered]! > 0) {
      rows[at + Column.unanswered]!--;
    }
    const isWaiting = rows[at + Column.waits] === 1;
    rows[at + Column.waits] = 0;
    return isWaiting;
  }

  /** Whether a connection was opened just now on which nobody has logged in yet. */
  isOpening(address: Id, time: number, withinMs: number): boolean {
    const at = address * STRIDE;
    const ageMs = (compactTime(time) - (this.rows[at + Column.opened] ?? 0)) * SECOND_MS;
    return (this.rows[at + Column.unanswered] ?? 0) > 0 && ageMs <= withinMs;
  }

  /** Names the addresses that are known; forgets all others but those that somebody else names. */
  hold(holder: Holder, isHeld: (address: Id) => boolean): void {
    const { rows } = this;
    for (let at = 0; at < rows.length; at += STRIDE) {
      if (rows[at] !== 0 && this.latest - rows[at]! > this.memoryS) {
        rows[at] = 0;
        this.known--;
      }
      if (rows[at] !== 0) {
        holder.address(at / STRIDE);
      } else if (!isHeld(at / STRIDE)) {
        rows.fill(0, at, at + STRIDE);
      }
    }
  }

  private note(address: Id, seconds: number): void {
    const at = address * STRIDE;
    if (this.rows[at]! < seconds) {
      this.rows[at] = seconds;
      this.latest = Math.max(this.latest, seconds);
    }
  }

  private reserve(address: Id): void {
    if ((address + 1) * STRIDE > this.rows.length) {
      this.rows = grown(this.rows, 2 * (address + 1) * STRIDE);
    }
  }

  private forgetOldest(): void {
    const { rows } = this;
    const places: number[] = [];
    for (let at = 0; at < rows.length; at += STRIDE) {
      if (rows[at] !== 0) {
        places.push(at);
      }
    }
    places.sort((a, b) => rows[a]! - rows[b]! || a - b);
    for (const at of places.slice(0, MAX_KNOWN / 4)) {
      rows[at] = 0;
    }
    this.known -= MAX_KNOWN / 4;
  }
}

import { grown, PairTable } from '../lib/pair-table.ts';
import type { Id } from '../model/activity.ts';

/** Requests remembered at a time; the oldest is forgotten first. About 60 bytes each. */
const MAX_REQUESTS = 16_384;
/** Words of a request that nobody has asked for: the name, who made it, and how it was answered. */
const STRIDE = 5;
const FIRST_WORDS = 64 * STRIDE;

/**
 * Who made the requests of late, by the names that join records: two 32-bit halves. They are put where they are found
 * when somebody asks: of most accounts no statements are told, so that nobody ever does.
 */
export class RecentRequests {
  principal = new Int32Array(0);
  address = new Int32Array(0);
  /** HTTP status that the request was answered with. */
  status = new Int32Array(0);
  private readonly table = new PairTable();
  /** Slots in the order in which they were filled, once round. */
  private readonly order: number[] = [];
  private next = 0;
  /** Requests that were noted since somebody asked, once round. */
  private latest = new Int32Array(FIRST_WORDS);
  private latestCount = 0;

  restored(): void {
    this.latest ??= new Int32Array(FIRST_WORDS); // kept since 0.1
    this.latestCount ??= 0;
  }

  /** The slot of a request; 0 when it is not known. */
  find(high: number, low: number): number {
    this.enterLatest();
    return this.table.find(high, low);
  }

  /** Notes who made a request. Of two with one name the first one counts: clients choose the ids behind names. */
  note(high: number, low: number, principal: Id, address: Id, status: number): void {
    const count = this.latestCount;
    const at = STRIDE * (count % MAX_REQUESTS);
    if (at === this.latest.length) {
      this.latest = grown(this.latest, 2 * at);
    }
    const { latest } = this;
    latest[at] = high;
    latest[at + 1] = low;
    latest[at + 2] = principal;
    latest[at + 3] = address;
    latest[at + 4] = status;
    this.latestCount = count + 1 === 2 * MAX_REQUESTS ? MAX_REQUESTS : count + 1;
  }

  hold(holder: { principal(id: Id): void; address(id: Id): void }): void {
    this.enterLatest();
    for (const slot of this.table.used()) {
      holder.principal(this.principal[slot]!);
      holder.address(this.address[slot]!);
    }
  }

  /** Puts the requests that were noted where they are found. */
  private enterLatest(): void {
    const { latest, latestCount: end } = this;
    for (let i = Math.max(0, end - MAX_REQUESTS); i < end; i++) {
      const at = STRIDE * (i % MAX_REQUESTS);
      if (this.table.find(latest[at]!, latest[at + 1]!) === 0) {
        this.enter(latest, at);
      }
    }
    this.latestCount = 0;
  }

  private enter(latest: Int32Array, at: number): void {
    if (this.table.size === MAX_REQUESTS) {
      this.table.remove(this.order[this.next]!);
    }
    const slot = this.table.add(latest[at]!, latest[at + 1]!);
    if (slot >= this.principal.length) {
      this.principal = grown(this.principal, this.table.capacity + 1);
      this.address = grown(this.address, this.table.capacity + 1);
      this.status = grown(this.status, this.table.capacity + 1);
    }
    this.principal[slot] = latest[at + 2]!;
    this.address[slot] = latest[at + 3]!;
    this.status[slot] = latest[at + 4]!;
    this.order[this.next] = slot;
    this.next = (this.next + 1) % MAX_REQUESTS;
  }
}

import { grown, PairTable } from '../lib/pair-table.ts';
import type { Id } from '../model/activity.ts';

/** Requests remembered at a time; the oldest is forgotten first. About 40 bytes each. */
const MAX_REQUESTS = 16_384;

/** Who made the requests of late, by the names that join records: two 32-bit halves. */
export class RecentRequests {
  principal = new Int32Array(0);
  address = new Int32Array(0);
  /** HTTP status that the request was answered with. */
  status = new Int32Array(0);
  private readonly table = new PairTable();
  /** Slots in the order in which they were filled, once round. */
  private readonly order: number[] = [];
  private next = 0;

  /** The slot of a request; 0 when it is not known. */
  find(high: number, low: number): number {
    return this.table.find(high, low);
  }

  /** Notes who made a request. Of two with one name the first one counts: clients choose the ids behind names. */
  note(high: number, low: number, principal: Id, address: Id, status: number): void {
    if (this.table.find(high, low) !== 0) {
      return;
    }
    if (this.table.size === MAX_REQUESTS) {
      this.table.remove(this.order[this.next]!);
    }
    const slot = this.table.add(high, low);
    if (slot >= this.principal.length) {
      this.principal = grown(this.principal, this.table.capacity + 1);
      this.address = grown(this.address, this.table.capacity + 1);
      this.status = grown(this.status, this.table.capacity + 1);
    }
    this.principal[slot] = principal;
    this.address[slot] = address;
    this.status[slot] = status;
    this.order[this.next] = slot;
    this.next = (this.next + 1) % MAX_REQUESTS;
  }

  hold(holder: { principal(id: Id): void; address(id: Id): void }): void {
    for (const slot of this.table.used()) {
      holder.principal(this.principal[slot]!);
      holder.address(this.address[slot]!);
    }
  }
}

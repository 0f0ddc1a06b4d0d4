import { grown, PairTable } from '../lib/pair-table.ts';
import type { Id } from '../model/activity.ts';
import { readClientPort, readPort } from '../postgres/read-client-port.ts';

/** Sessions remembered at a time, per log. PostgreSQL allows a few thousand connections at most. */
const MAX_SESSIONS = 65_536;

/** Address and port that the sessions of one log came from, by what `connection received` told. */
export class SessionOrigins {
  private readonly table = new PairTable();
  private addresses = new Int32Array(0);
  private ports = new Int32Array(0);

  /** A session begins; its record stands in the bytes from `start` to `end`. Gives its slot, 0 where no port is told. */
  begin(high: number, low: number, address: Id, words: DataView, start: number, end: number): number {
    const { table } = this;
    const known = table.find(high, low);
    if (known !== 0) {
      table.remove(known);
    }
    const port = readClientPort(words, start, end);
    if (port === 0) {
      return 0;
    }
    if (table.size >= MAX_SESSIONS) {
      table.forEach((slot) => {
        table.remove(slot);
      });
    }
    const slot = table.add(high, low);
    if (table.capacity >= this.addresses.length) {
      this.addresses = grown(this.addresses, table.capacity + 1);
      this.ports = grown(this.ports, table.capacity + 1);
    }
    this.addresses[slot] = address;
    this.ports[slot] = port;
    return slot;
  }

  /** The slot of a session; 0 when it is not known. */
  find(high: number, low: number): number {
    return this.table.find(high, low);
  }

  addressOf(slot: number): Id {
    return this.addresses[slot]!;
  }

  portOf(slot: number): number {
    return this.ports[slot]!;
  }

  end(slot: number): void {
    this.table.remove(slot);
  }

  hold(holder: { address(id: Id): void }): void {
    this.table.forEach((slot) => {
      holder.address(this.addresses[slot]!);
    });
  }
}

/** The port behind an address as poolers write it (`10.0.0.9:4444`, `[2001:db8::9]:4444`); 0 where none stands. */
export function portBehind(words: DataView, addressEnd: number, end: number): number {
  const colon = words.getUint8(addressEnd) === BRACKET_END ? addressEnd + 1 : addressEnd;
  return words.getUint8(colon) === COLON ? readPort(words, colon + 1, end) : 0;
}

const COLON = 0x3a;
const BRACKET_END = 0x5d;

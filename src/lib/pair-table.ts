const EMPTY = 0;
/** Most tables of a resource stay small, and there may be thousands of resources. */
const FIRST_CAPACITY = 8;

/**
 * Maps pairs of 32-bit integers to slots 1, 2, 3 …; slots of removed pairs are used again. What belongs to a pair
 * is kept by the owner in arrays indexed by slot (see `capacity`).
 *
 * Open addressing with backward-shift deletion. About 20 bytes a pair at the load it allows (one half).
 */
export class PairTable {
  static readonly omits = ['slots'];
  /** Slots that exist; the owner's arrays need `capacity + 1` places. Doubles as needed. */
  capacity: number;
  size = 0;
  private keys: Int32Array;
  /** A slot in its lower bits, as many as `mask` has; in those above, the hash: most others are told apart without their keys. */
  private slots: Int32Array;
  private isUsed: Uint8Array;
  private mask: number;
  private highest = 0;
  private free: number[] = [];

  constructor(capacity = FIRST_CAPACITY) {
    this.capacity = capacity;
    this.keys = new Int32Array(2 * (capacity + 1));
    this.slots = new Int32Array(2 * capacity);
    this.isUsed = new Uint8Array(capacity + 1);
    this.mask = 2 * capacity - 1;
  }

  /** The slot of a pair; 0 when it has none. */
  find(a: number, b: number): number {
    const { keys, slots, mask } = this;
    const hash = mix(a, b);
    for (let i = hash & mask; ; i = (i + 1) & mask) {
      const entry = slots[i]!;
      if (entry === EMPTY) {
        return 0;
      }
      const slot = entry & mask;
      if (((entry ^ hash) & ~mask) === 0 && keys[2 * slot] === a && keys[2 * slot + 1] === b) {
        return slot;
      }
    }
  }

  /** Adds a pair that is not there and gives its slot. */
  add(a: number, b: number): number {
    if (this.size === this.capacity) {
      this.grow();
    }
    const slot = this.free.pop() ?? ++this.highest;
    this.keys[2 * slot] = a;
    this.keys[2 * slot + 1] = b;
    this.isUsed[slot] = 1;
    this.place(slot);
    this.size++;
    return slot;
  }

  /** Removes a pair that is there. Its slot may be given to the next one. */
  remove(slot: number): void {
    const { keys, slots, mask } = this;
    let hole = mix(keys[2 * slot]!, keys[2 * slot + 1]!) & mask;
    while ((slots[hole]! & mask) !== slot) {
      hole = (hole + 1) & mask;
    }
    for (let i = (hole + 1) & mask; slots[i] !== EMPTY; i = (i + 1) & mask) {
      const moved = slots[i]! & mask;
      const home = mix(keys[2 * moved]!, keys[2 * moved + 1]!) & mask;
      if (((i - home) & mask) >= ((i - hole) & mask)) {
        slots[hole] = slots[i]!;
        hole = i;
      }
    }
    slots[hole] = EMPTY;
    this.isUsed[slot] = 0;
    this.free.push(slot);
    this.size--;
  }

  first(slot: number): number {
    return this.keys[2 * slot]!;
  }

  second(slot: number): number {
    return this.keys[2 * slot + 1]!;
  }

  /** Calls for every slot in use, ascending; the slot in hand may be removed. */
  forEach(visit: (slot: number) => void): void {
    for (let slot = 1; slot <= this.highest; slot++) {
      if (this.isUsed[slot] === 1) {
        visit(slot);
      }
    }
  }

  /** Every slot in use, ascending. */
  used(): number[] {
    const slots: number[] = [];
    this.forEach((slot) => {
      slots.push(slot);
    });
    return slots;
  }

  /** Removes the `count` slots in use of the earliest times; of those of one time the lower ones. Keeps no list: they may be a million. */
  removeOldest(count: number, timeOf: (slot: number) => number, note?: (slot: number) => void): void {
    const times = new Int32Array(this.size);
    let known = 0;
    this.forEach((slot) => {
      times[known++] = timeOf(slot);
    });
    const newest = times.sort()[count - 1]!;
    let left = count - times.indexOf(newest);
    this.forEach((slot) => {
      const time = timeOf(slot);
      if (time < newest || (time === newest && left-- > 0)) {
        this.remove(slot);
        note?.(slot);
      }
    });
  }

  /** Where a pair lies depends on the secret of the process. */
  restored(): void {
    this.slots = new Int32Array(2 * this.capacity);
    this.forEach((slot) => {
      this.place(slot);
    });
  }

  private place(slot: number): void {
    const { keys, slots, mask } = this;
    const hash = mix(keys[2 * slot]!, keys[2 * slot + 1]!);
    let i = hash & mask;
    while (slots[i] !== EMPTY) {
      i = (i + 1) & mask;
    }
    slots[i] = (hash & ~mask) | slot;
  }

  private grow(): void {
    this.capacity *= 2;
    const keys = new Int32Array(2 * (this.capacity + 1));
    keys.set(this.keys);
    this.keys = keys;
    this.isUsed = grown(this.isUsed, this.capacity + 1);
    const { slots, mask } = this;
    this.slots = new Int32Array(2 * this.capacity);
    this.mask = 2 * this.capacity - 1;
    for (const entry of slots) {
      if (entry !== EMPTY) {
        this.place(entry & mask);
      }
    }
  }
}

/** Secret of this process: who writes the log cannot aim at one chain. It decides where a pair lies, nothing else. */
const SEED = (Math.random() * 0x1_0000_0000) | 0;

function mix(a: number, b: number): number {
  let h = Math.imul(a ^ SEED, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return h ^ (h >>> 13);
}

/** A copy of `array` with room for `length` values. */
export function grown<T extends Int32Array | Float64Array | Uint8Array>(array: T, length: number): T {
  const copy = new (array.constructor as new (length: number) => T)(length);
  copy.set(array);
  return copy;
}

import type { AutonomousSystem } from '../../model/address-facts.ts';
import { shareBytes, shareUint32 } from '../shared-memory.ts';

/** Autonomous systems, each once, in shared memory. */
export interface AsNames {
  /** AS numbers, by position. */
  numbers: Uint32Array;
  /** Name of position n: bytes `offsets[n]` to `offsets[n + 1]` of `text`. */
  offsets: Uint32Array;
  /** UTF-8, one after another. */
  text: Uint8Array;
}

/** Names being collected. */
export interface AsNameList {
  /** AS numbers, by position. */
  numbers: number[];
  /** One more than there are names: where the next one begins. */
  offsets: number[];
  text: Buffer;
  /** One more than the position of each low AS number; 0 for those not met. A map takes three times as long. */
  lowPositions: Uint32Array;
  highPositions: Map<number, number>;
}

/** The registries have assigned numbers up to about 402,000; the few above (private use, from 4,200,000,000) are high ones. */
const LOW_NUMBERS = 2 ** 19;

const QUOTE = 0x22;

export function createAsNameList(): AsNameList {
  return {
    numbers: [],
    offsets: [0],
    text: Buffer.alloc(1 << 16),
    lowPositions: new Uint32Array(LOW_NUMBERS),
    highPositions: new Map(),
  };
}

/** Position of an AS; its name, the bytes `from` to `to`, is kept when the number is met first. */
export function addAsName(list: AsNameList, number: number, bytes: Buffer, from: number, to: number): number {
  const known = number < LOW_NUMBERS ? list.lowPositions[number] - 1 : (list.highPositions.get(number) ?? -1);
  if (known >= 0) {
    return known;
  }
  const position = list.numbers.length;
  if (number < LOW_NUMBERS) {
    list.lowPositions[number] = position + 1;
  } else {
    list.highPositions.set(number, position);
  }
  list.numbers.push(number);
  if (bytes[from] === QUOTE) {
    const name = unquoted(bytes.toString('utf8', from, to));
    appendText(list, name, 0, name.length);
  } else {
    appendText(list, bytes, from, to);
  }
  return position;
}

export function sealAsNames(list: AsNameList): AsNames {
  return {
    numbers: shareUint32(Uint32Array.from(list.numbers)),
    offsets: shareUint32(Uint32Array.from(list.offsets)),
    text: shareBytes(list.text.subarray(0, list.offsets.at(-1))),
  };
}

/** Opens names; each is decoded once. */
export function openAsNames({ numbers, offsets, text }: AsNames): (position: number) => AutonomousSystem {
  const bytes = Buffer.from(text.buffer, text.byteOffset, text.byteLength);
  const decoded = new Map<number, AutonomousSystem>();
  return (position) => {
    let system = decoded.get(position);
    if (system === undefined) {
      const organization = bytes.toString('utf8', offsets[position], offsets[position + 1]);
      system = { number: numbers[position], organization };
      decoded.set(position, system);
    }
    return system;
  };
}

function appendText(list: AsNameList, bytes: Buffer, from: number, to: number): void {
  let at = list.offsets[list.offsets.length - 1];
  const end = at + to - from;
  if (end > list.text.length) {
    list.text = Buffer.concat([list.text, Buffer.alloc(end)]);
  }
  for (let i = from; i < to; i++) {
    list.text[at++] = bytes[i]; // names are short: faster than a copy of the platform
  }
  list.offsets.push(end);
}

/** A CSV field without its quotes (RFC 4180, 2.7). */
function unquoted(field: string): Buffer {
  const end = field.endsWith('"') ? -1 : undefined;
  return Buffer.from(field.slice(1, end).replaceAll('""', '"'));
}

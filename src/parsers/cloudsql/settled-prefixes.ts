import type { ScanWindow } from '../../scan/scan-window.ts';
import type { Span } from '../parser.ts';

/** Instances whose prefix is remembered; who writes the input may invent them. */
const MAX_INSTANCES = 10_000;
/** No name of an instance is longer. */
const MAX_NAME_BYTES = 256;

/** Which prefix each instance was seen to write, by its place among those that are known. */
export interface SettledPrefixes {
  /** Place of the prefix of an instance, which stands in the window; -1 where it may be any. */
  turnTo(instance: Span): number;
  /** Notes the prefix of the instance that was turned to last. */
  settle(place: number): void;
  /** Place of the prefix by name of the instance. */
  readonly known: ReadonlyMap<string, number>;
  recall(known: ReadonlyMap<string, number>): void;
}

export function createSettledPrefixes(window: ScanWindow): SettledPrefixes {
  const places = new Map<string, number>();
  const latest = new Uint8Array(MAX_NAME_BYTES);
  let latestLength = 0;
  let name = '';
  let place = -1;

  /** Entries of one instance mostly follow each other. */
  function isLatest({ start, end }: Span): boolean {
    const length = Math.min(end - start, MAX_NAME_BYTES);
    if (length !== latestLength) {
      return false;
    }
    for (let i = 0; i < length; i++) {
      if (window.bytes[start + i] !== latest[i]) {
        return false;
      }
    }
    return true;
  }

  return {
    turnTo(instance) {
      if (!isLatest(instance)) {
        const bytes = window.bytes.subarray(instance.start, Math.min(instance.end, instance.start + MAX_NAME_BYTES));
        latest.set(bytes);
        latestLength = bytes.length;
        name = Buffer.from(bytes).toString('latin1');
        place = places.get(name) ?? -1;
      }
      return place;
    },
    settle(to) {
      place = to;
      if (places.size < MAX_INSTANCES) {
        places.set(name, to);
      }
    },
    known: places,
    recall(known) {
      latestLength = -1;
      for (const [instance, at] of known) {
        places.set(instance, at);
      }
    },
  };
}

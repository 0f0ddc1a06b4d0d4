import { type Envelope, findEnvelope } from './find-envelope.ts';
import type { Emit, Stage } from './stage.ts';

/** Envelopes within envelopes: CloudWatch Logs holds what Fluent Bit made of what Docker wrote. */
const MAX_LEVELS = 3;
const NUL = 0;
/** What has no envelope in so many bytes has none. */
const LOOKED_BYTES = 262_144;

/** Finds out what a text is wrapped in, and takes that away. */
export interface UnwrappingStage extends Stage {
  /** Undefined as long as there is too little to tell. */
  readonly isPlain: boolean | undefined;
  /** Names of the envelopes, the outermost first. */
  readonly names: readonly string[];
}

/** A piece that waits until it is known what it is. */
interface Held {
  piece: Buffer;
  offset: number;
  isSource: boolean;
}

/** @param find tells an envelope, as `findEnvelope` does */
export function createUnwrappingStage(emit: Emit, find = findEnvelope, level = 1): UnwrappingStage {
  let held: Held[] = [];
  let inner: Stage | undefined;
  let nested: UnwrappingStage | undefined;
  let name: string | undefined;
  let isPlain: boolean | undefined = level > MAX_LEVELS ? true : undefined;

  function push(piece: Buffer, offset: number, isSource: boolean): void {
    if (isPlain === undefined && held.length === 0 && piece[0] === NUL) {
      pushBehindNuls(piece, offset, isSource);
    } else if (isPlain === undefined) {
      held.push({ piece: Buffer.from(piece), offset, isSource });
      decide(false);
    } else if (isPlain) {
      emit(piece, offset, isSource);
    } else {
      inner!.push(piece, offset, isSource);
    }
  }

  /** Those at the beginning are nothing's: they are given as they are, and passed over. */
  function pushBehindNuls(piece: Buffer, offset: number, isSource: boolean): void {
    const first = piece.findIndex((byte) => byte !== NUL);
    const count = first < 0 ? piece.length : first;
    emit(piece.subarray(0, count), offset, isSource);
    if (count < piece.length) {
      push(piece.subarray(count), offset + (isSource ? count : 0), isSource);
    }
  }

  function decide(isAll: boolean): void {
    const text = Buffer.concat(held.map(({ piece }) => piece));
    const found = find(text, isAll || text.length >= LOOKED_BYTES);
    if (found !== undefined) {
      settle(found);
    }
  }

  function settle(found: Envelope | 'none'): void {
    isPlain = found === 'none';
    if (found !== 'none') {
      nested = createUnwrappingStage(emit, find, level + 1);
      const { push: pushNested } = nested;
      name = found.name;
      inner = found.open((text, offset) => pushNested(text, offset, false));
    }
    const waiting = held;
    held = [];
    for (const { piece, offset, isSource } of waiting) {
      push(piece, offset, isSource);
    }
  }

  return {
    get isPlain() {
      return isPlain;
    },
    get names() {
      return name === undefined ? [] : [name, ...nested!.names];
    },
    get heldOffset() {
      return held[0]?.offset ?? nested?.heldOffset ?? inner?.heldOffset;
    },
    push,
    finish() {
      if (isPlain === undefined && held.length > 0) {
        decide(true);
      }
      inner?.finish();
      nested?.finish();
    },
  };
}

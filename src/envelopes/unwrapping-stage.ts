import { createBeginning } from './beginning.ts';
import { type Envelope, findEnvelope } from './find-envelope.ts';
import type { Emit, Stage } from './stage.ts';

/** Envelopes within envelopes: CloudWatch Logs holds what Fluent Bit made of what Docker wrote. */
const MAX_LEVELS = 3;
const NUL = 0;

/** Finds out what a text is wrapped in, and takes that away. */
export interface UnwrappingStage extends Stage {
  /** Undefined as long as there is too little to tell. */
  readonly isPlain: boolean | undefined;
  pause: () => void;
  /** Names of the envelopes, the outermost first. */
  readonly names: readonly string[];
}

/** @param find tells an envelope, as `findEnvelope` does */
export function createUnwrappingStage(emit: Emit, find = findEnvelope, level = 1): UnwrappingStage {
  const held = createBeginning();
  let inner: Stage | undefined;
  let nested: UnwrappingStage | undefined;
  let name: string | undefined;
  let isPlain: boolean | undefined = level > MAX_LEVELS ? true : undefined;

  function push(piece: Buffer, offset: number, isSource: boolean): void {
    if (isPlain === undefined && held.length === 0 && piece[0] === NUL) {
      pushBehindNuls(piece, offset, isSource);
    } else if (isPlain === undefined) {
      held.add(piece, offset, isSource);
      if (held.isEnough) {
        decide(true);
      }
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
    const found = held.length === 0 ? undefined : find(held.text(), isAll);
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
    for (const { bytes, offset, isSource } of held.take()) {
      push(bytes, offset, isSource);
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
      return held.heldOffset ?? nested?.heldOffset ?? inner?.heldOffset;
    },
    push,
    pause() {
      decide(false);
      inner?.pause?.();
      nested?.pause();
    },
    finish() {
      decide(true);
      inner?.finish();
      nested?.finish();
    },
  };
}

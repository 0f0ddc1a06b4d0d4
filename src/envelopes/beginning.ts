/**
 * So much of a text tells what it is. It is waited for as long as more comes: what a source is read as must not depend on the
 * sizes in which its bytes come in.
 */
export const LOOKED_BYTES = 262_144;

/** A piece as a stage was given it. */
export interface Piece {
  bytes: Buffer;
  offset: number;
  isSource: boolean;
}

/** What a text begins with, held until it is known what it is. */
export interface Beginning {
  /** Bytes held. */
  readonly length: number;
  /** As of `Stage`. */
  readonly heldOffset: number | undefined;
  /** There is as much as is looked at. */
  readonly isEnough: boolean;
  /** Of what is held, as much as is looked at. */
  text(): Buffer;
  add: (piece: Buffer, offset: number, isSource: boolean) => void;
  /** The first bytes that are held, which are held no more; by default all. */
  take(count?: number): Piece[];
}

export function createBeginning(): Beginning {
  let pieces: Piece[] = [];
  let length = 0;
  return {
    get length() {
      return length;
    },
    get heldOffset() {
      return pieces[0]?.offset;
    },
    get isEnough() {
      return length >= LOOKED_BYTES;
    },
    text: () => Buffer.concat(pieces.map(({ bytes }) => bytes)).subarray(0, LOOKED_BYTES),
    add(piece, offset, isSource) {
      pieces.push({ bytes: Buffer.from(piece), offset, isSource });
      length += piece.length;
    },
    take(count = length) {
      const [taken, left] = split(pieces, count);
      pieces = left;
      length -= count;
      return taken;
    },
  };
}

function split(pieces: readonly Piece[], count: number): [before: Piece[], behind: Piece[]] {
  const before: Piece[] = [];
  const behind: Piece[] = [];
  let at = 0;
  for (const { bytes, offset, isSource } of pieces) {
    const cut = Math.min(Math.max(count - at, 0), bytes.length);
    if (cut > 0) {
      before.push({ bytes: bytes.subarray(0, cut), offset, isSource });
    }
    if (cut < bytes.length) {
      behind.push({ bytes: bytes.subarray(cut), offset: offset + (isSource ? cut : 0), isSource });
    }
    at += bytes.length;
  }
  return [before, behind];
}

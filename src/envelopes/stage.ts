/**
 * Takes a piece of text.
 *
 * @param offset where what carries it begins in the source
 * @param isSource it is bytes of the source itself: each has an offset of its own
 */
export type Emit = (text: Buffer, offset: number, isSource?: boolean) => void;

/** Takes one kind of envelope away. What it is given may end anywhere; what it gives on are whole lines. */
export interface Stage {
  /**
   * @param offset as for `Emit`
   * @param isSource as for `Emit`
   */
  push: (piece: Buffer, offset: number, isSource: boolean) => void;
  /** No more comes at present: what waits for more, to tell what it is, is judged by what there is. */
  pause?: () => void;
  /** Nothing follows: what waits for its end is given as it is. */
  finish(): void;
  /** Offset in the source of the first byte that waits for its end; undefined where none does. */
  readonly heldOffset: number | undefined;
}

export const NEWLINE = 0x0a;
/** A longer line is given as it is, and the parser rejects it. */
export const MAX_LINE_BYTES = 8 * 1024 * 1024;

/** Cuts pieces into lines, without their newlines. */
export function createLineStage(onLine: (line: Buffer, offset: number) => void): Stage {
  let rest: Buffer = Buffer.alloc(0);
  let restOffset = 0;
  return {
    push(piece, offset, isSource) {
      let at = 0;
      for (let end = piece.indexOf(NEWLINE); end >= 0; end = piece.indexOf(NEWLINE, at)) {
        const line = piece.subarray(at, end);
        const isBroken = rest.length > 0;
        onLine(isBroken ? Buffer.concat([rest, line]) : line, isBroken ? restOffset : offset + (isSource ? at : 0));
        rest = Buffer.alloc(0);
        at = end + 1;
      }
      if (at < piece.length) {
        restOffset = rest.length > 0 ? restOffset : offset + (isSource ? at : 0);
        rest = Buffer.concat([rest, piece.subarray(at)]);
      }
      if (rest.length > MAX_LINE_BYTES) {
        onLine(rest, restOffset);
        rest = Buffer.alloc(0);
      }
    },
    finish() {
      if (rest.length > 0) {
        onLine(rest, restOffset);
        rest = Buffer.alloc(0);
      }
    },
    get heldOffset() {
      return rest.length > 0 ? restOffset : undefined;
    },
  };
}

/** A stage that takes what another one gives, and keeps what is not whole yet. */
export function createKeepingStage(source: Stage, give: () => void, keptOffset: () => number | undefined): Stage {
  return {
    push: (piece, offset, isSource) => source.push(piece, offset, isSource),
    finish() {
      source.finish();
      give();
    },
    get heldOffset() {
      return keptOffset() ?? source.heldOffset;
    },
  };
}

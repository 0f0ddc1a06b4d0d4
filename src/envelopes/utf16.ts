import { type Emit, MAX_LINE_BYTES, type Stage } from './stage.ts';

const NEWLINE = 0x0a;
const LITTLE_ENDIAN_MARK = 0xfeff;
const BIG_ENDIAN_MARK = 0xfffe;

/** What a shell of Windows writes into a file: the byte order mark tells which of its two forms. */
export function utf16Form(text: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  const mark = text.length < 2 ? 0 : text.readUInt16LE(0);
  return mark === LITTLE_ENDIAN_MARK ? 'utf-16le' : mark === BIG_ENDIAN_MARK ? 'utf-16be' : undefined;
}

/** Gives the lines of a text in UTF-16 in UTF-8. What is longer than a line may be is cut. */
export function createUtf16Stage(form: 'utf-16le' | 'utf-16be', emit: Emit): Stage {
  const decoder = new TextDecoder(form);
  const unitAt = form === 'utf-16le' ? 'readUInt16LE' : 'readUInt16BE';
  let rest: Buffer = Buffer.alloc(0);
  let restOffset = 0;
  /** Bytes of the rest that were looked at. */
  let looked = 0;

  function push(piece: Buffer, offset: number): void {
    restOffset = rest.length > 0 ? restOffset : offset;
    const bytes = Buffer.concat([rest, piece]);
    let start = 0;
    let at = looked;
    for (; at + 1 < bytes.length; at += 2) {
      if (bytes[unitAt](at) === NEWLINE || at - start > MAX_LINE_BYTES) {
        give(bytes.subarray(start, at + 2), restOffset + start);
        start = at + 2;
      }
    }
    rest = Buffer.from(bytes.subarray(start));
    restOffset += start;
    looked = at - start;
  }

  function give(line: Buffer, offset: number): void {
    emit(Buffer.from(decoder.decode(line)), offset);
  }

  return {
    push,
    finish() {
      if (rest.length > 0) {
        give(rest, restOffset);
      }
      rest = Buffer.alloc(0);
      looked = 0;
    },
    get heldOffset() {
      return rest.length > 0 ? restOffset : undefined;
    },
  };
}

import type { Feed } from '../scan/feed.ts';
import type { TextForm } from './server-language.ts';
import { createTableFeed } from './table-feed.ts';
import { createTextFeed } from './text-feed.ts';

const PIECE_BYTES = 65_536;

/** The text that some bytes of a log carry, without its envelopes and in English. */
export async function readText(bytes: Uint8Array, form: TextForm): Promise<Buffer> {
  return readThrough(createTextFeed(form), await readThrough(createTableFeed(), bytes));
}

async function readThrough(feed: Feed, bytes: Uint8Array): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let at = 0;
  const source = (to: Uint8Array, start: number, length: number) => {
    const piece = bytes.subarray(at, at + length);
    to.set(piece, start);
    at += piece.length;
    return piece.length;
  };
  for (let isEnd = false; ; ) {
    const piece = Buffer.alloc(PIECE_BYTES);
    const got = await feed.read(source, piece, 0, PIECE_BYTES);
    pieces.push(piece.subarray(0, got));
    if (got === 0 && isEnd) {
      return Buffer.concat(pieces);
    }
    if (got === 0) {
      feed.finish();
      isEnd = true;
    }
  }
}

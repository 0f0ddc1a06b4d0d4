import type { Feed } from '../scan/feed.ts';
import type { ReadInto } from '../scan/scan-window.ts';
import { createOffsetMap } from './offset-map.ts';
import type { Emit } from './stage.ts';

/** All that is done to a source on its way to a window. */
export interface FeedStages {
  push: (piece: Buffer, offset: number, isSource: boolean) => void;
  /** As of `Stage`. */
  pause: () => void;
  finish(): void;
  readonly heldOffset: number | undefined;
  /** Nothing has to be done, so far and for the rest. */
  readonly isPlain: boolean;
  /** As of `Feed`. */
  readonly envelopes: readonly string[];
  readonly language: string | undefined;
}

/**
 * Gives what stages make of a source. What they leave as it is is read as it is: that costs a look at the first bytes of
 * each part.
 *
 * @param open makes the stages for another part of the source
 * @param unknownLanguage what people should know where a server speaks none that is known
 */
export function createStagedFeed(open: (give: Emit) => FeedStages, unknownLanguage: string): Feed {
  const map = createOffsetMap();
  let waiting: Buffer[] = [];
  /** Offset of the text that is put into `waiting` next, and in the source of what is read next. */
  let textOffset = 0;
  let sourceOffset = 0;
  let isBegun = false;
  let isUnknownTold = false;
  let stages = open(give);

  function give(text: Buffer, offset: number, isSource = false): void {
    map.add(textOffset, offset, isSource);
    waiting.push(text);
    textOffset += text.length;
  }

  async function read(source: ReadInto, bytes: Uint8Array, at: number, length: number): Promise<number> {
    for (;;) {
      const put = take(bytes, at, length);
      if (put > 0) {
        return put;
      }
      const got = await source(bytes, at, length);
      if (feed.isPlain && (isBegun || got === 0)) {
        return got;
      }
      if (got === 0) {
        stages.pause();
        settle();
        return take(bytes, at, length);
      }
      look(Buffer.from(bytes.subarray(at, at + got)));
    }
  }

  function look(piece: Buffer): void {
    isBegun = true;
    feed.isPlain = false;
    stages.push(piece, sourceOffset, true);
    sourceOffset += piece.length;
    settle();
  }

  /** What is plain from its beginning on has the offsets of its source. */
  function settle(): void {
    feed.isPlain = stages.isPlain;
    if (feed.isPlain) {
      map.clear();
    } else {
      map.add(textOffset, stages.heldOffset ?? sourceOffset);
    }
  }

  function take(bytes: Uint8Array, at: number, length: number): number {
    let put = 0;
    let taken = 0;
    for (const text of waiting) {
      const part = text.subarray(0, length - put);
      bytes.set(part, at + put);
      put += part.length;
      if (part.length < text.length) {
        waiting[taken] = text.subarray(part.length);
        break;
      }
      taken++;
    }
    waiting = waiting.slice(taken);
    return put;
  }

  const feed: Feed = {
    isPlain: true,
    envelopes: () => stages.envelopes,
    language: () => stages.language,
    takeNotes() {
      const isNews = stages.language === 'unknown' && !isUnknownTold;
      isUnknownTold ||= isNews;
      return isNews ? [unknownLanguage] : [];
    },
    read,
    restart(offset) {
      map.clear();
      waiting = [];
      textOffset = offset;
      sourceOffset = offset;
      feed.isPlain = true;
      isBegun = false;
      stages = open(give);
    },
    finish() {
      if (isBegun && !feed.isPlain) {
        stages.finish();
        settle();
      }
    },
    sourceOffset: (offset) => map.sourceOffset(offset),
    forget: (offset) => map.forget(offset),
  };
  return feed;
}

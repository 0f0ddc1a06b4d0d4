import type { Feed } from '../scan/feed.ts';
import type { ReadInto } from '../scan/scan-window.ts';
import { createLanguageStage } from './language-stage.ts';
import { createOffsetMap } from './offset-map.ts';
import type { TextForm } from './server-language.ts';
import { createUnwrappingStage } from './unwrapping-stage.ts';

const UNKNOWN_LANGUAGE =
  "the server speaks a language that is not known, so that logins, failures and statements are not told; set lc_messages = 'C'";

/**
 * Gives the text of a log without its envelopes, and in English. What is so already is read as it is: that costs a look
 * at the first bytes of each part.
 */
export function createTextFeed(form: TextForm): Feed {
  const map = createOffsetMap();
  let waiting: Buffer[] = [];
  /** Offset of the text that is put into `waiting` next, and in the source of what is read next. */
  let textOffset = 0;
  let sourceOffset = 0;
  let isBegun = false;
  let isUnknownTold = false;
  let speech = createLanguageStage(form, give);
  let stage = createUnwrappingStage(hear);

  function hear(text: Buffer, offset: number, isSource = false): void {
    speech.push(text, offset, isSource);
  }

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
      if (got === 0 || (feed.isPlain && isBegun)) {
        return got;
      }
      look(Buffer.from(bytes.subarray(at, at + got)));
    }
  }

  function look(piece: Buffer): void {
    isBegun = true;
    feed.isPlain = false;
    stage.push(piece, sourceOffset, true);
    sourceOffset += piece.length;
    settle();
  }

  /** What is plain from its beginning on has the offsets of its source. */
  function settle(): void {
    feed.isPlain = stage.isPlain === true && speech.isPlain;
    if (feed.isPlain) {
      map.clear();
    } else {
      map.add(textOffset, speech.heldOffset ?? stage.heldOffset ?? sourceOffset);
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
    envelopes: () => stage.names,
    language: () => speech.language,
    takeNotes() {
      const isNews = speech.language === 'unknown' && !isUnknownTold;
      isUnknownTold ||= isNews;
      return isNews ? [UNKNOWN_LANGUAGE] : [];
    },
    read,
    restart(offset) {
      map.clear();
      waiting = [];
      textOffset = offset;
      sourceOffset = offset;
      feed.isPlain = true;
      isBegun = false;
      speech = createLanguageStage(form, give);
      stage = createUnwrappingStage(hear);
    },
    finish() {
      if (isBegun && !feed.isPlain) {
        stage.finish();
        speech.finish();
        settle();
      }
    },
    sourceOffset: (offset) => map.sourceOffset(offset),
    forget: (offset) => map.forget(offset),
  };
  return feed;
}

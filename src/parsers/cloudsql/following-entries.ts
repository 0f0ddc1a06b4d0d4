import { createObjectWalker, Walk } from '../../azure/object-walker.ts';
import { createPackedTexts, type PackedTexts } from '../../azure/packed-texts.ts';
import type { ScanWindow } from '../../scan/scan-window.ts';
import type { ReaderOptions, RecordView, Span } from '../parser.ts';
import { MEMBER_KEYS, Member } from './members.ts';
import { createPayload } from './payload.ts';
import type { SettledPrefixes } from './settled-prefixes.ts';

const OPEN_BRACE = 0x7b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACKET = 0x5b;
/** Entries of other sessions may stand between an entry and what is said more about it; no more than so many. */
const MAX_ENTRIES = 16;
/** Bytes behind an entry in which that is looked for. */
const MAX_BYTES = 32_768;

/** Finds what Cloud Logging holds in entries of their own: the DETAIL of a refusal, the STATEMENT of an error. */
export interface FollowingEntries {
  /** The text that was looked for; empty where none follows. */
  readonly span: Span;
  readonly texts: PackedTexts;
  /**
   * Looks at the entries from entry `cursor` of the index on, for those of the session in view.
   *
   * @returns false when the index ends before it can be told
   */
  find(kind: 'detail' | 'statement', cursor: number): boolean;
  readonly settledPrefixes: SettledPrefixes;
}

export function createFollowingEntries(window: ScanWindow, view: RecordView, options: ReaderOptions): FollowingEntries {
  const walker = createObjectWalker(window, MEMBER_KEYS);
  const { found } = walker;
  const texts = createPackedTexts(window, 'following');
  const payload = createPayload(window, texts, options);
  const span: Span = { start: 0, end: 0 };

  function find(kind: 'detail' | 'statement', first: number): boolean {
    span.start = 0;
    span.end = 0;
    const limit = view.record.end + MAX_BYTES;
    let cursor = first;
    for (let entries = 0; entries < MAX_ENTRIES; ) {
      if (cursor >= window.indexCount) {
        return isScannedTo(limit);
      }
      const at = window.index[cursor]!;
      const byte = window.bytes[at];
      if (at >= limit) {
        return true;
      }
      if (byte === OPEN_BRACKET || byte === CLOSE_BRACKET) {
        cursor++;
        continue;
      }
      const walk = byte === OPEN_BRACE ? walker.walk(cursor) : Walk.broken;
      if (walk === Walk.cut) {
        return isScannedTo(limit);
      }
      if (walk !== Walk.whole || isEnough(kind)) {
        return true;
      }
      cursor = walker.cursor;
      entries++;
    }
    return true;
  }

  function isScannedTo(limit: number): boolean {
    return window.end >= limit && !window.isUnscanned;
  }

  /** Several instances may share a file, and each counts its processes for itself. */
  function isOfSameInstance(): boolean {
    const start = found[2 * Member.databaseId]!;
    const { bytes } = window;
    const { resource } = view;
    const length = resource.end - resource.start;
    if (found[2 * Member.databaseId + 1]! - start !== length) {
      return false;
    }
    for (let i = 0; i < length; i++) {
      if (bytes[start + i] !== bytes[resource.start + i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether nothing behind this entry is of interest any more. */
  function isEnough(kind: 'detail' | 'statement'): boolean {
    if (!isOfSameInstance()) {
      return false;
    }
    texts.clear();
    readPayload();
    const { fields, entry } = payload;
    if (payload.kind === 'none' || fields.sessionHigh !== view.sessionHigh || fields.sessionLow !== view.sessionLow) {
      return false;
    }
    if (payload.kind === kind) {
      span.start = entry.message.start;
      span.end = entry.message.end;
    }
    return payload.kind === kind || payload.kind === 'entry';
  }

  function readPayload(): void {
    const member = found[2 * Member.textPayload] === 0 ? Member.message : Member.textPayload;
    payload.read({ start: found[2 * member]!, end: found[2 * member + 1]! }, view.resource);
  }

  return { span, texts, settledPrefixes: payload.settledPrefixes, find };
}

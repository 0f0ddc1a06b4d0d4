import type { PrefixReader } from '../postgres/log-line-prefix.ts';
import type { LineKind } from '../postgres/severity.ts';
import type { ScanWindow } from '../scan/scan-window.ts';
import type { Span } from './parser.ts';
import { createEntryReader, type TextEntry, TextKind } from './text-log-entry.ts';

/** Without a logging collector, lines of other processes may stand between an entry and its supplements; no more than so many. */
const MAX_ENTRIES_BETWEEN = 16;
export const MAX_BYTES_BETWEEN = 16_384;

/** What says more about an entry. Reused. */
export interface Supplements {
  /** Last line of the entry with those supplements that follow it directly. */
  lastLine: number;
  end: number;
  /** The text that was looked for; empty when there is none. */
  text: Span;
}

export interface SupplementFinder {
  readonly found: Supplements;
  /** See `ForgeryJudge`. */
  readonly imitators: Set<number>;
  /**
   * Looks for a supplement of an entry; false when more bytes are needed to tell.
   *
   * @param backend who wrote the entry, as `fields` of its prefix tell
   */
  find(entry: TextEntry, kind: LineKind, backend: Backend, isEnd: boolean): boolean;
}

interface Backend {
  sessionHigh: number;
  sessionLow: number;
}

/** @param prefix one of its own: the entry's fields must stay as they are; `other`: a third one */
export function createSupplementFinder(
  window: ScanWindow,
  prefix: PrefixReader,
  other: PrefixReader,
): SupplementFinder {
  const ahead = createEntryReader(window, prefix, other);
  const { fields } = prefix;
  const found: Supplements = { lastLine: 0, end: 0, text: { start: 0, end: 0 } };

  function find(entry: TextEntry, kind: LineKind, backend: Backend, isEnd: boolean): boolean {
    const entryEnd = entry.text.end;
    found.lastLine = entry.lastLine;
    found.end = entryEnd;
    found.text.start = found.text.end = entryEnd;
    let isDirect = true;
    let line = entry.lastLine + 1;
    for (let between = 0; between < MAX_ENTRIES_BETWEEN; line = ahead.entry.lastLine + 1) {
      if (line >= window.indexCount) {
        return isEnd;
      }
      const start = window.index[line - 1]! + 1;
      const what = ahead.read(line, start, isEnd);
      if (what === TextKind.needMore) {
        return false;
      }
      const isSame = isOf(backend);
      const isMore = what === TextKind.supplement && isSame;
      isDirect &&= isMore;
      if (
        start - entryEnd > MAX_BYTES_BETWEEN ||
        (!isDirect && !isTold(backend)) ||
        (what === TextKind.entry && isSame)
      ) {
        return true;
      }
      if (isMore && take(kind, isDirect)) {
        return true;
      }
      between += isMore ? 0 : 1;
    }
    return true;
  }

  /** Whether this was the one looked for. */
  function take(kind: LineKind, isDirect: boolean): boolean {
    const { mark, text, lastLine } = ahead.entry;
    if (isDirect) {
      found.lastLine = lastLine;
      found.end = text.end;
    }
    if (mark.kind !== kind) {
      return false;
    }
    found.text.start = text.start;
    found.text.end = text.end;
    return true;
  }

  function isOf({ sessionHigh, sessionLow }: Backend): boolean {
    return fields.sessionHigh === sessionHigh && fields.sessionLow === sessionLow;
  }

  return { found, imitators: ahead.imitators, find };
}

/** A prefix without pid and session: only what follows directly belongs together. */
function isTold({ sessionHigh, sessionLow }: Backend): boolean {
  return sessionHigh !== 0 || sessionLow !== 0;
}

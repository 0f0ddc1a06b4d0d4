import { Category, categoryOf } from '../../azure/category.ts';
import { Member } from '../../azure/member.ts';
import { MEMBER_KEYS } from '../../azure/member-keys.ts';
import { createObjectWalker, Walk } from '../../azure/object-walker.ts';
import { createPackedTexts, type PackedTexts } from '../../azure/packed-texts.ts';
import type { ScanWindow } from '../../scan/scan-window.ts';
import type { ReaderOptions, RecordView, Span } from '../parser.ts';
import { createPostgresqlMessage } from './postgresql-message.ts';

const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const CLOSE_BRACKET = 0x5d;
/** Records that may stand between an error and its statement: DETAIL, HINT, QUERY, CONTEXT. */
const MAX_RECORDS = 5;

/** Finds the statement of an error in the records behind it, where the server's export writes it as one of its own. */
export interface FollowingStatement {
  /** Where the statement stands; empty where none follows. */
  readonly span: Span;
  readonly texts: PackedTexts;
  /**
   * Looks at the records from entry `cursor` of the index on.
   *
   * @returns false when the index ends before it can be told
   */
  find(cursor: number): boolean;
}

export function createFollowingStatement(
  window: ScanWindow,
  view: RecordView,
  options: ReaderOptions,
): FollowingStatement {
  const walker = createObjectWalker(window, MEMBER_KEYS);
  const { found } = walker;
  const texts = createPackedTexts(window, 'following');
  const message = createPostgresqlMessage({ window, view, found }, texts, options);
  const span: Span = { start: 0, end: 0 };

  function find(first: number): boolean {
    span.start = 0;
    span.end = 0;
    let cursor = first;
    for (let records = 0; records < MAX_RECORDS; ) {
      if (cursor >= window.indexCount) {
        return false;
      }
      const byte = window.bytes[window.index[cursor]!];
      if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        cursor++; // the end of an envelope
        continue;
      }
      const walk = byte === OPEN_BRACE ? walker.walk(cursor) : Walk.broken;
      if (walk === Walk.cut || walk === Walk.broken) {
        return walk === Walk.broken;
      }
      cursor = walker.cursor;
      if (walk === Walk.whole) {
        records++;
        if (!isSupplement() || takeStatement()) {
          return true;
        }
      }
    }
    return true;
  }

  /** Whether the record says more about the message in view. */
  function isSupplement(): boolean {
    texts.clear();
    return (
      categoryOf(window.words, found[2 * Member.category]!, found[2 * Member.category + 1]!) ===
        Category.postgresqlLogs &&
      message.read() &&
      message.kind !== 'entry' &&
      message.session.high === view.sessionHigh &&
      message.session.low === view.sessionLow
    );
  }

  function takeStatement(): boolean {
    if (message.kind !== 'statement') {
      return false;
    }
    span.start = message.entry.message.start;
    span.end = message.entry.message.end;
    return true;
  }

  return { span, texts, find };
}

import { Member } from '../../azure/member.ts';
import type { ScanWindow } from '../../scan/scan-window.ts';
import type { RecordView, Span, Step } from '../parser.ts';

/** Reads the records of one category, once the walk through a record has found its members. */
export interface CategoryReader {
  /** Fills the view; its `time` is set already. */
  judge(): Step;
  findClient(): void;
  findApplication(): void;
  findRequest(): void;
  /** Absent: its records never tell. */
  protection?(): number;
}

/** The record that was walked through last, and where what it says goes. */
export interface WalkedRecord {
  readonly window: ScanWindow;
  readonly view: RecordView;
  /** Start and end of each member's value, by `Member`; both 0 where it was not there. */
  readonly found: Int32Array;
}

/** Puts a member's value into a span; an empty one where the record has none. */
export function put({ found }: WalkedRecord, member: number, span: Span): void {
  span.start = found[2 * member]!;
  span.end = found[2 * member + 1]!;
}

/** Puts the first of some members that is not empty. False when all are. */
export function putFirst(record: WalkedRecord, members: readonly number[], span: Span): boolean {
  for (const member of members) {
    put(record, member, span);
    if (span.start < span.end) {
      return true;
    }
  }
  return false;
}

/** Longer texts are not compared with anything. */
const MAX_TEXT_BYTES = 512;
const decoder = new TextDecoder();

/** A member's value as a text, for members of rare records. Slashes may have been escaped. */
export function textOf({ window, found }: WalkedRecord, member: number): string {
  const start = found[2 * member]!;
  const end = Math.min(found[2 * member + 1]!, start + MAX_TEXT_BYTES);
  return decoder.decode(window.bytes.slice(start, end)).replaceAll('\\/', '/');
}

/** The text of the first of some members that is not empty. */
export function firstTextOf(record: WalkedRecord, members: readonly number[]): string {
  return members.map((member) => textOf(record, member)).find((text) => text !== '') ?? '';
}

export function clear(span: Span): void {
  span.start = 0;
  span.end = 0;
}

/** The account or server that the record names. */
export function putResource(record: WalkedRecord): void {
  const { resource } = record.view;
  put(record, Member.resourceId, resource);
  if (resource.start === resource.end) {
    put(record, Member.rowResourceId, resource);
  }
}

import { constants, gunzipSync } from 'node:zlib';
import { guessPrefix } from '../postgres/guess-prefix.ts';
import { packingOf } from './packing.ts';

/** So much of a file is looked at. */
const HEAD_BYTES = 65_536;
const TAR_MARK = Buffer.from('ustar');
const TAR_MARK_AT = 257;
const TAR_HEAD = 512;
const HEADED_LINES = 100;
/** Part of the first lines that must have it. */
const SHARE = 0.5;

/** What files of other kinds begin with. */
const MARKS: readonly { mark: string; what: string }[] = [
  { mark: 'ElfFile\0', what: 'is a log of Windows events (EVTX); save it as XML or CSV, or print it with wevtutil' },
  { mark: 'LPKSHHRH', what: 'is a journal of systemd; write it out with journalctl -o json' },
  { mark: 'PAR1', what: 'is a Parquet file; write its rows out as JSON, one a line' },
  { mark: 'Obj\u0001', what: 'is an Avro file; write its records out as JSON, one a line' },
  { mark: 'SQLite format 3\0', what: 'is a database of SQLite' },
  { mark: '%PDF-', what: 'is a PDF' },
];

/** What lines of logs look like that are not read, or not without more. */
const KINDS: readonly { line: RegExp; what: string }[] = [
  {
    line: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{3})?: .{0,80}? ?pid \d+: [A-Z]+: /,
    what: "is a log of Pgpool-II, which is not read; give Vedette PostgreSQL's own log, in which its clients have Pgpool's address",
  },
  {
    line: /^\d+ \d\d [A-Z][a-z]{2} [\d:.]+ \w+ \[\w+ \w+\] \(\w+\) /,
    what: "is a log of Odyssey, which is not read; give Vedette PostgreSQL's own log, in which its clients have Odyssey's address",
  },
  {
    line: /^\d{4}-\d\d-\d\dT[\d:.]+Z?\s+[A-Z]+ (?:ThreadId\(\d+\) )?(?:pgcat|pgdog)\b/,
    what: "is a log of a pooler that is not read; give Vedette PostgreSQL's own log, in which its clients have the pooler's address",
  },
  {
    line: /^\d{4}-\d\d-\d\d [\d:.]+ [^,]+,(?:"[^"]*")?,(?:"[^"]*")?,p\d+,th-?\d+,/,
    what: 'is a log of Greenplum, whose columns are not read',
  },
  {
    line: /"databaseActivityEvent(?:s|List)"/,
    what: 'is a database activity stream of Amazon Aurora, which is not read; give Vedette the log of the server',
  },
];

const WEB_PAGE = /^\s*<(?:!DOCTYPE html|html)\b/i;
const PAGE = 'is a web page: what was asked for it answered with one';
const NO_TIME =
  "holds lines of PostgreSQL that do not tell their time; set log_line_prefix = '%m [%p] …', or give Vedette the log of what receives them, which does";
const UTF_16 = 'is text in UTF-16 without a byte order mark; write it in UTF-8';

/** What a file is that is of no format that is known, and what to do about it; undefined where nobody knows. */
export function unreadKindOf(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES));
  const text = head.toString('latin1');
  const lines = text.split('\n', HEADED_LINES).filter((line) => line.trim() !== '');
  const shared = ({ line }: { line: RegExp }) => lines.filter((each) => line.test(each)).length >= SHARE * lines.length;
  return (
    archiveOf(head) ??
    packingOf(head) ??
    MARKS.find(({ mark }) => text.startsWith(mark))?.what ??
    (WEB_PAGE.test(text) ? PAGE : undefined) ??
    (isWide(head) ? UTF_16 : undefined) ??
    (lines.length > 0 ? KINDS.find(shared)?.what : undefined) ??
    (tellsNoTime(lines) ? NO_TIME : undefined)
  );
}

function archiveOf(head: Buffer): string | undefined {
  if (isTar(head)) {
    return 'is a tar archive; unpack it';
  }
  return isTar(unpacked(head)) ? 'is a tar archive, packed with gzip; unpack it' : undefined;
}

function isTar(head: Buffer): boolean {
  return head.subarray(TAR_MARK_AT, TAR_MARK_AT + TAR_MARK.length).equals(TAR_MARK);
}

function unpacked(head: Buffer): Buffer {
  try {
    return gunzipSync(head.subarray(0, TAR_HEAD), { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return Buffer.alloc(0);
  }
}

/** Whether every second byte is NUL, as in text of Western languages. */
function isWide(head: Buffer): boolean {
  const units = Math.floor(Math.min(head.length, TAR_HEAD) / 2);
  const count = (at: number) =>
    Array.from({ length: units }, (_, i) => head[2 * i + at]).filter((byte) => byte === 0).length;
  return units > 8 && [0, 1].some((at) => count(at) > 0.9 * units && count(1 - at) === 0);
}

/** Severity, colon, two spaces, as servers write them; and no escape of a time in what stands in front. */
const SEVERITY = /(?:LOG|FATAL|ERROR|WARNING|DETAIL|STATEMENT): {2}/;

function tellsNoTime(lines: readonly string[]): boolean {
  const own = lines.filter((line) => SEVERITY.test(line));
  const guess = own.length < SHARE * lines.length || own.length === 0 ? undefined : guessPrefix(own);
  return guess !== undefined && !/%[mtn]/.test(guess.prefix);
}

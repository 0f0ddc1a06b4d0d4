import { type ByteText, byteText, indexOfText, startsWith } from '../lib/byte-text.ts';
import type { LogBytes } from './log-line-prefix-fields.ts';

/** Start and end of a name as the prefix tells it: raw, while messages have a tab behind each newline. */
interface Name {
  start: number;
  end: number;
}

interface Names {
  principal: Name;
  database: Name;
}

const NEWLINE = 0x0a;
const TAB = 0x09;
const SPACE = 0x20;
const QUOTE = 0x22;

/** What stands before the user's name at the start of a message (auth.c, postinit.c, miscinit.c; a DETAIL begins with a capital). */
const LEADS: readonly ByteText[] = [
  'connection authorized: user=',
  'replication connection authorized: user=',
  'connection authenticated: identity="',
  'connection authenticated: user="',
  'role "',
  'Role "',
  'User "',
].map(byteText);
/** Or behind the name of a host or of a method. */
const INNER_LEADS: readonly ByteText[] = ['", user "', ' for user "'].map(byteText);
const INNER_LEAD_BYTES = 320;
const DATABASE_LEADS: readonly ByteText[] = [' database=', '", database "'].map(byteText);
const DATABASE_ALONE = byteText('database "');
/** What may follow a name that is not quoted. */
const FOLLOWING: readonly ByteText[] = [' database=', ' application_name=', ' SSL enabled (', ' GSS ('].map(byteText);

/** Where the user's name begins in a message that tells it; -1 in others. */
export function userToldAt(words: DataView, start: number, end: number): number {
  for (const lead of LEADS) {
    if (startsWith(words, start, end, lead)) {
      return start + lead.length;
    }
  }
  for (const lead of INNER_LEADS) {
    const at = indexOfText(words, start, Math.min(end, start + INNER_LEAD_BYTES), lead);
    if (at >= 0) {
      return at + lead.length;
    }
  }
  return -1;
}

/** Whether a message tells the names of a prefix: the user's, and the database's where it stands beside. */
export function areTold(source: LogBytes, start: number, end: number, { principal, database }: Names): boolean {
  const { words } = source;
  const at = userToldAt(words, start, end);
  if (at < 0) {
    return (
      startsWith(words, start, end, DATABASE_ALONE) &&
      toldEnd(source, start + DATABASE_ALONE.length, end, database) >= 0
    );
  }
  const behind = toldEnd(source, at, end, principal);
  if (behind < 0) {
    return false;
  }
  const lead = firstThere(words, behind, end, DATABASE_LEADS);
  return lead === undefined || toldEnd(source, behind + lead.length, end, database) >= 0;
}

/** Where a name ends that a message tells at a place; -1 when it tells another one. */
function toldEnd({ bytes, words }: LogBytes, at: number, end: number, name: Name): number {
  let p = at;
  for (let n = name.start; n < name.end; n++) {
    if (p >= end || bytes[p] !== bytes[n]) {
      return -1;
    }
    p++;
    if (bytes[n] === NEWLINE && bytes[p++] !== TAB) {
      return -1;
    }
  }
  const isQuoted = bytes[at - 1] === QUOTE;
  const isWhole = isQuoted ? bytes[p] === QUOTE : p >= end || firstThere(words, p, end, FOLLOWING) !== undefined;
  return isWhole && name.end > name.start ? p : -1;
}

/** The first of some texts that stands at a place. */
function firstThere(words: DataView, at: number, end: number, texts: readonly ByteText[]): ByteText | undefined {
  for (let i = 0; i < texts.length; i++) {
    if (startsWith(words, at, end, texts[i]!)) {
      return texts[i];
    }
  }
  return undefined;
}

/**
 * Whether the user in an entry's prefix can be the one that its message is about: both are what the client said. If
 * not, the prefix is part of a name that runs over several lines. The name in the prefix may end too late, where names
 * hold what ends a name.
 */
export function mayBeTold({ bytes, words }: LogBytes, start: number, end: number, name: Name): boolean {
  let p = userToldAt(words, start, end);
  if (p < 0) {
    return true;
  }
  for (let n = name.start; n < name.end; n++, p++) {
    if (p >= end || bytes[p] !== bytes[n]) {
      return p >= end || bytes[p] === QUOTE || bytes[p] === SPACE;
    }
    p += bytes[p] === NEWLINE && bytes[p + 1] === TAB ? 1 : 0;
  }
  return true;
}

import type { IpPrefix } from '../../lib/ip.ts';
import type { Listing } from '../../model/address-facts.ts';

/** What a list says of one block of addresses. */
export interface ListEntry extends Omit<Listing, 'name'> {
  prefix: IpPrefix;
}

/** Takes what is read of one list. */
export interface ListSink {
  add(entry: ListEntry): void;
  /** Something that should name an address and does not. `where` is for people: `line 12`. */
  leaveOut(where: string): void;
}

/** A list to be read. */
export interface ListText {
  /** For messages: the setting and the path. */
  label: string;
  text: string;
  /** Whether its file name says that it is a list of Tor exits. */
  isTor: boolean;
}

/** Characters of a note: enough for a name, short enough for a sentence. */
const LONGEST_NOTE = 100;
/** Control characters, line separators and what reorders text. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** What a list says beside an address, on one line and capped; nothing when it says nothing. A lone number is a weight. */
export function noteOf(text: string): { note?: string } {
  const note = text
    .slice(0, 4 * LONGEST_NOTE)
    .replace(INVISIBLE, ' ')
    .trim()
    .slice(0, LONGEST_NOTE);
  return note === '' ? {} : { note: /^\d+(?:\.\d+)?$/.test(note) ? `weight ${note}` : note };
}

import { readAddressText } from './address-text.ts';
import { type ListSink, type ListText, noteOf } from './list-entry.ts';
import { isTorHeading, saysTor } from './tor-words.ts';

/** What is looked at of a line: an address and a note, or the first fields of a row. */
const LONGEST_LINE = 2000;
/** An address, what separates it from the rest, the rest. */
const LINE = /^([^\s;#,|]+)[\s;#,|]*(.*)$/s;
/** Tor's `exit-addresses`: https://metrics.torproject.org/collector.html#type-tordnsel */
const EXIT_ADDRESS = /^ExitAddress (\S+) ?(.*)$/s;
const OTHER_EXIT_LINE = /^(?:ExitNode|Published|LastStatus|@type) /;

/**
 * Reads a list with one address or CIDR block a line: FireHOL's netsets, Spamhaus DROP, CrowdSec's and Tor's lists.
 * What follows the address, as a comment or as a weight, is its note. Lines that begin with `#`, `;` or `//` are comments.
 */
export function readPlainList({ text, isTor }: ListText, sink: ListSink): void {
  let isTorList = isTor;
  let hasEntries = false;
  let lineNumber = 0;
  for (const line of linesOf(text)) {
    lineNumber++;
    if (isComment(line)) {
      isTorList ||= !hasEntries && isTorHeading(line);
    } else if (line !== '' && !OTHER_EXIT_LINE.test(line)) {
      hasEntries = true;
      readLine(line, isTorList, `line ${lineNumber}`, sink);
    }
  }
}

/** The lines of a text, trimmed and cut. */
export function* linesOf(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    yield text.slice(start, Math.min(end, start + LONGEST_LINE)).trim();
    start = end + 1;
  }
}

export function isComment(line: string): boolean {
  return line.startsWith('#') || line.startsWith(';') || line.startsWith('//');
}

function readLine(line: string, isTorList: boolean, where: string, sink: ListSink): void {
  const exit = EXIT_ADDRESS.exec(line);
  const [, address, rest] = exit ?? LINE.exec(line) ?? [];
  const prefix = address === undefined ? undefined : readAddressText(address);
  if (prefix === undefined) {
    sink.leaveOut(where);
  } else {
    const isTor = exit !== null || isTorList || saysTor(rest);
    sink.add({
      prefix,
      kind: isTor ? 'tor' : 'threat',
      ...noteOf(exit === null || rest === '' ? rest : `exit seen ${rest}`),
    });
  }
}

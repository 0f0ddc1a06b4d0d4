import { readDecimalIp, readIp } from '../../lib/ip.ts';
import { UserError } from '../../lib/user-error.ts';
import type { DataFile } from '../data-file.ts';
import { addRange, createRangeList, type IpRanges, type RangeList, sealRanges } from '../ip-ranges.ts';
import { type AsNameList, type AsNames, addAsName, createAsNameList, sealAsNames } from './as-names.ts';

/** The rows of a range file, in shared memory. */
export interface AsRanges {
  /** Ranges to positions in `names`. */
  ranges: IpRanges;
  names: AsNames;
}

/** What has been read so far. */
interface Rows {
  ranges: RangeList;
  names: AsNameList;
}

/** Which field of a row is what. Fields 0 and 1 are the first and last address, 2 is the AS number. */
interface Layout {
  separator: number;
  /** The organization runs from this field to the end of the line. */
  nameField: 3 | 4;
}

/** ip2asn (iptoasn.com): start, end, AS number, country, description. */
const TSV: Layout = { separator: 0x09, nameField: 4 };
/** @ip-location-db/asn: start, end, AS number, organization in quotes where it needs them. */
const CSV: Layout = { separator: 0x2c, nameField: 3 };

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const ZERO = 0x30;

/** The largest AS number (RFC 6793: 32 bits). */
const LARGEST_AS = 2 ** 32 - 1;

const start = new Uint32Array(4);
const end = new Uint32Array(4);

/**
 * Reads ip2asn TSV or @ip-location-db/asn CSV; addresses dotted, in IPv6 text, or as decimal numbers; families may be mixed.
 * Bytes are read, never lines as strings: the files have half a million rows and are read at each start.
 * Rows of AS 0 ("not routed") are left out. Throws `UserError` with the line that it cannot read.
 */
export function parseAsRanges(file: DataFile): AsRanges {
  const { bytes } = file;
  const layout = bytes.subarray(0, bytes.indexOf(NEWLINE)).includes(TSV.separator) ? TSV : CSV;
  const rows: Rows = { ranges: createRangeList(), names: createAsNameList() };
  let line = 1;
  for (let from = 0; from < bytes.length; line++) {
    const next = readRow(bytes, from, layout, rows);
    if (next < 0) {
      throw new UserError(
        `${file.label} line ${line} is not "first address, last address, AS number, …"; ` +
          'give an ip2asn TSV, a CSV of @ip-location-db/asn, or an MMDB',
      );
    }
    from = next;
  }
  if (rows.names.numbers.length === 0) {
    throw new UserError(`${file.label} holds no autonomous systems; fetch it again`);
  }
  return { ranges: sealRanges(rows.ranges), names: sealAsNames(rows.names) };
}

/** Reads a row; returns where the next one begins, or -1 when it is malformed. An empty line is a row without content. */
function readRow(bytes: Buffer, from: number, { separator, nameField }: Layout, rows: Rows): number {
  if (bytes[from] === NEWLINE || bytes[from] === CARRIAGE_RETURN) {
    return fieldEnd(bytes, from, NEWLINE) + 1;
  }
  const startTo = fieldEnd(bytes, from, separator);
  const endTo = fieldEnd(bytes, startTo + 1, separator);
  const numberTo = fieldEnd(bytes, endTo + 1, separator);
  const nameFrom = (nameField === 3 ? numberTo : fieldEnd(bytes, numberTo + 1, separator)) + 1;
  const isWhole = bytes[startTo] === separator && bytes[endTo] === separator && bytes[nameFrom - 1] === separator;
  const width = readAddress(bytes, from, startTo, start);
  const number = readNumber(bytes, endTo + 1, numberTo);
  if (!isWhole || width === 0 || readAddress(bytes, startTo + 1, endTo, end) !== width || number < 0) {
    return -1;
  }
  const next = fieldEnd(bytes, nameFrom, NEWLINE) + 1;
  if (number > 0) {
    const nameTo = bytes[next - 2] === CARRIAGE_RETURN ? next - 2 : next - 1;
    addRange(rows.ranges, width, start, end, addAsName(rows.names, number, bytes, nameFrom, nameTo));
  }
  return isReversed(width) ? -1 : next;
}

function readAddress(bytes: Uint8Array, from: number, to: number, lanes: Uint32Array): 0 | 1 | 4 {
  return readDecimalIp(bytes, from, to, lanes) || readIp(bytes, from, to, lanes);
}

/** A decimal AS number; -1 when it is none. */
function readNumber(bytes: Uint8Array, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at++) {
    const digit = bytes[at] - ZERO;
    if (!(digit >= 0 && digit <= 9)) {
      return -1;
    }
    number = number * 10 + digit;
  }
  return to > from && number <= LARGEST_AS ? number : -1;
}

function isReversed(width: number): boolean {
  for (let i = 0; i < width; i++) {
    if (start[i] !== end[i]) {
      return start[i] > end[i];
    }
  }
  return false;
}

/** Where the next separator is, or the end of the line or file. */
function fieldEnd(bytes: Uint8Array, from: number, separator: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== separator && bytes[at] !== NEWLINE) {
    at++;
  }
  return at;
}

import ipaddr from 'ipaddr.js';

/** An IP address. An IPv4-mapped IPv6 address (`::ffff:192.0.2.1`) is held as the IPv4 address it stands for. */
export interface IpAddress {
  /** Canonical: dotted decimal, or RFC 5952. */
  text: string;
  lanes: IpLanes;
}

/** The 32-bit parts of an address, most significant first: one for IPv4, four for IPv6. */
export type IpLanes = readonly number[];

/** A CIDR block: its first address and the number of leading bits that its addresses share. */
export interface IpPrefix {
  lanes: IpLanes;
  bits: number;
}

const DOT = 0x2e;
const ZERO = 0x30;
const COLON = 0x3a;

/** The longest text of an address: an IPv6 one with an IPv4 tail. */
const LONGEST_TEXT = 45;

/** Reused by each call; UTF-8 takes three bytes for a UTF-16 unit at most. */
const textBytes = Buffer.alloc(LONGEST_TEXT * 3);
const laneValues = new Uint32Array(4);
const groups = new Uint16Array(8);

/**
 * Reads an address as logs and people write it; an IPv6 zone (`%eth0`, RFC 4007) is dropped.
 * Anything else is `undefined`, also the spellings that only inet_aton takes (`127.1`, `010.0.0.1`).
 */
export function parseIp(text: string): IpAddress | undefined {
  const isIpv6Text = text.includes(':');
  const zone = isIpv6Text ? text.indexOf('%') : -1;
  const host = zone < 0 ? text : text.slice(0, zone);
  if (host.length > LONGEST_TEXT) {
    return undefined;
  }
  const width = readIp(textBytes, 0, textBytes.write(host), laneValues);
  if (width === 0) {
    return undefined;
  }
  const lanes = width === 1 ? [laneValues[0]] : Array.from(laneValues);
  return { text: isIpv6Text ? formatIp(lanes) : text, lanes };
}

/** Reads `198.51.100.0/24`, `2001:db8::/32`, or a lone address, which is a block of one. Bits beyond the prefix are cleared. */
export function parseCidr(text: string): IpPrefix | undefined {
  const [host, length, ...rest] = text.split('/');
  const address = parseIp(host);
  if (address === undefined || rest.length > 0) {
    return undefined;
  }
  const widest = address.lanes.length * 32;
  if (length === undefined) {
    return { lanes: address.lanes, bits: widest };
  }
  const mappedBits = address.lanes.length === 1 && host.includes(':') ? 96 : 0;
  const bits = /^\d{1,3}$/.test(length) ? Number(length) - mappedBits : -1;
  return bits < 0 || bits > widest ? undefined : prefixOf(address.lanes, bits);
}

/** The block of `bits` leading bits that an address lies in. */
export function prefixOf(lanes: IpLanes, bits: number): IpPrefix {
  return { lanes: lanes.map((lane, i) => (lane & laneMask(bits - 32 * i)) >>> 0), bits };
}

/** The last address of a block; its first one is `lanes`. */
export function lastOf(prefix: IpPrefix): IpLanes {
  return prefix.lanes.map((lane, i) => (lane | ~laneMask(prefix.bits - 32 * i)) >>> 0);
}

export function formatIp(lanes: IpLanes): string {
  if (lanes.length === 1) {
    const [lane] = lanes;
    return `${lane >>> 24}.${(lane >>> 16) & 255}.${(lane >>> 8) & 255}.${lane & 255}`;
  }
  return new ipaddr.IPv6(lanes.flatMap((lane) => [lane >>> 16, lane & 0xffff])).toRFC5952String();
}

export function formatCidr(prefix: IpPrefix): string {
  return `${formatIp(prefix.lanes)}/${prefix.bits}`;
}

/**
 * Reads the address that fills the bytes `from` to `to`, without a zone, into `lanes` (which has room for four).
 * Returns how many lanes it has: 1 for IPv4, 4 for IPv6, 0 when it is no address. Large files are read with it.
 */
export function readIp(bytes: Uint8Array, from: number, to: number, lanes: Uint32Array): 0 | 1 | 4 {
  const ipv4 = readIpv4(bytes, from, to);
  if (ipv4 >= 0) {
    lanes[0] = ipv4;
    return 1;
  }
  if (!readGroups(bytes, from, to)) {
    return 0;
  }
  for (let i = 0; i < 4; i++) {
    lanes[i] = (groups[2 * i] << 16) | groups[2 * i + 1];
  }
  const isMapped = lanes[0] === 0 && lanes[1] === 0 && lanes[2] === 0xffff; // RFC 4291, 2.5.5.2
  lanes[0] = isMapped ? lanes[3] : lanes[0];
  return isMapped ? 1 : 4;
}

/**
 * As `readIp`, for an address written as one decimal number: up to 2^32 - 1 it is IPv4, beyond it IPv6.
 * A number of more than 128 bits is no address.
 */
export function readDecimalIp(bytes: Uint8Array, from: number, to: number, lanes: Uint32Array): 0 | 1 | 4 {
  let value = 0; // exact as long as it could be IPv4
  for (let at = from; at < to; at++) {
    const digit = bytes[at] - ZERO;
    if (!(digit >= 0 && digit <= 9)) {
      return 0;
    }
    value = value * 10 + digit;
  }
  if (value < 2 ** 32) {
    lanes[0] = value;
    return to > from ? 1 : 0;
  }
  return readWideDecimal(bytes, from, to, lanes) ? 4 : 0;
}

/** Reads decimal digits as one number of 128 bits; false when it has more. */
function readWideDecimal(bytes: Uint8Array, from: number, to: number, lanes: Uint32Array): boolean {
  lanes.fill(0);
  let carry = 0;
  for (let at = from; at < to && carry === 0; at++) {
    carry = bytes[at] - ZERO;
    for (let lane = 3; lane >= 0; lane--) {
      const value = lanes[lane] * 10 + carry;
      lanes[lane] = value;
      carry = Math.floor(value / 2 ** 32);
    }
  }
  return carry === 0;
}

/** Dotted decimal; -1 when it is none. */
function readIpv4(bytes: Uint8Array, from: number, to: number): number {
  let address = 0;
  let octet = -1;
  let dots = 0;
  for (let at = from; at < to; at++) {
    const digit = bytes[at] - ZERO;
    if (digit >= 0 && digit <= 9 && octet !== 0) {
      octet = octet < 0 ? digit : octet * 10 + digit;
    } else if (bytes[at] === DOT && octet >= 0) {
      address = address * 256 + octet;
      octet = -1;
      dots++;
    } else {
      return -1;
    }
    if (octet > 255 || dots > 3) {
      return -1;
    }
  }
  return dots === 3 && octet >= 0 ? address * 256 + octet : -1;
}

/** Reads IPv6 text (RFC 4291, 2.2) into `groups`; false when it is none. */
function readGroups(bytes: Uint8Array, from: number, to: number): boolean {
  let count = 0;
  let gap = -1;
  for (let at = from; at < to; ) {
    const isGap = bytes[at] === COLON && at + 1 < to && bytes[at + 1] === COLON;
    if (count === 8 || (isGap && gap >= 0) || (!isGap && count === 0 && bytes[at] === COLON)) {
      return false;
    }
    gap = isGap ? count : gap;
    at += isGap ? 2 : count > 0 ? 1 : 0;
    if (isGap && at === to) {
      break;
    }
    const end = groupEnd(bytes, at, to);
    const read = readGroup(bytes, at, end, count);
    if (read === 0 || (read === 2 && end !== to)) {
      return false;
    }
    count += read;
    at = end;
  }
  return closeGap(gap, count);
}

function groupEnd(bytes: Uint8Array, from: number, to: number): number {
  let end = from;
  while (end < to && bytes[end] !== COLON) {
    end++;
  }
  return end;
}

/** Reads four hexadecimal digits or fewer, or a dotted IPv4 tail, as group `index`; returns how many groups that makes. */
function readGroup(bytes: Uint8Array, from: number, to: number, index: number): 0 | 1 | 2 {
  if (to - from > 4) {
    const tail = index <= 6 ? readIpv4(bytes, from, to) : -1;
    groups[index] = tail / 65536;
    groups[index + 1] = tail;
    return tail < 0 ? 0 : 2;
  }
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = hexDigit(bytes[at]);
    if (digit < 0) {
      return 0;
    }
    value = value * 16 + digit;
  }
  groups[index] = value;
  return to > from ? 1 : 0;
}

function hexDigit(byte: number): number {
  const digit = byte - ZERO;
  if (digit <= 9) {
    return digit;
  }
  const letter = (byte | 0x20) - 0x61; // from `a`, either case
  return letter >= 0 && letter <= 5 ? letter + 10 : -1;
}

/** Moves the groups after `::` to the end. `::` stands for one group at least. */
function closeGap(gap: number, count: number): boolean {
  if (gap < 0) {
    return count === 8;
  }
  const missing = 8 - count;
  for (let i = 7; i >= gap; i--) {
    groups[i] = i >= gap + missing ? groups[i - missing] : 0;
  }
  return missing > 0;
}

/** A 32-bit mask of `bits` leading ones. */
function laneMask(bits: number): number {
  return bits <= 0 ? 0 : bits >= 32 ? -1 : -1 << (32 - bits);
}

import { type IpLanes, lastOf, parseCidr, parseIp } from '../lib/ip.ts';

const LANE_DIGITS = 8;
/** IPv4 as RFC 4291 maps it into IPv6. */
const MAPPED = [0, 0, 0xffff];

/** An address as 32 hexadecimal digits, so that a network is a range of texts; undefined for what is no IP address. */
export function ipKey(text: string): string | undefined {
  const address = parseIp(text);
  return address && keyOf(address.lanes);
}

/** First and last key of an address or a CIDR block; undefined for what is neither. */
export function ipKeyRange(text: string): { first: string; last: string } | undefined {
  const prefix = parseCidr(text);
  return prefix && { first: keyOf(prefix.lanes), last: keyOf(lastOf(prefix)) };
}

function keyOf(lanes: IpLanes): string {
  const all = lanes.length === 1 ? [...MAPPED, ...lanes] : lanes;
  return all.map((lane) => lane.toString(16).padStart(LANE_DIGITS, '0')).join('');
}

import { type IpPrefix, parseCidr } from '../../lib/ip.ts';

/** A block of IPv6 with brackets and a port around it is shorter. */
const LONGEST = 64;
/** The dot and the colon as people write them so that nobody clicks on them: `192.0.2[.]7`. */
const DEFANGED = /[[(]([.:])[\])]/g;
const WITH_PORT = /^(?:\[([^\]]+)\]|([\d.]+)):\d{1,5}$/;

/** The address or CIDR block that a field names, with a port or defanged as lists have them; undefined for anything else. */
export function readAddressText(text: string): IpPrefix | undefined {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST || trimmed.length < 2) {
    return undefined;
  }
  const plain = trimmed.replace(DEFANGED, '$1');
  const port = WITH_PORT.exec(plain);
  return parseCidr(port === null ? plain : (port[1] ?? port[2]));
}

/** Names of the fields that hold an address, the surest first; in lower case without separators. */
const ADDRESS_FIELDS = [
  ...['ip', 'ipaddress', 'ipaddr', 'ipv4', 'ipv6', 'cidr', 'network', 'prefix', 'netblock', 'range'],
  ...['srcip', 'sourceip', 'dstip', 'destip', 'destinationip', 'address', 'addr'],
  ...['indicator', 'indicatorvalue', 'iocvalue', 'ioc', 'value', 'host'],
];
const NOTE_FIELDS = [
  ...['malwareprintable', 'malware', 'malwarefamily', 'threat', 'threatname', 'threattype', 'category'],
  ...['description', 'comment', 'note', 'reason', 'sblid', 'tags', 'type', 'name'],
];
const CONFIDENCE_FIELDS = ['confidence', 'confidencelevel', 'abuseconfidencescore', 'confidencescore'];
const UNTIL_FIELDS = ['validuntil', 'expires', 'expiration', 'expirationdate'];

/** What the fields of a record are for, by position; -1 where there is none. */
export interface FieldRoles {
  address: number;
  note: number;
  confidence: number;
  validUntil: number;
}

/**
 * Finds out what fields are for, by their names and by what is in them.
 *
 * @param addressCounts in how many of the rows looked at a field held an address
 */
export function findRoles(names: readonly string[], addressCounts: readonly number[]): FieldRoles {
  const known = names.map((name) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, ''));
  const named = (among: readonly string[], except = -1) =>
    known.indexOf(among.find((name) => known.includes(name) && known.indexOf(name) !== except) ?? '-');
  const surest = ADDRESS_FIELDS.find((name) => (addressCounts[known.indexOf(name)] ?? 0) > 0);
  const fullest = addressCounts.indexOf(Math.max(1, ...addressCounts));
  const found = surest === undefined ? fullest : known.indexOf(surest);
  const address = found >= 0 ? found : named(ADDRESS_FIELDS);
  return {
    address,
    note: named(NOTE_FIELDS, address),
    confidence: named(CONFIDENCE_FIELDS),
    validUntil: named(UNTIL_FIELDS),
  };
}

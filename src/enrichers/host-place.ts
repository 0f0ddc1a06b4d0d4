import type { Place } from '../model/address-facts.ts';
import { countryCodeOf, countryNameOf } from './country.ts';

/** A name of DNS in letter-digit-hyphen form, underscores allowed, of two labels or more; the last one is no number. */
const HOST_NAME = /^(?:[a-z0-9_-]{1,63}\.)+[a-z][a-z0-9-]{1,62}$/;
/** Names that mean something within one's own network only: RFC 6762 (appendix G), RFC 8375, ICANN's `internal`. */
const OWN_NETWORK = new Set('internal local localdomain localhost intranet private corp home lan arpa'.split(' '));
/** Domains of countries and territories that anybody anywhere may have; Google Search takes them for generic ones. */
const GENERIC = new Set('ad ai as bz cc cd co dj eu fm io la me ms nu sc sr su tk tv ws'.split(' '));
/** ISO 3166-1 reserves `UK`, and has `GB`. */
const UNITED_KINGDOM = 'uk';
/** Below the domains of some countries names are given out by kind: `example.co.uk`, `example.com.br`. */
const LONGEST_KIND = 3;

/**
 * The place of a host name, as `log_hostname` writes it: the domain that its owner registered, and the country that it
 * belongs to, if any. Whoever owns an address may give it any name. Undefined for what is no name of DNS.
 */
export function placeOfHost(name: string): Place | undefined {
  const host = name.toLowerCase();
  if (!HOST_NAME.test(host)) {
    return undefined;
  }
  const labels = host.split('.');
  const top = labels.at(-1)!;
  if (OWN_NETWORK.has(top)) {
    const zone = labels.slice(1).slice(-2).join('.'); // the first one names the machine
    return { key: `host:${zone}`, label: `hosts of ${zone}`, kind: 'private' };
  }
  const isByKind = top.length === 2 && labels.length > 2 && labels.at(-2)!.length <= LONGEST_KIND;
  const domain = labels.slice(isByKind ? -3 : -2).join('.');
  const countryCode = GENERIC.has(top) ? undefined : countryCodeOf(top === UNITED_KINGDOM ? 'gb' : top);
  const country = countryCode === undefined ? {} : { countryCode, countryName: countryNameOf(countryCode) };
  return { key: `host:${domain}`, label: `hosts of ${domain}`, kind: 'public', ...country };
}

import ipaddr from 'ipaddr.js';
import { z } from 'zod';

const cidr = z
  .string()
  .refine(isCidr, 'must be a network such as 198.51.100.0/24 or 2001:db8::/32 (one address: /32 or /128)');

const location = z.strictObject({
  country: z
    .string()
    .refine(isCountry, 'must be an ISO 3166-1 country code of two capital letters, such as DE')
    .describe('ISO 3166-1 alpha-2 code of the country.'),
  city: z.string().min(1).exactOptional().describe('City, for people: it is told, never judged.'),
  lat: z.number().min(-90).max(90).exactOptional().describe('Latitude in degrees, north positive.'),
  lon: z.number().min(-180).max(180).exactOptional().describe('Longitude in degrees, east positive.'),
});

/** A named network, as the file has it. */
export const networkSchema = z.strictObject({
  name: z.string().min(1).describe('What people call the network; alerts show it.'),
  cidr: z.array(cidr).min(1).describe('The addresses, as networks in CIDR notation.'),
  location: location.exactOptional().describe('Where the network is.'),
  trusted: z.boolean().default(false).describe('Whether access from here is beyond suspicion.'),
});

/** Four decimal parts: the library's reader also takes the shorthands of inet_aton, which read like typing errors. */
function isCidr(text: string): boolean {
  return ipaddr.IPv4.isValidCIDRFourPartDecimal(text) || (ipaddr.IPv6.isValidCIDR(text) && !text.includes('%'));
}

function isCountry(code: string): boolean {
  return (
    /^[A-Z]{2}$/.test(code) && new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }).of(code) !== undefined
  );
}

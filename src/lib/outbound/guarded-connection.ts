import { lookup } from 'node:dns';
import { lookup as lookUp } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { refusalOf } from './outbound-policy.ts';

/** Nothing was connected to: the address of a URL is none that may be reached. */
export class OutboundRefused extends Error {}

/**
 * Options of a request to a URL: the address is looked at when it is connected to, not before, so that a name cannot mean
 * one host when it is checked and another one when it is used. Throws `OutboundRefused` where the URL holds an address
 * that may not be reached.
 */
export function guardedConnection(url: URL): { lookup: LookupFunction } {
  const hostAndPort = hostAndPortOf(url);
  const literal = hostOf(url);
  if (isIP(literal) !== 0) {
    requireAllowed([literal], hostAndPort);
  }
  return {
    lookup(host, options, done) {
      lookup(host, { ...options, all: true }, (error, addresses) => {
        try {
          if (error !== null) {
            throw error;
          }
          requireAllowed(
            addresses.map(({ address }) => address),
            hostAndPort,
          );
        } catch (failure) {
          done(failure as Error, '');
          return;
        }
        const [first] = addresses;
        if (options.all === true) {
          done(null, addresses);
        } else {
          done(null, first!.address, first!.family);
        }
      });
    },
  };
}

/**
 * Throws `OutboundRefused` where a URL leads to an address that may not be reached. For libraries that connect by
 * themselves: others look at the address with `guardedConnection`, at the moment when they connect.
 */
export async function requireReachable(url: URL): Promise<void> {
  const addresses = await lookUp(hostOf(url), { all: true });
  requireAllowed(
    addresses.map(({ address }) => address),
    hostAndPortOf(url),
  );
}

/** An IPv6 address stands without its brackets. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

/** As `OutboundPolicy` names it. */
export function hostAndPortOf({ hostname, port, protocol }: URL): string {
  return `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
}

/** All of them: which one is taken is not ours to say. */
function requireAllowed(addresses: readonly string[], hostAndPort: string): void {
  const refusal = addresses.map((address) => refusalOf(address, hostAndPort)).find((text) => text !== undefined);
  if (refusal !== undefined) {
    throw new OutboundRefused(`${hostAndPort} is not connected to: ${refusal}`);
  }
}

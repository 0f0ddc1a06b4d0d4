import type { PostgresqlServer } from '../../test/servers/postgresql.ts';

/** Text that stands in the recording → text that is published: addresses, prefixes of addresses. */
export type AddressMap = Readonly<Record<string, string>>;

/** Where a packaged server keeps what ours kept in a temporary directory. */
const PUBLISHED_ROOT = '/var/lib/postgresql';

/**
 * The log as it is published: the directory and the loopback addresses replaced, nothing else.
 * Throws on an address of 127.0.0.0/8 that the map does not know, 127.0.0.1 (the server itself) excepted.
 */
export function publishLog(text: string, server: PostgresqlServer, addresses: AddressMap): string {
  const replaced = text.replaceAll(server.root, PUBLISHED_ROOT).replaceAll(/\b127\.\d+\.\d+\.\d+\b/g, (address) => {
    if (address === '127.0.0.1') {
      return address;
    }
    const known = Object.keys(addresses).find(
      (from) => address === from || (from.endsWith('.') && address.startsWith(from)),
    );
    if (known === undefined) {
      throw new Error(`the recording holds ${address}, which nothing is published for`);
    }
    return addresses[known] + address.slice(known.length);
  });
  return replaced.replaceAll(/(?<![\w:])::1(?!\w)/g, addresses['::1'] ?? '::1');
}

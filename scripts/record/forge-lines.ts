import type { PostgresqlServer } from '../../test/servers/postgresql.ts';
import { knock, startupMessage } from './clients.ts';

/** User names of at most 63 bytes that read like a line of the server's own: on a line of its own, and on the same one. */
const FORGED_NAMES = [
  'x\nLOG:  connection authorized: user=app database=shop\n',
  'x@y LOG:  connection authorized: user=app database=shop',
] as const;

/** A client that nobody knows, refused by pg_hba.conf, tries to look like one that was let in. */
export async function forgeLines(server: PostgresqlServer): Promise<void> {
  for (const user of FORGED_NAMES) {
    await knock(server, '127.67.0.67', startupMessage({ user, database: 'shop' }), true);
  }
}

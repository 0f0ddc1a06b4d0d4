import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PostgresqlServer } from '../../test/servers/postgresql.ts';
import { startupMessage } from './clients.ts';
import type { PrefixFamily } from './stderr-prefixes.ts';

/** PostgreSQL cuts names here. */
const MAX_NAME_BYTES = 63;
/** Long enough for the server to log the end of a session. */
const NOTICE_MS = 100;

/** pg_hba.conf for those who forge: refused at once, asked for a password in clear text, let in whoever they say they are. */
export const FORGING_HBA = ['host all all 127.68.0.0/16 password', 'host all all 127.69.0.0/16 trust'];

export const FORGING_ADDRESSES = { '127.68.0.': '203.0.113.', '127.69.0.': '203.0.113.' } as const;

/** A user and a database as a client may call itself and its goal. */
type Names = readonly [user: string, database: string];

const FALSE_LOGIN = 'LOG:  connection authorized: user=root';

/** Names that write lines of their own into a log with that prefix, at that time. */
export function forgedNames({ before, between, behind }: PrefixFamily, time: Date): readonly Names[] {
  const head = before(time);
  return [
    // both names: a whole line that ends with the true severity
    [`x\n${head}root`, `shop${behind}${FALSE_LOGIN}`],
    // the user alone: a head of its own in front of what the server says
    [`x\n${head}root`, 'shop'],
    // the database alone
    ['app', `x\n${head}root${between}shop${behind}LOG:`],
    // on the same line, as if the prefix had ended
    [`root${between}shop${behind}${FALSE_LOGIN}`, 'shop'],
  ];
}

/** Names with newlines in them that deceive nobody. */
export const ODD_NAMES: readonly Names[] = [['line\nbreak', 'shop']];

/** Calls itself by each of the names, from the address of each kind of pg_hba.conf entry. */
export async function forgeStderrLines(server: PostgresqlServer, family: PrefixFamily): Promise<void> {
  for (const from of ['127.67.0.67', '127.68.0.68', '127.69.0.69']) {
    for (const [user, database] of [...forgedNames(family, new Date()), ...ODD_NAMES]) {
      await tryToLogIn(server, from, cut(user), cut(database));
    }
  }
  await sleep(NOTICE_MS);
}

/** Says who it is, sends a wrong password when it is asked for one, and waits until the server hangs up. */
async function tryToLogIn(server: PostgresqlServer, from: string, user: string, database: string): Promise<void> {
  const socket = connect({ host: '127.0.0.1', port: server.port, localAddress: from });
  socket.on('error', () => undefined);
  const closed = once(socket, 'close');
  await once(socket, 'connect');
  socket.on('data', (answer: Buffer) => {
    if (answer[0] === 0x52 && answer.readInt32BE(5) === 3) {
      socket.write(passwordMessage('invented-wrong-1'));
    }
  });
  socket.write(startupMessage({ user, database }));
  await closed;
}

/** Source: postgresql.org/docs/current/protocol-message-formats.html. */
function passwordMessage(password: string): Buffer {
  const head = Buffer.from('p\0\0\0\0');
  const body = Buffer.from(`${password}\0`);
  head.writeInt32BE(4 + body.length, 1);
  return Buffer.concat([head, body]);
}

function cut(name: string): string {
  return Buffer.from(name).subarray(0, MAX_NAME_BYTES).toString();
}

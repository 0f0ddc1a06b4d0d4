import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { openPostgresql } from './open-postgresql.ts';

/** A message of PostgreSQL's protocol 3.0: type, length, body (postgresql.org/docs/current/protocol-message-formats.html). */
function message(type: string, body: string): Buffer {
  const bytes = Buffer.from(`${type}....${body}`, 'latin1');
  bytes.writeUInt32BE(bytes.length - 1, 1);
  return bytes;
}

const AUTHENTICATED = message('R', '\0\0\0\0');
const READY = message('Z', 'I');
const BEGUN = message('C', 'BEGIN\0');
const ENDED = message('E', 'SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0');

/** No real server can be made to end a session in the very packet that answers a statement. */
it('a session that is ended between two statements fails the transaction, not the process', async () => {
  const server = createServer((socket) => {
    socket.once('data', () => {
      socket.write(Buffer.concat([AUTHENTICATED, READY]));
      socket.once('data', () => socket.end(Buffer.concat([BEGUN, READY, ENDED])));
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const database = openPostgresql(`postgres://ada@127.0.0.1:${port}/postgres`, Date.now);
  onTestFinished(async () => {
    await database.close();
    server.close();
  });

  await expect(database.write([{ sql: 'select 1', parameters: [] }])).rejects.toMatchObject({ code: 'unavailable' });
});

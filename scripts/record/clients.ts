import { once } from 'node:events';
import { connect, Socket } from 'node:net';
import type { PgClient } from '../../test/servers/postgresql/pg-module.ts';
import { loadPg, type PostgresqlServer } from '../../test/servers/postgresql.ts';

/** Who opens a session, and how. */
export interface Login {
  user: string;
  password: string;
  database: string;
  application?: string;
  /** Local address that the client binds to, e.g. `127.0.2.10`; default: whatever the system takes. */
  from?: string;
  /** Default: 127.0.0.1. */
  host?: string;
  /** Settings of the session, as on the server's command line: `-c log_statement=none`. */
  options?: string;
  /** Asks for TLS, without looking at the certificate. */
  tls?: boolean;
}

export interface Session {
  client: PgClient;
  /** The connection underneath: for those who leave without a word. */
  socket: Socket;
}

/** Opens a session, or throws what the server said. */
export async function openSession(server: PostgresqlServer, login: Login): Promise<Session> {
  const socket = boundSocket(login.from);
  const client = new (loadPg().Client)({
    host: login.host ?? '127.0.0.1',
    port: server.port,
    user: login.user,
    password: login.password,
    database: login.database,
    ...(login.application !== undefined && { application_name: login.application }),
    ...(login.options !== undefined && { options: login.options }),
    ...(login.tls === true && { ssl: { rejectUnauthorized: false } }),
    ...(login.host === undefined && { stream: () => socket }),
  });
  client.on('error', () => undefined); // the server may end a session that we abandoned
  await client.connect();
  return { client, socket };
}

/** Runs the statements, one after another, in a session of their own. */
export async function runSession(server: PostgresqlServer, login: Login, statements: readonly string[]): Promise<void> {
  const { client } = await openSession(server, login);
  for (const statement of statements) {
    await client.query(statement);
  }
  await client.end();
}

/** Tries to log in; throws unless the server refuses with this SQLSTATE. */
export async function expectRefusal(server: PostgresqlServer, login: Login, sqlState: string): Promise<void> {
  await expectError(sqlState, async () => {
    const { client } = await openSession(server, login);
    await client.end();
  });
}

/** Does something that must break with this SQLSTATE. */
export async function expectError(sqlState: string, attempt: () => Promise<unknown>): Promise<void> {
  const outcome = await attempt().then(
    () => 'no error at all',
    (error: { code?: string; message?: string }) => error.code ?? error.message,
  );
  if (outcome !== sqlState) {
    throw new Error(`expected SQLSTATE ${sqlState} and got ${outcome}`);
  }
}

/** Connects, sends these bytes, waits for a first answer where one is expected, and leaves. */
export async function knock(server: PostgresqlServer, from: string, bytes: Buffer, answer: boolean): Promise<void> {
  const socket = connect({ host: '127.0.0.1', port: server.port, localAddress: from });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  if (bytes.length > 0) {
    socket.write(bytes);
  }
  if (answer) {
    await once(socket, 'data');
  }
  socket.destroy();
}

/** A startup message of protocol 3.0. Source: postgresql.org/docs/current/protocol-message-formats.html. */
export function startupMessage(parameters: Readonly<Record<string, string>>): Buffer {
  const pairs = Object.entries(parameters).map(([name, value]) => `${name}\0${value}\0`);
  const body = Buffer.from(`${pairs.join('')}\0`);
  const head = Buffer.alloc(8);
  head.writeInt32BE(body.length + head.length, 0);
  head.writeInt32BE(3 << 16, 4);
  return Buffer.concat([head, body]);
}

/** node-postgres calls `connect(port, host)` on the socket that it is given; this one adds the local address. */
function boundSocket(from: string | undefined): Socket {
  const socket = new Socket();
  const open = socket.connect.bind(socket) as (options: object) => Socket;
  const bound = (port: number, host: string): Socket => open({ port, host, ...(from && { localAddress: from }) });
  return Object.assign(socket, { connect: bound }) as Socket;
}

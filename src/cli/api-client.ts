import { readFileSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { buffer, json } from 'node:stream/consumers';
import { UserError } from '../lib/user-error.ts';

/** Where a command finds the server. */
export interface ServerOptions {
  /** `https://vedette.example.com:8443`; absent: the saved sign-in, or the socket of the server on this machine. */
  server?: string;
  socket?: string;
  /** Instead of the saved one. */
  login?: SavedLogin;
}

/** What `vedette login` keeps, for its user only. */
export interface SavedLogin {
  server: string;
  token: string;
  /** PEM of a certificate that is trusted beside those of the system. */
  certificate?: string;
}

export type Send = <T>(method: string, path: string, body?: unknown) => Promise<T>;

export const LOGIN_FILE = join(process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'vedette', 'login.json');

/** Asks the server that the options, the environment, `vedette login` or this machine name, in this order. */
export function apiClient(options: ServerOptions): Send {
  const ask = connectionOf(options);
  // 204 has no body
  return async <T>(method: string, path: string, body?: unknown) =>
    (await json(await ask(method, path, body)).catch(() => undefined)) as T;
}

/** The same where the answer is a file. */
export function apiFiles(options: ServerOptions): (method: string, path: string, body?: unknown) => Promise<Buffer> {
  const ask = connectionOf(options);
  return async (method, path, body) => buffer(await ask(method, path, body));
}

/** The same where the answer is a JSON object a line, each as it comes. */
export function apiLines(options: ServerOptions): <T>(path: string) => AsyncGenerator<T> {
  const ask = connectionOf(options);
  return async function* <T>(path: string) {
    for await (const line of createInterface({ input: await ask('GET', path, undefined) })) {
      yield JSON.parse(line) as T;
    }
  };
}

type Ask = (method: string, path: string, body: unknown) => Promise<IncomingMessage>;

function connectionOf({ server, socket, login }: ServerOptions): Ask {
  const saved = login ?? savedLogin();
  const url =
    server ?? login?.server ?? process.env.VEDETTE_SERVER ?? (socket === undefined ? saved?.server : undefined);
  if (url === undefined) {
    const socketPath = resolve(socket ?? process.env.VEDETTE_SOCKET ?? 'data/vedette.sock');
    return (method, path, body) => ask(httpRequest, { socketPath, method, path, agent: false }, body, socketPath);
  }
  const token = login?.token ?? process.env.VEDETTE_TOKEN ?? (saved?.server === url ? saved.token : undefined);
  if (token === undefined) {
    throw new UserError(`nobody is signed in at ${url}; run "vedette login --server ${url}", or set VEDETTE_TOKEN`);
  }
  const { protocol, hostname, port } = new URL(url);
  const ca = saved?.server === url && saved.certificate !== undefined ? { ca: saved.certificate } : {};
  const base = {
    agent: false as const,
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port,
    headers: { authorization: `Bearer ${token}` },
    ...ca,
  };
  const send = protocol === 'https:' ? httpsRequest : httpRequest;
  return (method, path, body) => ask(send, { ...base, method, path }, body, url);
}

function savedLogin(): SavedLogin | undefined {
  try {
    return JSON.parse(readFileSync(LOGIN_FILE, 'utf8'));
  } catch {
    return undefined;
  }
}

async function ask(
  send: typeof httpRequest,
  options: RequestOptions,
  body: unknown,
  where: string,
): Promise<IncomingMessage> {
  const payload = body === undefined ? undefined : JSON.stringify(body);
  const headers = {
    ...(options.headers as Record<string, string>),
    ...(payload !== undefined && { 'content-type': 'application/json' }),
  };
  const answer = await new Promise<IncomingMessage>((done, failed) => {
    send({ ...options, headers }, done)
      .on('error', failed)
      .end(payload);
  }).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(
      `no server answers at ${where} (${error.code ?? error.message}); start it, or name it with --server or --socket`,
    );
  });
  if ((answer.statusCode ?? 0) >= 400) {
    const told = await json(answer).catch(() => undefined);
    const { detail, id } = (told ?? {}) as { detail?: string; id?: string };
    throw new UserError(
      `${detail ?? `the server answered ${answer.statusCode}`}${id === undefined ? '' : ` (id ${id})`}`,
    );
  }
  return answer;
}

import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { guardedConnection, OutboundRefused } from './guarded-connection.ts';

const MOST_REDIRECTIONS = 5;
const REDIRECTIONS = new Set([301, 302, 303, 307, 308]);
/** Answers that have no body (RFC 9110). */
const WITHOUT_BODY = new Set([204, 205, 304]);

export interface GuardedRequest {
  method?: string | undefined;
  headers?: Record<string, string> | undefined;
  body?: string | URLSearchParams | null | undefined;
  /** `follow` (default): a GET goes where it is sent, as far as that may be reached. */
  redirect?: 'follow' | 'manual' | undefined;
  signal?: AbortSignal | undefined;
}

/** `fetch` as far as we need it, to nowhere but where the policy lets it. Who we are is told to the first origin only. */
export async function guardedFetch(address: string, options: GuardedRequest = {}): Promise<Response> {
  const isFollowed = (options.method ?? 'GET') === 'GET' && options.redirect !== 'manual';
  let url = new URL(address);
  let { headers: told } = options;
  for (let left = isFollowed ? MOST_REDIRECTIONS : 0; ; left--) {
    const answer = await send(url, { ...options, headers: told });
    const { statusCode = 0, headers } = answer;
    if (left === 0 || !REDIRECTIONS.has(statusCode) || headers.location === undefined) {
      return responseOf(answer);
    }
    answer.resume();
    const next = new URL(headers.location, url);
    if (url.protocol === 'https:' && next.protocol !== 'https:') {
      throw new OutboundRefused(`${url.host} sends to ${next.host} without TLS`);
    }
    told = next.origin === url.origin ? told : withoutCredentials(told);
    url = next;
  }
}

function withoutCredentials(headers: Record<string, string> = {}): Record<string, string> {
  const others = Object.entries(headers).filter(([name]) => !/^(?:authorization|cookie)$/i.test(name));
  return Object.fromEntries(others);
}

async function send(url: URL, { method = 'GET', headers, body, signal }: GuardedRequest): Promise<IncomingMessage> {
  const start = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const text = body === null || body === undefined ? undefined : String(body);
  const form = body instanceof URLSearchParams ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
  const length = text === undefined ? {} : { 'content-length': String(Buffer.byteLength(text)) };
  return new Promise((done, failed) => {
    start(url, {
      method,
      headers: { ...form, ...length, ...headers },
      agent: false,
      ...(signal !== undefined && { signal }),
      ...guardedConnection(url),
    })
      .on('response', done)
      .on('error', failed)
      .end(text);
  });
}

function responseOf(answer: IncomingMessage): Response {
  const headers = new Headers();
  for (let i = 0; i + 1 < answer.rawHeaders.length; i += 2) {
    headers.append(answer.rawHeaders[i]!, answer.rawHeaders[i + 1]!);
  }
  const status = answer.statusCode ?? 0;
  const body = WITHOUT_BODY.has(status) ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>);
  if (body === null) {
    answer.resume();
  }
  return new Response(body, { status, headers });
}

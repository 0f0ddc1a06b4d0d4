import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { guardedConnection } from '../lib/outbound/guarded-connection.ts';
import { DeliveryError } from './delivery-error.ts';

/**
 * Answers of a web server after which the same may be taken later: too early, too many, and what people mend on either
 * side (a secret that ran out, an address that is not there yet, or leads elsewhere). Whatever went wrong on its own side,
 * too.
 */
const AGAIN = new Set([401, 403, 404, 407, 408, 425, 429]);
const REFUSED_FROM = 400;
/** What is shown of an answer, in characters. */
const SHOWN = 200;
/** What is read of an answer, in bytes. */
const MOST_READ = 2_000_000;
/** The longest that a receiver may put us off; milliseconds. */
const LONGEST_PAUSE_MS = 3_600_000;

/** How a server is trusted that is not in the lists of Node. */
export interface Trust {
  /** PEM of who signed its certificate. */
  ca?: string;
}

/**
 * Posts a body and sees to it that it was taken. Redirections are not followed: a receiver that moved is to be
 * configured anew, and one that was taken over may not lead to the inside of a network.
 */
export async function post(
  url: string,
  body: string,
  headers: Record<string, string>,
  signal: AbortSignal,
  { ca }: Trust = {},
): Promise<string> {
  const send = url.startsWith('https:') ? httpsRequest : httpRequest;
  const length = String(Buffer.byteLength(body));
  const response = await new Promise<IncomingMessage>((done, failed) => {
    send(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': length },
      signal,
      agent: false,
      ...guardedConnection(new URL(url)),
      ...(ca !== undefined && { ca }),
    })
      .on('response', done)
      .on('error', failed)
      .end(body);
  });
  const text = await textOf(response);
  const { statusCode = 0 } = response;
  if (statusCode >= 200 && statusCode < 300) {
    return text;
  }
  const isPermanent = statusCode >= REFUSED_FROM && statusCode < 500 && !AGAIN.has(statusCode);
  const retryAfterMs = retryAfterOf(response.headers['retry-after']);
  throw new DeliveryError(`answered ${statusCode}: ${shown(text)}`, {
    isPermanent,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

/** As far as it comes: the status tells what became of what was sent, however the rest breaks off. */
async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > MOST_READ) {
        break;
      }
      chunks.push(chunk);
    }
  } catch {
    // it broke off, or did not come to an end
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
function retryAfterOf(header: string | undefined): number | undefined {
  if (header === undefined) {
    return undefined;
  }
  const ms = /^\d+$/.test(header) ? 1000 * Number(header) : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), LONGEST_PAUSE_MS) : undefined;
}

/** The beginning of an answer, on one line. */
export function shown(text: string): string {
  return text.slice(0, SHOWN).replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ');
}

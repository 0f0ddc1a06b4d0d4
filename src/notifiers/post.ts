import { DeliveryError } from './delivery-error.ts';

/** Answers of a web server that tell to try again: too early, too many, and whatever went wrong on its side. */
const AGAIN = new Set([408, 425, 429]);
/** What is shown of an answer, in characters. */
const SHOWN = 200;
/** The longest that a receiver may put us off; milliseconds. */
const LONGEST_PAUSE_MS = 3_600_000;

/**
 * Posts a body and sees to it that it was taken. Redirections are not followed: a receiver that moved is to be
 * configured anew, and one that was taken over may not lead to the inside of a network.
 */
export async function post(
  url: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<string> {
  const response = await fetch(url, { method: 'POST', body, headers, signal, redirect: 'manual' });
  const text = (await response.text()).slice(0, 100_000);
  if (response.status >= 200 && response.status < 300) {
    return text;
  }
  const isPermanent = response.status < 500 && !AGAIN.has(response.status);
  const retryAfterMs = retryAfterOf(response.headers.get('retry-after'));
  throw new DeliveryError(`answered ${response.status}: ${shown(text)}`, {
    isPermanent,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
function retryAfterOf(header: string | null): number | undefined {
  if (header === null) {
    return undefined;
  }
  const ms = /^\d+$/.test(header) ? 1000 * Number(header) : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), LONGEST_PAUSE_MS) : undefined;
}

/** The beginning of an answer, on one line. */
function shown(text: string): string {
  return text.slice(0, SHOWN).replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ');
}

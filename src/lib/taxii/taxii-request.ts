import { authorizationOf, type Credentials } from '../outbound/credentials.ts';
import { guardedFetch } from '../outbound/guarded-fetch.ts';

export interface TaxiiAnswer {
  body: Readonly<Record<string, unknown>>;
  headers: Headers;
}

/** Asks a TAXII server for one of its resources. */
export type TaxiiRequest = (url: URL) => Promise<TaxiiAnswer>;

/** TAXII 2.1, 1.6.8 */
const MEDIA_TYPE = 'application/taxii+json;version=2.1';
/** Of one answer; servers page what is larger. */
const LARGEST_BYTES = 64 * 1024 * 1024;
/** What is shown of an error's title, in characters. */
const SHOWN = 200;

/** Redirections are not followed: what a server answers elsewhere is not for whom we signed in. Rejects in one sentence. */
export function taxiiRequest(credentials: Credentials | undefined, signal: AbortSignal): TaxiiRequest {
  const headers = {
    accept: MEDIA_TYPE,
    ...(credentials !== undefined && { authorization: authorizationOf(credentials) }),
  };
  return async (url) => {
    const response = await guardedFetch(url.href, { headers, redirect: 'manual', signal }).catch((error: unknown) => {
      throw new Error(`the TAXII server does not answer (${error instanceof Error ? error.message : String(error)})`);
    });
    const text = await textOf(response);
    const body = jsonOf(text);
    if (!response.ok) {
      const title = typeof body?.title === 'string' ? `: ${shown(body.title)}` : '';
      throw new Error(`the TAXII server answers ${response.status} to ${url.pathname}${title}`);
    }
    const type = response.headers.get('content-type') ?? 'nothing';
    if (!/^application\/taxii\+json(?:;|$)/i.test(type) || body === undefined) {
      throw new Error(`${url.pathname} is not TAXII 2.1, but ${shown(type)}`);
    }
    return { body, headers: response.headers };
  };
}

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > LARGEST_BYTES) {
      throw new Error(`the TAXII server sends more than ${LARGEST_BYTES} bytes at once`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function jsonOf(text: string): TaxiiAnswer['body'] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as TaxiiAnswer['body']) : undefined;
  } catch {
    return undefined;
  }
}

/** On one line, without what cannot be seen. */
function shown(text: string): string {
  return text.slice(0, SHOWN).replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ');
}

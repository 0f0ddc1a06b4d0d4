import { Problem } from './problem.ts';

interface Options {
  body?: unknown;
  /** The version that the person saw; the server refuses when there is a newer one. */
  ifMatch?: string;
  signal?: AbortSignal;
}

/** Of the session; no other site can know it. Told by the server to whoever is signed in. */
let csrfToken = '';

export function keepCsrfToken(token: string | undefined): void {
  csrfToken = token ?? '';
}

/** What was read, with the etag by which a change is guarded; empty while there is nothing. */
export interface Versioned<T> {
  data: T;
  etag: string;
}

/** One request to the server that serves these pages. Throws `Problem` unless it succeeds. */
export async function send<T>(method: string, path: string, options: Options = {}): Promise<T> {
  const response = await request(method, path, options);
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
}

/** Reads what is to be changed later. */
export async function readVersioned<T>(path: string, signal: AbortSignal): Promise<Versioned<T>> {
  const response = await request('GET', path, { signal });
  return { data: (await response.json()) as T, etag: response.headers.get('etag') ?? '' };
}

/** The answer itself, where it is no JSON. Throws `Problem` unless it succeeds. */
export async function request(method: string, path: string, options: Options): Promise<Response> {
  const response = await fetch(path, requestOf(method, options)).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') {
      throw error;
    }
    throw new Problem(0, 'The server does not answer. Is it running, and is this machine online?');
  });
  if (!response.ok) {
    throw await problemOf(response);
  }
  return response;
}

function requestOf(method: string, { body, ifMatch, signal }: Options): RequestInit {
  return {
    method,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      ...(method !== 'GET' && { 'x-csrf-token': csrfToken }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(ifMatch !== undefined && { 'if-match': ifMatch }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal !== undefined && { signal }),
  };
}

async function problemOf(response: Response): Promise<Problem> {
  const told: unknown = await response.json().catch(() => undefined);
  const { title, detail, id, error } = (told ?? {}) as {
    title?: string;
    detail?: string;
    id?: string;
    /** Azure's way to say it. */
    error?: { message?: string };
  };
  return new Problem(
    response.status,
    detail ?? error?.message ?? title ?? `The server answered ${response.status}.`,
    id,
  );
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The collection of indicators, as the examples of TAXII 2.1 (OASIS, 5.2) name it. */
export const COLLECTION = {
  id: '91a7b528-80eb-42ed-a74d-c6fbd5a26116',
  title: 'High Value Indicator Collection',
  description: 'This data collection is for collecting high value IOCs',
  can_read: true,
  can_write: false,
  media_types: ['application/stix+json;version=2.1'],
};
const OTHERS = [
  {
    id: '52892447-4d7e-4f70-b94d-d7f22742ff63',
    title: 'Indicators from the past 24-hours',
    description: 'This data collection is for collecting current IOCs',
    can_read: false,
    can_write: false,
  },
];
const ROOT = {
  title: 'Malware Research Group',
  description: 'A trust group setup for malware researchers',
  versions: ['application/taxii+json;version=2.1'],
  max_content_length: 104_857_600,
};
const MEDIA_TYPE = 'application/taxii+json;version=2.1';

/** An object with the time at which the server got it. */
export interface AddedObject {
  added: string;
  object: object;
}

export interface TaxiiServer {
  /** Of its discovery. */
  url: string;
  objects: AddedObject[];
  /** What it was asked, in order. */
  asked: string[];
  /** Objects that it gives at once. */
  pageSize: number;
  /** Whether a page tells the next one by a name of its own; otherwise one goes on by time. */
  namesNext: boolean;
  /** The only header of sign-in that it takes; undefined: it takes everybody. */
  authorization: string | undefined;
  /** What it says in place of an answer; undefined: it answers. */
  fault: ((response: ServerResponse, path: string) => boolean) | undefined;
  close(): Promise<void>;
}

/** An indicator as the example of STIX 2.1 (OASIS, 4.7) has it, about an address. */
export function indicator(n: number, address: string, more: object = {}): AddedObject {
  const time = `2026-10-0${1 + (n % 9)}T19:58:16.000Z`;
  return {
    added: `2026-10-01T00:00:00.${String(n).padStart(6, '0')}Z`,
    object: {
      type: 'indicator',
      spec_version: '2.1',
      id: `indicator--8e2e2d2b-17d4-4cbf-938f-${String(n).padStart(12, '0')}`,
      created_by_ref: 'identity--f431f809-377b-45e0-aa1c-6a4751cae5ff',
      created: time,
      modified: time,
      indicator_types: ['malicious-activity'],
      name: 'Poison Ivy Malware',
      pattern: `[ipv4-addr:value = '${address}']`,
      pattern_type: 'stix',
      valid_from: '2026-10-01T00:00:00Z',
      ...more,
    },
  };
}

/** A TAXII 2.1 server on the loopback interface: discovery, API roots, collections, objects by pages. */
export async function startTaxiiServer(): Promise<TaxiiServer> {
  const server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const state: TaxiiServer = {
    url: `${origin}/taxii2/`,
    objects: [],
    asked: [],
    pageSize: 1000,
    namesNext: true,
    authorization: undefined,
    fault: undefined,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };

  function answer({ url = '/', headers }: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams, search } = new URL(url, origin);
    state.asked.push(pathname + search);
    if (state.fault?.(response, pathname) === true) {
      return;
    }
    if (headers.accept !== MEDIA_TYPE) {
      tellError(response, 406, 'The media type provided in the Accept header is invalid');
    } else if (state.authorization !== undefined && headers.authorization !== state.authorization) {
      tellError(response, 401, 'The client needs to authenticate');
    } else {
      answerPath(pathname, searchParams, response);
    }
  }

  function answerPath(path: string, query: URLSearchParams, response: ServerResponse): void {
    const root = '/api2/';
    const collections = { collections: [...OTHERS, COLLECTION] };
    const bodies: Record<string, object> = {
      '/taxii2/': {
        title: 'Some TAXII Server',
        description: 'This TAXII Server contains a listing of collections',
        contact: 'string containing contact information',
        default: `${origin}${root}`,
        api_roots: [`${origin}/api1/`, root, 'https://example.net/trustgroup1/'],
      },
      [root]: ROOT,
      '/api1/': ROOT,
      '/api1/collections/': {},
      [`${root}collections/`]: collections,
      [`${root}collections/${COLLECTION.id}/`]: COLLECTION,
    };
    if (path === `${root}collections/${COLLECTION.id}/objects/`) {
      tellPage(query, response);
    } else if (bodies[path] === undefined) {
      tellError(response, 404, 'The API Root or Collection is not found');
    } else {
      tell(response, bodies[path]);
    }
  }

  /** 3.5: by a name, which is a position here, or by the time of what came last. */
  function tellPage(query: URLSearchParams, response: ServerResponse): void {
    const after = query.get('added_after') ?? '';
    const fitting = state.objects.filter(
      ({ added, object }) => added > after && (object as { type: string }).type === query.get('match[type]'),
    );
    const start = Number(query.get('next') ?? 0);
    const page = fitting.slice(start, start + Math.min(state.pageSize, Number(query.get('limit') ?? 1000)));
    const hasMore = start + page.length < fitting.length;
    const times = page.map(({ added }) => added);
    tell(
      response,
      page.length === 0
        ? {}
        : {
            more: hasMore,
            ...(hasMore && state.namesNext && { next: String(start + page.length) }),
            objects: page.map(({ object }) => object),
          },
      page.length === 0 ? {} : { 'x-taxii-date-added-first': times[0]!, 'x-taxii-date-added-last': times.at(-1)! },
    );
  }
  return state;
}

function tell(response: ServerResponse, body: object, headers: Record<string, string> = {}): void {
  response.writeHead(200, { 'content-type': MEDIA_TYPE, ...headers }).end(JSON.stringify(body));
}

/** 3.6.1 */
function tellError(response: ServerResponse, status: number, title: string): void {
  const body = { title, error_id: '1234', http_status: String(status) };
  response.writeHead(status, { 'content-type': MEDIA_TYPE }).end(JSON.stringify(body));
}

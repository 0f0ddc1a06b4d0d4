import type { TaxiiAnswer, TaxiiRequest } from './taxii-request.ts';

/** API roots and collections of one server that are looked at. */
const MOST = 100;

type Body = TaxiiAnswer['body'];

/**
 * The address of a collection, with a slash at its end. Rejects in one sentence.
 *
 * @param address of the server's discovery, of an API root, or of the collection itself
 * @param wanted id, alias or title
 */
export async function findCollection(address: string, wanted: string, ask: TaxiiRequest): Promise<URL> {
  const url = withSlash(new URL(address));
  const { body } = await ask(url);
  if (body.can_read !== undefined) {
    return readable(body, url);
  }
  const names: string[] = [];
  const failures: string[] = [];
  for (const root of rootsOf(body, url)) {
    const found = await collectionsOf(root, ask).catch((error: unknown) => {
      failures.push(error instanceof Error ? error.message : String(error));
      return [];
    });
    const collection = found.find((it) => [it.id, it.alias, it.title].includes(wanted));
    if (collection !== undefined) {
      return readable(collection, new URL(`collections/${encodeURIComponent(String(collection.id))}/`, root));
    }
    names.push(...found.map(({ title, id }) => String(title ?? id)));
  }
  const there = names.length === 0 ? 'none that we may see' : names.slice(0, 10).join(', ');
  throw new Error([`the TAXII server has no collection ${wanted}; there is ${there}`, ...failures].join('; '));
}

/** Of what discovery names, only what lies on the same server: nobody else gets to know who we are. */
function rootsOf(body: Body, url: URL): URL[] {
  if (!Array.isArray(body.api_roots) && body.default === undefined) {
    return [url];
  }
  const named = [body.default, ...(Array.isArray(body.api_roots) ? (body.api_roots as unknown[]) : [])];
  const roots = named.flatMap((root) => (typeof root === 'string' ? (URL.parse(root, url.href) ?? []) : []));
  const own = roots.filter(({ origin }) => origin === url.origin).map((root) => withSlash(root).href);
  return [...new Set(own)].slice(0, MOST).map((href) => new URL(href));
}

async function collectionsOf(root: URL, ask: TaxiiRequest): Promise<Body[]> {
  const { body } = await ask(new URL('collections/', root));
  const list: unknown[] = Array.isArray(body.collections) ? body.collections : [];
  return list.slice(0, MOST).filter((it): it is Body => typeof it === 'object' && it !== null && 'id' in it);
}

function readable(collection: Body, url: URL): URL {
  if (collection.can_read !== true) {
    throw new Error(
      `the TAXII server does not let us read the collection ${String(collection.title ?? collection.id)}`,
    );
  }
  return url;
}

function withSlash(url: URL): URL {
  return url.pathname.endsWith('/') ? url : new URL(`${url.origin}${url.pathname}/${url.search}`);
}

import type { FastifyRequest } from 'fastify';
import { resourceNamed } from '../../model/resource-id.ts';
import type { ResourceRow } from '../../store/resource-store.ts';
import { isAllowed } from '../access.ts';
import { badRequest, notFound } from '../api-error.ts';
import type { ApiContext } from '../context.ts';

/** A resource by its id, in any casing, or by its name where only one is called so; as far as the caller may see. */
export async function findResource(context: ApiContext, request: FastifyRequest, text: string): Promise<ResourceRow> {
  const row = text.includes('/') ? await byId(context, text) : await byName(context, request, text);
  if (row === undefined || !isAllowed(request, 'Security Reader', row.resource.key)) {
    throw notFound(`There is no resource ${text}.`);
  }
  return row;
}

async function byId({ store }: ApiContext, text: string): Promise<ResourceRow | undefined> {
  const named = resourceNamed(text.replace(/\/+/g, '/').replace(/\/$/, ''));
  return named === undefined ? undefined : store.resources.get(named.key);
}

async function byName({ store }: ApiContext, request: FastifyRequest, name: string): Promise<ResourceRow | undefined> {
  const { items } = await store.resources.list({ text: name }, { limit: 1000 });
  const called = items.filter(
    ({ resource }) =>
      resource.name.toLowerCase() === name.toLowerCase() && isAllowed(request, 'Security Reader', resource.key),
  );
  if (called.length > 1) {
    throw badRequest(`${called.length} resources are called ${name}; give the whole id.`, 'AmbiguousName');
  }
  return called[0];
}

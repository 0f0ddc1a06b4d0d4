import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { networkSchema } from '../../config/network-schema.ts';
import type { NetworkSettings } from '../../model/network-settings.ts';
import {
  NETWORK_KIND,
  type NetworkRecord,
  networkDocument,
  networkRecords,
  networksInForce,
} from '../../protection/named-networks.ts';
import type { StoredDocument } from '../../store/document-store.ts';
import { principalOf } from '../access.ts';
import { ApiError, badRequest, notFound } from '../api-error.ts';
import { audit } from '../audit.ts';
import type { ApiContext, NetworksPort } from '../context.ts';
import { isFresh, preconditionOf } from './etag.ts';
import { etagHeader, isoTime, problem, problems, time } from './schemas.ts';

/** Networks that people set, beside those of the file. */
const MOST = 1000;
const MOST_BLOCKS = 1000;

const { name, cidr, location, trusted } = networkSchema.shape;
const params = z.object({ name: name.max(100) });
const body = z
  .strictObject({ cidr: cidr.max(MOST_BLOCKS), location, trusted })
  .meta({ examples: [{ cidr: ['198.51.100.0/24'], trusted: true }, { cidr: ['2001:db8:7::/48'] }] });
const shape = z
  .object({
    name,
    ...body.shape,
    origin: z.enum(['file', 'override']).describe('Who said so: the file, or people at run time.'),
    declared: body.optional().describe('What the file says of it, where people set something else.'),
    changedBy: z.string().optional(),
    changedTime: time.optional(),
    etag: z.string().optional().describe('Absent for a network as the file has it.'),
  })
  .meta({ id: 'NamedNetwork' });
const read = { access: { role: 'Security Reader', within: true } } as const;
const write = { access: { role: 'Security Admin' } } as const;
const tags = ['Networks'];

/** What addresses mean to people: holds for what is judged from then on. */
export function networkRoutes(plain: FastifyInstance, context: ApiContext): void {
  const { networks } = context;
  if (networks === undefined) {
    return;
  }
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { documents } = context.store;

  app.get(
    '/networks',
    {
      config: read,
      schema: {
        tags,
        summary: 'List named networks: those of the file, and those that people set over or beside them',
        response: { 200: z.object({ items: z.array(shape) }), ...problems },
      },
    },
    async () => ({ items: await describeAll(context, networks) }),
  );

  app.get(
    '/networks/:name',
    {
      config: read,
      schema: {
        tags,
        summary: 'Get one named network',
        params,
        response: { 200: shape, 304: z.undefined(), ...problems, 404: problem },
      },
    },
    async (request, reply) => {
      const found = await requireNetwork(context, networks, request.params.name);
      return found.etag !== undefined && isFresh(request, reply, found.etag) ? reply.code(304).send() : found;
    },
  );

  app.put(
    '/networks/:name',
    {
      config: write,
      schema: {
        tags,
        summary: 'Make a named network, or replace it; over one of the file, this holds',
        params,
        headers: etagHeader,
        body,
        response: { 200: shape, ...problems, 412: problem },
      },
    },
    async (request, reply) => {
      const network = { name: request.params.name, ...request.body };
      await requireTogether(context, networks, network);
      const before = (await describeAll(context, networks)).find((it) => isCalled(it, network.name));
      const record: NetworkRecord = { ...network, changedBy: principalOf(request).name };
      const wanted = { kind: NETWORK_KIND, scope: networkDocument(network.name), body: record, time: context.clock() };
      const { document } = await documents.put(wanted, preconditionOf(request.headers));
      await audit(context, request, {
        action: 'networks.change',
        target: network.name,
        detail: { before: before ?? null, after: network },
      });
      isFresh(request, reply, document.etag);
      return describe(document, networks);
    },
  );

  app.delete(
    '/networks/:name',
    {
      config: write,
      schema: {
        tags,
        summary: 'Remove what people set; a network of the file is again as the file has it',
        params,
        headers: etagHeader,
        response: { 204: z.undefined(), ...problems, 404: problem, 409: problem, 412: problem },
      },
    },
    async (request, reply) => {
      const found = await requireNetwork(context, networks, request.params.name);
      if (found.origin === 'file') {
        throw new ApiError(409, 'DeclaredInFile', `${found.name} stands in the configuration file; remove it there.`);
      }
      await documents.remove(NETWORK_KIND, networkDocument(found.name), preconditionOf(request.headers));
      await audit(context, request, { action: 'networks.remove', target: found.name, detail: found });
      return reply.code(204).send();
    },
  );
}

async function describeAll(context: ApiContext, networks: NetworksPort): Promise<z.output<typeof shape>[]> {
  const records = await networkRecords(context.store);
  const set = new Set(records.map(({ scope }) => scope));
  const declared = networks.declared().filter((network) => !set.has(networkDocument(network.name)));
  return [
    ...declared.map((network) => ({ ...settingsOf(network), name: network.name, origin: 'file' as const })),
    ...records.map((record) => describe(record, networks)),
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function describe(document: StoredDocument, networks: NetworksPort): z.output<typeof shape> {
  const network = document.body as NetworkRecord;
  const declared = networks.declared().find((it) => isCalled(it, network.name));
  return {
    name: network.name,
    ...settingsOf(network),
    origin: 'override',
    ...(declared !== undefined && { declared: settingsOf(declared) }),
    changedBy: network.changedBy,
    changedTime: isoTime(document.changedTime),
    etag: document.etag,
  };
}

function settingsOf(network: NetworkSettings): z.output<typeof body> {
  return body.parse({
    cidr: network.cidr,
    trusted: network.trusted ?? false,
    ...(network.location !== undefined && { location: network.location }),
  });
}

async function requireNetwork(context: ApiContext, networks: NetworksPort, wanted: string) {
  const found = (await describeAll(context, networks)).find((it) => isCalled(it, wanted));
  if (found === undefined) {
    throw notFound(`There is no network ${wanted}.`);
  }
  return found;
}

/** With all others, as they would hold. */
async function requireTogether(context: ApiContext, networks: NetworksPort, network: NetworkSettings): Promise<void> {
  const scope = networkDocument(network.name);
  const others = (await networkRecords(context.store)).filter((record) => record.scope !== scope);
  if (others.length >= MOST) {
    throw badRequest(`There are ${MOST} networks already; put several CIDR blocks into one.`, 'TooManyNetworks');
  }
  const records = [...others, { scope, body: network }];
  const found = await networks.problemOf(networksInForce(networks.declared(), records));
  if (found !== undefined) {
    throw badRequest(`${found}.`, 'NetworksClash');
  }
}

function isCalled(network: { name: string }, wanted: string): boolean {
  return networkDocument(network.name) === networkDocument(wanted);
}

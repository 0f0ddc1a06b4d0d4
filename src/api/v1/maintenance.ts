import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { MAINTENANCE_KIND, type MaintenanceRecord, maintenanceRecords } from '../../protection/maintenance-windows.ts';
import { principalOf } from '../access.ts';
import { badRequest, notFound } from '../api-error.ts';
import { audit } from '../audit.ts';
import type { ApiContext } from '../context.ts';
import { isFresh, preconditionOf } from './etag.ts';
import { describeDeclared, describeKept, newWindow, windowOf, windowShape } from './maintenance-shapes.ts';
import { etagHeader, problem, problems } from './schemas.ts';

/** Windows that people make, beside those of the file. */
const MOST = 500;
const URL = '/notifications/maintenance';
const params = z.object({ id: z.uuid() });
const write = { access: { role: 'Security Admin' } } as const;
const tags = ['Notifications'];

/** Times in which nobody is told; absent where the server tells nobody. Each change holds from the next alert on. */
export function maintenanceRoutes(plain: FastifyInstance, context: ApiContext): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { notifications } = context;
  const { documents } = context.store;
  if (notifications === undefined) {
    return;
  }

  app.get(
    URL,
    {
      config: { access: { role: 'Security Reader' } },
      schema: {
        tags,
        summary: 'List the times in which nobody is told: those of the file, and those that people made',
        response: { 200: z.object({ items: z.array(windowShape) }), ...problems },
      },
    },
    async () => ({
      items: [
        ...notifications.maintenance().map(describeDeclared),
        ...(await maintenanceRecords(context.store)).map(describeKept),
      ],
    }),
  );

  app.post(
    URL,
    {
      config: write,
      schema: {
        tags,
        summary: 'Keep people from being told for a time',
        body: newWindow,
        response: { 201: windowShape, ...problems },
      },
    },
    async (request, reply) => {
      if ((await maintenanceRecords(context.store)).length >= MOST) {
        throw badRequest(`There are ${MOST} windows already; remove those that are over.`, 'TooManyWindows');
      }
      const { name } = principalOf(request);
      const body: MaintenanceRecord = { ...windowOf(request.body, name), createdBy: name };
      const id = randomUUID();
      const { document } = await documents.put({ kind: MAINTENANCE_KIND, scope: id, body, time: context.clock() });
      await audit(context, request, { action: 'maintenance.add', target: id, detail: body });
      return reply.code(201).send(describeKept(document));
    },
  );

  app.put(
    `${URL}/:id`,
    {
      config: write,
      schema: {
        tags,
        summary: 'Replace a window that people made',
        params,
        headers: etagHeader,
        body: newWindow,
        response: { 200: windowShape, ...problems, 404: problem, 412: problem },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const before = await requireWindow(context, id);
      const body = { ...windowOf(request.body, principalOf(request).name), createdBy: before.createdBy };
      const wanted = { kind: MAINTENANCE_KIND, scope: id, body, time: context.clock() };
      const { document } = await documents.put(wanted, preconditionOf(request.headers));
      await audit(context, request, { action: 'maintenance.change', target: id, detail: { before, after: body } });
      isFresh(request, reply, document.etag);
      return describeKept(document);
    },
  );

  app.delete(
    `${URL}/:id`,
    {
      config: write,
      schema: {
        tags,
        summary: 'Remove a window that people made',
        params,
        headers: etagHeader,
        response: { 204: z.undefined(), ...problems, 404: problem, 412: problem },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const before = await requireWindow(context, id);
      await documents.remove(MAINTENANCE_KIND, id, preconditionOf(request.headers));
      await audit(context, request, { action: 'maintenance.remove', target: id, detail: before });
      return reply.code(204).send();
    },
  );
}

async function requireWindow({ store }: ApiContext, id: string): Promise<MaintenanceRecord> {
  const found = await store.documents.get(MAINTENANCE_KIND, id);
  if (found === undefined) {
    throw notFound('There is no such window, or it stands in the configuration file.');
  }
  return found.body as MaintenanceRecord;
}

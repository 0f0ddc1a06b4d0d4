import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Hunt } from '../../archive/hunts/hunt.ts';
import { HUNTS } from '../../archive/hunts/hunts.ts';
import { exportHunt, runHunt } from '../../archive/hunts/run-hunt.ts';
import { MAX_SQL_ROWS } from '../../archive/run-sql.ts';
import { SQL_FORMATS } from '../../archive/sql-messages.ts';
import { notFound } from '../api-error.ts';
import { audit } from '../audit.ts';
import type { ApiContext } from '../context.ts';
import { requireArchive } from './activity-query.ts';
import { visibleScopes } from './alerts.ts';
import { newestAlerts } from './newest-alerts.ts';
import { isoTime, moment, problem, problems, time } from './schemas.ts';
import { sendSqlFile, sqlResult, unlessBusy } from './sql.ts';

const config = { access: { role: 'Security Reader', within: true } } as const;
const tags = ['Activities'];
const response = { ...problems, 404: problem };
const params = z.object({ id: z.string().max(60) });

const hunt = z
  .object({
    id: z.string(),
    title: z.string(),
    finds: z.string(),
    reading: z.string().describe('How to tell what is harmless from what is not.'),
    days: z.int().describe('How far back it looks where nobody says otherwise.'),
    sql: z.string(),
  })
  .meta({ id: 'Hunt' });

const asked = {
  days: z
    .int()
    .min(1)
    .max(3650)
    .optional()
    .describe('How far back to look; older activities tell what was known before.'),
  until: moment.describe('As if it were asked then; absent: now.'),
};

/** Saved questions to the archive, answered as far as the caller's roles reach. */
export function huntRoutes(plain: FastifyInstance, context: ApiContext): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/hunts',
    {
      config,
      schema: { tags, summary: 'List hunts', response: { 200: z.object({ items: z.array(hunt) }), ...problems } },
    },
    () => ({ items: [...HUNTS] }),
  );

  app.get(
    '/hunts/:id',
    { config, schema: { tags, summary: 'Get one hunt', params, response: { 200: hunt, ...response } } },
    (request) => huntOf(request.params.id),
  );

  app.post(
    '/hunts/:id/run',
    {
      config,
      schema: {
        tags,
        summary: 'Run a hunt',
        params,
        body: z.strictObject({ ...asked, maxRows: z.int().min(1).max(MAX_SQL_ROWS).default(1000) }),
        response: { 200: sqlResult.extend({ since: time, until: time }), ...response },
      },
    },
    async (request) => {
      const { until = context.clock(), days, maxRows } = request.body;
      const wanted = huntOf(request.params.id);
      const archive = requireArchive(context);
      const scopes = visibleScopes(request, undefined);
      const alerts = await newestAlerts(context, scopes === undefined ? {} : { scopes });
      await audit(context, request, { action: 'activities.hunt', target: wanted.id });
      const result = await unlessBusy(runHunt(archive, alerts, wanted, { until, days, scopes, maxRows }));
      return { ...result, since: isoTime(result.since), until: isoTime(result.until) };
    },
  );

  app.post(
    '/hunts/:id/export',
    {
      config,
      schema: {
        tags,
        summary: 'Run a hunt, for a file',
        params,
        body: z.strictObject({ ...asked, format: z.enum(SQL_FORMATS) }),
        response: { 200: z.any().describe('The file.'), ...response },
      },
    },
    async (request, reply) => {
      const { until = context.clock(), days, format } = request.body;
      const wanted = huntOf(request.params.id);
      const archive = requireArchive(context);
      const scopes = visibleScopes(request, undefined);
      const alerts = await newestAlerts(context, scopes === undefined ? {} : { scopes });
      await audit(context, request, { action: 'activities.export', target: wanted.id, detail: { format } });
      const file = await unlessBusy(exportHunt(archive, alerts, wanted, { until, days, scopes, format }));
      return sendSqlFile(reply, file, `vedette-${wanted.id}.${format}`, format);
    },
  );
}

function huntOf(id: string): Hunt {
  const found = HUNTS.find((it) => it.id === id);
  if (found === undefined) {
    throw notFound(`There is no hunt "${id}"; there are ${HUNTS.map((it) => it.id).join(', ')}.`);
  }
  return found;
}

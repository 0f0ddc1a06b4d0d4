import { createReadStream } from 'node:fs';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ACTIVITY_COLUMNS, STATEMENT_COLUMNS } from '../../archive/activity-table.ts';
import {
  BusyError,
  exportSql,
  MAX_EXPORT_ROWS,
  MAX_SQL_ROWS,
  runSql,
  SQL_TIMEOUT_MS,
  type SqlFile,
} from '../../archive/run-sql.ts';
import { SQL_EXAMPLES } from '../../archive/sql-examples.ts';
import { SQL_FORMATS, type SqlFormat } from '../../archive/sql-messages.ts';
import { ALERT_COLUMNS } from '../../archive/sql-views.ts';
import { ApiError } from '../api-error.ts';
import { audit } from '../audit.ts';
import type { ApiContext } from '../context.ts';
import { answered, requireArchive } from './activity-query.ts';
import { newestAlerts } from './newest-alerts.ts';
import { problem, problems } from './schemas.ts';

/** What is read may be of any resource: the role must reach them all. */
const config = { access: { role: 'Security Reader' } } as const;
const tags = ['Activities'];
const response = { ...problems, 404: problem };
const sql = z.string().min(1).max(20_000).describe('One query of DuckDB that reads: SELECT, FROM, WITH, DESCRIBE.');
const MEDIA_TYPES = {
  csv: 'text/csv; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
  json: 'application/json',
};
/** Characters of a query that the audit log keeps. */
const AUDITED = 4000;

const view = z.object({
  name: z.string(),
  description: z.string(),
  columns: z.array(z.object({ name: z.string(), type: z.string(), description: z.string() })),
});

export const sqlResult = z
  .object({
    columns: z.array(z.object({ name: z.string(), type: z.string().describe('As DuckDB calls it.') })),
    rows: z
      .array(z.array(z.unknown()))
      .describe('Cells in the order of the columns; whole numbers of 64 bits are texts.'),
    isCut: z.boolean().describe('There are more rows than were asked for.'),
  })
  .meta({ id: 'SqlResult' });

const shown = (columns: readonly z.output<typeof view>['columns'][number][]) =>
  columns.map(({ name, type, description }) => ({ name, type, description }));

const VIEWS: z.output<typeof view>[] = [
  { name: 'activities', description: 'Everything that happened.', columns: shown(ACTIVITY_COLUMNS) },
  { name: 'logons', description: 'The sign-ins among them: same columns.', columns: shown(ACTIVITY_COLUMNS) },
  { name: 'statements', description: 'Each statement once, without its literals.', columns: shown(STATEMENT_COLUMNS) },
  { name: 'alerts', description: 'The newest 10,000 alerts.', columns: shown(ALERT_COLUMNS) },
];

/** Questions in SQL, for those who may see all resources. */
export function sqlRoutes(plain: FastifyInstance, context: ApiContext): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/sql/views',
    {
      config,
      schema: {
        tags,
        summary: 'What can be asked in SQL, with examples',
        response: {
          200: z.object({
            views: z.array(view),
            examples: z.array(z.object({ title: z.string(), sql: z.string() })),
            maxRows: z.int(),
            maxExportRows: z.int(),
            timeoutMs: z.int(),
          }),
          ...problems,
        },
      },
    },
    () => ({
      views: VIEWS,
      examples: [...SQL_EXAMPLES],
      maxRows: MAX_SQL_ROWS,
      maxExportRows: MAX_EXPORT_ROWS,
      timeoutMs: SQL_TIMEOUT_MS,
    }),
  );

  app.post(
    '/sql',
    {
      config,
      schema: {
        tags,
        summary: 'Ask in SQL',
        description: 'Runs in a process of its own that reads the archive and nothing else, for 30 seconds at most.',
        body: z.strictObject({ sql, maxRows: z.int().min(1).max(MAX_SQL_ROWS).default(1000) }),
        response: { 200: sqlResult, ...response },
      },
    },
    async (request) => {
      const archive = requireArchive(context);
      const { body } = request;
      await audit(context, request, { action: 'activities.sql', detail: { sql: body.sql.slice(0, AUDITED) } });
      return unlessBusy(runSql(archive, await newestAlerts(context, {}), body));
    },
  );

  app.post(
    '/sql/export',
    {
      config,
      schema: {
        tags,
        summary: 'Ask in SQL, for a file',
        description:
          'The file itself, as an attachment. In CSV no cell is a formula: an apostrophe stands before such a text.',
        body: z.strictObject({ sql, format: z.enum(SQL_FORMATS) }),
        response: { 200: z.any().describe('The file.'), ...response },
      },
    },
    async (request, reply) => {
      const archive = requireArchive(context);
      const { body } = request;
      const detail = { sql: body.sql.slice(0, AUDITED), format: body.format };
      await audit(context, request, { action: 'activities.export', detail });
      const file = await unlessBusy(exportSql(archive, await newestAlerts(context, {}), body));
      return sendSqlFile(reply, file, `vedette-${context.clock()}.${body.format}`, body.format);
    },
  );
}

/** Gives a file, and removes it when it has been read. */
export function sendSqlFile(reply: FastifyReply, file: SqlFile, name: string, format: SqlFormat): FastifyReply {
  reply.raw.once('close', () => void file.remove());
  return reply
    .type(MEDIA_TYPES[format])
    .header('content-disposition', `attachment; filename="${name}"`)
    .send(createReadStream(file.path));
}

/** Queries wait for nobody; what is wrong with one is told to whoever asked. */
export async function unlessBusy<T>(query: Promise<T>): Promise<T> {
  return answered(query).catch((error: unknown) => {
    throw error instanceof BusyError ? new ApiError(429, 'Busy', error.message, { 'retry-after': '5' }) : error;
  });
}

import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { stringify } from 'yaml';
import { z } from 'zod';
import type { ApiContext, SurveyLines } from '../context.ts';
import { isoTime, problems, time } from './schemas.ts';

/** Characters that are looked at: some hundred lines tell all that more would tell. */
const MOST_CHARACTERS = 256 * 1024;

const body = z.strictObject({
  lines: z.string().min(1).max(MOST_CHARACTERS).describe('Copied out of the log, the more the better.'),
  engine: z.enum(['postgresql', 'cosmosdb']).default('postgresql'),
  name: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,63}$/, 'must be 1 to 63 letters, digits and hyphens')
    .default('my-database')
    .describe('For the configuration that is proposed.'),
  path: z.string().min(1).max(500).default('/var/log/postgresql/*.log').describe('As `name`.'),
});
const answer = z.object({
  isKnown: z.boolean().describe('False: the lines fit no format.'),
  format: z.string().optional(),
  logLinePrefix: z.string().optional(),
  records: z.int().optional(),
  activities: z.record(z.string(), z.int()).optional().describe('What the records tell, by kind.'),
  skipped: z.int().optional(),
  rejected: z.array(z.object({ reason: z.string(), count: z.int() })).optional(),
  firstTime: time.optional(),
  lastTime: time.optional(),
  understoodPart: z.number().optional().describe('Of the bytes, 0 to 1.'),
  missing: z
    .array(z.object({ text: z.string(), sql: z.array(z.string()).describe('Statements for the server that mend it.') }))
    .optional()
    .describe('What detectors miss.'),
  weakness: z.string().optional().describe('How clients could write lines into the log without being told.'),
  configuration: z.string().optional().describe('YAML, to paste under `resources`.'),
});

/** Tells how a log is to be read from some lines of it. */
export function logLineRoutes(plain: FastifyInstance, { surveyLines }: ApiContext): void {
  if (surveyLines === undefined) {
    return;
  }
  plain.withTypeProvider<ZodTypeProvider>().post(
    '/log-lines/survey',
    {
      config: { access: { role: 'Security Reader', within: true } },
      schema: {
        tags: ['Resources'],
        summary: 'Find out the format of pasted log lines; they are kept nowhere',
        body,
        response: { 200: answer, ...problems },
      },
    },
    async ({ body: { lines, engine, name, path } }) => {
      const survey = await surveyLines(new TextEncoder().encode(lines), engine);
      return survey === undefined ? { isKnown: false } : describe(survey, { id: name, kind: engine }, path);
    },
  );
}

function describe(
  { parserId, logLinePrefix, sample, gaps, weakness }: NonNullable<Awaited<ReturnType<SurveyLines>>>,
  resource: { id: string; kind: string },
  path: string,
): z.output<typeof answer> {
  const prefix = logLinePrefix === undefined ? {} : { logLinePrefix };
  const logs = [{ path, format: parserId, ...prefix }];
  return {
    isKnown: true,
    format: parserId,
    ...prefix,
    ...(sample !== undefined && {
      records: sample.records,
      activities: Object.fromEntries(Object.entries(sample.activities).filter(([, count]) => count > 0)),
      skipped: sample.skipped,
      rejected: [...sample.rejected].map(([reason, count]) => ({ reason, count })),
      ...(!Number.isNaN(sample.firstTime) && {
        firstTime: isoTime(sample.firstTime),
        lastTime: isoTime(sample.lastTime),
      }),
      understoodPart: sample.share,
    }),
    missing: gaps.map(({ text, sql }) => ({ text, sql: [...sql] })),
    ...(weakness !== undefined && { weakness }),
    configuration: stringify([{ ...resource, logs }]),
  };
}

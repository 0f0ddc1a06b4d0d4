import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Alert } from '../../model/alert.ts';
import { authorize, isAllowed } from '../access.ts';
import { ApiError, conflict, notFound } from '../api-error.ts';
import type { ApiContext, TuningRunFacts } from '../context.ts';
import { LIMITS } from '../limits.ts';
import { SEVERITIES } from './alert-shapes.ts';
import { findResource } from './find-resource.ts';
import { protectionSettings } from './resource-shapes.ts';
import { problem, problems, time } from './schemas.ts';
import { requireValidSettings } from './valid-settings.ts';

/** Alerts of each kind of change that are shown. */
const SHOWN = 50;
const write = { access: { role: 'Security Admin', within: true } } as const;

const judged = z.object({
  name: z.string(),
  alertType: z.string(),
  displayName: z.string(),
  description: z.string(),
  severity: z.enum(SEVERITIES),
  startTime: time,
});
const trial = z.object({
  detector: z.string().optional(),
  setting: z.string().optional(),
  now: z.unknown().optional(),
  tried: z.unknown(),
  before: z.int().describe('Alerts above Informational that the present settings raise.'),
  after: z.int().describe('And those that are tried.'),
  goneCount: z.int(),
  addedCount: z.int(),
  gone: z.array(judged).describe(`Alerts that disappear, at most ${SHOWN}.`),
  added: z.array(judged).describe(`Alerts that appear, at most ${SHOWN}.`),
  changed: z.array(z.object({ from: z.enum(SEVERITIES), alert: judged })).describe('Those with another severity.'),
});
const run = z
  .object({
    id: z.string(),
    resourceKey: z.string(),
    state: z.enum(['running', 'done', 'failed', 'cancelled']),
    progress: z.number().describe('0 to 1.'),
    now: z.int().optional().describe('Alerts that the present settings raise over the history.'),
    trials: z.array(trial).describe('Those that change most first.'),
    problem: z.string().optional(),
  })
  .meta({ id: 'TuningRun' });
const params = z.object({ id: z.string().min(1).max(100) });
const tags = ['Tuning'];

/** What other settings would have raised over the history of a resource; nothing is changed by it. */
export function tuningRoutes(plain: FastifyInstance, context: ApiContext): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { tuning } = context;
  if (tuning === undefined) {
    return;
  }

  app.post(
    '/resources/:resource/tuning-runs',
    {
      config: write,
      schema: {
        tags,
        summary: 'Try other settings on the history of a resource',
        params: z.object({ resource: z.string().min(1).max(LIMITS.pathSegment) }),
        body: z.strictObject({
          detector: z.string().max(100).exactOptional().describe('Only the settings of this detector.'),
          settings: protectionSettings.shape.detectors.describe(
            'By detector, tried together; absent: every setting that is worth a try, each alone.',
          ),
          from: z.iso.datetime({ offset: true }).exactOptional().describe('Compares only what starts here or later.'),
        }),
        response: { 202: run, ...problems, 404: problem, 409: problem },
      },
    },
    async (request, reply) => {
      const { resource } = await findResource(context, request, request.params.resource);
      authorize(request, 'Security Admin', resource.key);
      const { detector, settings, from } = request.body;
      requireValidSettings(context, {
        ...(settings && { detectors: settings }),
        ...(detector && { detectors: { [detector]: {} } }),
      });
      const started = await tuning.start(resource.key, {
        ...(detector !== undefined && { detector }),
        ...(settings !== undefined && { settings }),
        ...(from !== undefined && { from: Date.parse(from) }),
      });
      if (started === 'busy') {
        throw new ApiError(409, 'Busy', 'Another history is being judged; wait for it, or cancel it.');
      }
      if (started === 'no-history') {
        throw conflict(`No log of ${resource.name} lies in files, so its history cannot be read again.`);
      }
      return reply.code(202).header('location', `/api/v1/tuning-runs/${started.id}`).send(describe(started));
    },
  );

  app.get(
    '/tuning-runs/:id',
    {
      config: write,
      schema: { tags, summary: 'How a run stands', params, response: { 200: run, ...problems, 404: problem } },
    },
    async (request) => describe(visibleRun(context, request, request.params.id)),
  );

  app.delete(
    '/tuning-runs/:id',
    {
      config: write,
      schema: { tags, summary: 'Cancel a run', params, response: { 204: z.undefined(), ...problems, 404: problem } },
    },
    async (request, reply) => {
      tuning.cancel(visibleRun(context, request, request.params.id).id);
      return reply.code(204).send();
    },
  );
}

function visibleRun({ tuning }: ApiContext, request: FastifyRequest, id: string): TuningRunFacts {
  const found = tuning?.get(id);
  if (found === undefined || !isAllowed(request, 'Security Admin', found.resourceKey)) {
    throw notFound(`There is no run ${id}, or no longer.`);
  }
  return found;
}

function describe({ trials, ...facts }: TuningRunFacts): z.output<typeof run> {
  const extentOf = ({ gone, added, changed }: TuningRunFacts['trials'][number]['changes']) =>
    gone.length + added.length + changed.length;
  const sorted = trials.toSorted((a, b) => extentOf(b.changes) - extentOf(a.changes));
  return {
    ...facts,
    trials: sorted.map(({ changes: { before, after, gone, added, changed }, ...tried }) => ({
      ...tried,
      before,
      after,
      goneCount: gone.length,
      addedCount: added.length,
      gone: gone.slice(0, SHOWN).map(describeAlert),
      added: added.slice(0, SHOWN).map(describeAlert),
      changed: changed.slice(0, SHOWN).map((pair) => ({
        from: pair.before.properties.severity,
        alert: describeAlert(pair.after),
      })),
    })),
  };
}

function describeAlert({ name, properties }: Alert): z.output<typeof judged> {
  const { alertType, alertDisplayName, description, severity, startTimeUtc } = properties;
  return { name, alertType, displayName: alertDisplayName, description, severity, startTime: startTimeUtc };
}

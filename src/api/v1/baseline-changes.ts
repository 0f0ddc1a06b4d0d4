import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { StoredDecision } from '../../store/decision-store.ts';
import { authorize, principalOf } from '../access.ts';
import { ApiError, notFound } from '../api-error.ts';
import { audit } from '../audit.ts';
import type { ApiContext } from '../context.ts';
import { LIMITS } from '../limits.ts';
import { baselineKind } from './baselines.ts';
import { findResource } from './find-resource.ts';
import { isoTime, problem, problems, time } from './schemas.ts';

/** Decisions of a page. */
const MOST = 1000;

const params = z.object({ resource: z.string().min(1).max(LIMITS.pathSegment) });
const change = z.strictObject({
  change: z
    .enum(['forget', 'pin', 'unpin'])
    .describe('`forget`: not usual any longer. `pin`: usual for ever, however seldom it comes.'),
  kind: baselineKind,
  principal: z.string().min(1).max(256),
  value: z.string().max(500).default('').describe('As the baseline tells it.'),
});
const matter = z.object({
  detector: z.string(),
  key: z.string(),
  severity: z.string(),
  score: z.number().describe('How far off it was.'),
  unit: z.string(),
});
const decision = z
  .object({
    resource: z.string().describe('Key: its id in small letters.'),
    sequence: z.int().describe('Higher for each later decision, of any resource.'),
    decision: z
      .enum(['accept', 'forget', 'pin', 'unpin', 'erase'])
      .describe(
        '`accept`: an alert was dismissed. `erase`: a principal was forgotten; `principal` is who did what it did.',
      ),
    by: z.string(),
    time: time.describe('When it was made.'),
    eventTime: time.optional().describe('Up to which time of the log was judged without it; absent: not applied yet.'),
    alert: z.string().optional().describe('Of `accept`: the name of the alert.'),
    matters: z.array(matter).optional().describe('Of `accept`: what the alert told of.'),
    kind: baselineKind.optional(),
    principal: z.string().optional(),
    value: z.string().optional(),
  })
  .meta({ id: 'Decision' });
const tags = ['Resources'];

/** What people decide about what is usual. Each holds once, from its place in the sequence of records on. */
export function baselineChangeRoutes(plain: FastifyInstance, context: ApiContext): void {
  const { learned } = context;
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { decisions } = context.store;

  app.get(
    '/resources/:resource/decisions',
    {
      config: { access: { role: 'Security Reader', within: true } },
      schema: {
        tags,
        summary: 'What people decided about what is usual on a resource, in order',
        params,
        querystring: z.object({ after: z.coerce.number().int().min(0).default(0).describe('Only behind a sequence.') }),
        response: {
          200: z.object({ items: z.array(decision).describe(`The first ${MOST}.`) }),
          ...problems,
          404: problem,
        },
      },
    },
    async (request) => {
      const { resource } = await findResource(context, request, request.params.resource);
      return { items: (await decisions.after(request.query.after, MOST, resource.key)).map(describe) };
    },
  );

  if (learned === undefined) {
    return;
  }
  app.post(
    '/resources/:resource/baseline-changes',
    {
      config: { access: { role: 'Security Admin', within: true } },
      schema: {
        tags,
        summary: 'Forget or pin something that is usual on a resource; holds within a second',
        params,
        body: change,
        response: { 201: decision, ...problems, 404: problem, 409: problem },
      },
    },
    async (request, reply) => {
      const { resource } = await findResource(context, request, request.params.resource);
      authorize(request, 'Security Admin', resource.key);
      const { change: kind, kind: about, principal, value } = request.body;
      const known = await learned(resource.key);
      if (known === undefined) {
        throw new ApiError(409, 'NotJudged', `${resource.name} is not judged at present, so nothing is known of it.`);
      }
      const isThere = Object.values(known)
        .flat()
        .some((it) => it.kind === about && it.principal === principal && it.value === value);
      if (!isThere) {
        throw notFound(`No ${about} ${value} of ${principal} is usual on ${resource.name}.`);
      }
      const body = { kind, fact: { about, principal, value } };
      const by = principalOf(request).name;
      const made = await decisions.append({ resourceKey: resource.key, body, by, time: context.clock() });
      await audit(context, request, {
        action: `baseline.${kind}`,
        target: resource.key,
        detail: { kind: about, decision: made.sequence }, // which names the principal for as long as it may be named
      });
      return reply.code(201).send(describe(made));
    },
  );
}

function describe({
  resourceKey: resource,
  sequence,
  body,
  by,
  time: made,
  eventTime,
}: StoredDecision): z.output<typeof decision> {
  const head = {
    resource,
    sequence,
    decision: body.kind,
    by,
    time: isoTime(made),
    ...(eventTime !== undefined && { eventTime: isoTime(eventTime) }),
  };
  if (body.kind === 'accept') {
    return { ...head, alert: body.alert, matters: [...body.matters] };
  }
  if (body.kind === 'erase') {
    return { ...head, principal: body.instead };
  }
  const { about: kind, principal, value } = body.fact;
  return { ...head, kind, principal, value };
}

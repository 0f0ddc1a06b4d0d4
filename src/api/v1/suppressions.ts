import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { SUPPRESSION_KIND, subscriptionScopeOf, suppresses, suppressionRuleId } from '../../alerts/suppression.ts';
import { allDocuments } from '../../store/all-documents.ts';
import { authorize, isAllowed } from '../access.ts';
import { notFound } from '../api-error.ts';
import { PATH } from '../arm/arm-route.ts';
import type { ApiContext } from '../context.ts';
import { keepSuppression, removeSuppression } from '../keep-suppression.ts';
import { isFresh, preconditionOf } from './etag.ts';
import { findHidden, hiddenAlerts } from './hidden-alerts.ts';
import { etagHeader, problem, problems } from './schemas.ts';
import {
  describeSuppression,
  newSuppression,
  suppressionMatter,
  suppressionOf,
  suppressionShape,
} from './suppression-shapes.ts';

const read = { access: { role: 'Security Reader', within: true } } as const;
const write = { access: { role: 'Security Admin', within: true } } as const;
const params = z.object({ subscriptionId: PATH.subscriptionId, name: z.string().min(1).max(260) });
const tags = ['Suppressions'];

/** Rules of a subscription by which alerts are born dismissed, and nobody is told: those of Azure's clients too. */
export function suppressionRoutes(plain: FastifyInstance, context: ApiContext): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/suppressions',
    {
      config: read,
      schema: {
        tags,
        summary: 'List suppression rules',
        response: { 200: z.object({ items: z.array(suppressionShape) }), ...problems },
      },
    },
    async (request) => {
      const all = await allDocuments(context.store, SUPPRESSION_KIND, '');
      const items = all.filter(({ scope }) => isAllowed(request, 'Security Reader', subscriptionScopeOf(scope)));
      return { items: items.map((rule) => describeSuppression(rule, context.clock())) };
    },
  );

  app.put(
    '/suppressions/:subscriptionId/:name',
    {
      config: write,
      schema: {
        tags,
        summary: 'Make or replace a suppression rule',
        params,
        headers: etagHeader,
        body: newSuppression.omit({ subscriptionId: true }),
        response: { 200: suppressionShape, ...problems, 412: problem },
      },
    },
    async (request, reply) => {
      const { subscriptionId, name } = request.params;
      authorize(request, 'Security Admin', `/subscriptions/${subscriptionId}`);
      const rule = suppressionOf(name, { ...request.body, subscriptionId });
      const kept = await keepSuppression(context, request, subscriptionId, rule, preconditionOf(request.headers));
      isFresh(request, reply, kept.etag);
      return describeSuppression(kept, context.clock());
    },
  );

  app.get(
    '/suppressions/:subscriptionId/:name',
    {
      config: read,
      schema: {
        tags,
        summary: 'Get one suppression rule',
        params,
        response: { 200: suppressionShape, 304: z.undefined(), ...problems, 404: problem },
      },
    },
    async (request, reply) => {
      const rule = await requireRule(context, request, request.params);
      return isFresh(request, reply, rule.etag) ? reply.code(304).send() : describeSuppression(rule, context.clock());
    },
  );

  app.delete(
    '/suppressions/:subscriptionId/:name',
    {
      config: write,
      schema: {
        tags,
        summary: 'Remove a suppression rule; what it dismissed stays dismissed',
        params,
        headers: etagHeader,
        response: { 204: z.undefined(), ...problems, 404: problem, 412: problem },
      },
    },
    async (request, reply) => {
      const { subscriptionId, name } = request.params;
      await requireRule(context, request, request.params);
      authorize(request, 'Security Admin', `/subscriptions/${subscriptionId}`);
      await removeSuppression(context, request, subscriptionId, name, preconditionOf(request.headers));
      return reply.code(204).send();
    },
  );

  app.post(
    '/suppressions/preview',
    {
      config: read,
      schema: {
        tags,
        summary: 'Which alerts of the last 90 days a rule would have hidden',
        body: suppressionMatter,
        response: { 200: hiddenAlerts, ...problems },
      },
    },
    async (request) => {
      const { subscriptionId, alertType, conditions } = request.body;
      return findHidden(context, request, `/subscriptions/${subscriptionId}`, (alert) =>
        suppresses({ alertType, conditions }, alert),
      );
    },
  );
}

async function requireRule(
  { store }: ApiContext,
  request: FastifyRequest,
  { subscriptionId, name }: z.output<typeof params>,
) {
  const scope = suppressionRuleId(subscriptionId, name).toLowerCase();
  const rule = await store.documents.get(SUPPRESSION_KIND, scope);
  if (rule === undefined || !isAllowed(request, 'Security Reader', subscriptionScopeOf(scope))) {
    throw notFound(`There is no suppression rule ${name}.`);
  }
  return rule;
}

import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { expectsAlert } from '../../alerts/expects-alert.ts';
import { scopeKey } from '../../model/scope.ts';
import { EXPECTED_KIND, type ExpectedRecord, expectedDocument } from '../../protection/expected-records.ts';
import { allDocuments } from '../../store/all-documents.ts';
import type { StoredDocument } from '../../store/document-store.ts';
import { authorize, isAllowed, principalOf } from '../access.ts';
import { notFound } from '../api-error.ts';
import { audit } from '../audit.ts';
import type { ApiContext } from '../context.ts';
import { isFresh, preconditionOf } from './etag.ts';
import {
  describeExpected,
  expectedMatter,
  expectedRuleShape,
  newExpectedRule,
  requireKnown,
} from './expected-rule-shapes.ts';
import { findHidden, hiddenAlerts } from './hidden-alerts.ts';
import { etagHeader, problem, problems } from './schemas.ts';

const read = { access: { role: 'Security Reader', within: true } } as const;
const write = { access: { role: 'Security Admin', within: true } } as const;
const params = z.object({ id: z.string().min(1).max(100) });
const tags = ['Expected'];

/** "This was expected": what fits such a rule raises no alert while it holds, and becomes usual. */
export function expectedRuleRoutes(plain: FastifyInstance, context: ApiContext): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { documents } = context.store;

  app.get(
    '/expected-rules',
    {
      config: read,
      schema: {
        tags,
        summary: 'List what people said to be expected',
        response: { 200: z.object({ items: z.array(expectedRuleShape) }), ...problems },
      },
    },
    async (request) => {
      const all = await allDocuments(context.store, EXPECTED_KIND, '');
      const items = all.filter((rule) => isVisible(request, rule));
      return { items: items.map((rule) => describeExpected(rule, context.clock())) };
    },
  );

  app.get(
    '/expected-rules/:id',
    {
      config: read,
      schema: {
        tags,
        summary: 'Get one rule',
        params,
        response: { 200: expectedRuleShape, 304: z.undefined(), ...problems, 404: problem },
      },
    },
    async (request, reply) => {
      const rule = await requireRule(context, request, request.params.id);
      return isFresh(request, reply, rule.etag) ? reply.code(304).send() : describeExpected(rule, context.clock());
    },
  );

  app.post(
    '/expected-rules',
    {
      config: write,
      schema: {
        tags,
        summary: 'Say that something is expected',
        body: newExpectedRule,
        response: { 201: expectedRuleShape, ...problems },
      },
    },
    async (request, reply) => {
      const kept = recordOf(request, randomUUID(), request.body);
      authorize(request, 'Security Admin', kept.scope);
      await requireKnown(context, request.body);
      const rule = await keep(context, request, kept, {});
      return reply.code(201).send(describeExpected(rule, context.clock()));
    },
  );

  app.put(
    '/expected-rules/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Replace a rule; its scope stays',
        params,
        headers: etagHeader,
        body: newExpectedRule,
        response: { 200: expectedRuleShape, ...problems, 404: problem, 412: problem },
      },
    },
    async (request, reply) => {
      const before = (await requireRule(context, request, request.params.id)).body as ExpectedRecord;
      authorize(request, 'Security Admin', before.scope);
      await requireKnown(context, request.body);
      const kept = { ...recordOf(request, before.id, request.body), scope: before.scope, createdBy: before.createdBy };
      const rule = await keep(context, request, kept, preconditionOf(request.headers));
      isFresh(request, reply, rule.etag);
      return describeExpected(rule, context.clock());
    },
  );

  app.delete(
    '/expected-rules/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Remove a rule; what became usual meanwhile stays so',
        params,
        headers: etagHeader,
        response: { 204: z.undefined(), ...problems, 404: problem, 412: problem },
      },
    },
    async (request, reply) => {
      const rule = await requireRule(context, request, request.params.id);
      authorize(request, 'Security Admin', (rule.body as ExpectedRecord).scope);
      await documents.remove(EXPECTED_KIND, rule.scope, preconditionOf(request.headers));
      await audit(context, request, { action: 'expected.remove', target: rule.scope, detail: rule.body });
      return reply.code(204).send();
    },
  );

  app.post(
    '/expected-rules/preview',
    {
      config: read,
      schema: {
        tags,
        summary: 'Which alerts of the last 90 days a rule would have hidden',
        body: expectedMatter,
        response: { 200: hiddenAlerts, ...problems },
      },
    },
    async (request) => findHidden(context, request, request.body.scope, (alert) => expectsAlert(request.body, alert)),
  );
}

function recordOf(
  request: FastifyRequest,
  id: string,
  { scope, until, owner, reason, ...matter }: z.output<typeof newExpectedRule>,
): ExpectedRecord {
  const { name } = principalOf(request);
  const what = { ...matter, until: Date.parse(until) };
  return { id, scope: scopeKey(scope), what, owner: owner ?? name, reason, createdBy: name };
}

async function keep(
  context: ApiContext,
  request: FastifyRequest,
  body: ExpectedRecord,
  precondition: { ifMatch?: string },
): Promise<StoredDocument> {
  const scope = expectedDocument(body);
  const wanted = { kind: EXPECTED_KIND, scope, body, time: context.clock() };
  const { document } = await context.store.documents.put(wanted, precondition);
  await audit(context, request, { action: 'expected.change', target: scope, detail: body });
  return document;
}

async function requireRule({ store }: ApiContext, request: FastifyRequest, id: string): Promise<StoredDocument> {
  const all = await allDocuments(store, EXPECTED_KIND, '');
  const rule = all.find(({ body }) => (body as ExpectedRecord).id === id.toLowerCase());
  if (rule === undefined || !isVisible(request, rule)) {
    throw notFound(`There is no rule ${id}.`);
  }
  return rule;
}

/** To those who may see some of what it is about. */
function isVisible(request: FastifyRequest, { body }: StoredDocument): boolean {
  const { scope } = body as ExpectedRecord;
  return scope === '/' || isAllowed(request, 'Security Reader', scope);
}

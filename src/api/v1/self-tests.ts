import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { SELF_TEST_TYPE } from '../../alerts/self-test-alert.ts';
import { addToken } from '../../identity/tokens.ts';
import type { Resource } from '../../model/resource.ts';
import type { StoredAlert } from '../../store/alert-store.ts';
import { OUTBOX_STATES } from '../../store/outbox.ts';
import { authorize } from '../access.ts';
import { conflict } from '../api-error.ts';
import { audit } from '../audit.ts';
import type { ApiContext } from '../context.ts';
import { LIMITS } from '../limits.ts';
import { findResource } from './find-resource.ts';
import { isoTime, problem, problems, time } from './schemas.ts';

/** The token by which a self-test pushes is valid for so long. */
const TOKEN_MS = 60_000;
/** Alerts of earlier self-tests that are looked through. */
const LOOKED = 100;
/** Channels that are told of. */
const SHOWN = 100;

const begun = z
  .object({
    mark: z.string().describe('Name of the role whose failed login is waited for.'),
    waitingTime: time,
    way: z.enum(['file', 'push', 'syslog', 'by-hand']).describe('`by-hand`: try to log in with the role `mark`.'),
    place: z.string().optional().describe('Path or address that it was written to.'),
    writtenTime: time.optional().describe('Absent: the server could not; append `record` to `place`.'),
    problem: z.string().optional(),
    record: z.string().optional(),
  })
  .meta({ id: 'SelfTest' });
const outcome = z
  .object({
    mark: z.string(),
    alertName: z.string().optional().describe('Absent: nothing has come yet.'),
    judgedTime: time.optional(),
    channels: z
      .array(z.object({ channel: z.string(), state: z.enum(OUTBOX_STATES), why: z.string().optional() }))
      .describe('Who is told of alerts of this resource; a self-test is not sent.'),
  })
  .meta({ id: 'SelfTestOutcome' });
const resource = z.string().min(1).max(LIMITS.pathSegment);

/** A marked record goes the way that all records go, up to the stored alert. */
export function selfTestRoutes(plain: FastifyInstance, context: ApiContext): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { selfTests } = context;
  if (selfTests === undefined) {
    return;
  }
  app.post(
    '/resources/:resource/self-tests',
    {
      config: { access: { role: 'Security Admin', within: true } },
      schema: {
        tags: ['Health'],
        summary: 'Write a marked record into the log of a resource, and wait for it',
        params: z.object({ resource }),
        response: { 201: begun, ...problems, 404: problem, 409: problem },
      },
    },
    async (request, reply) => {
      const { resource: subject } = await findResource(context, request, request.params.resource);
      authorize(request, 'Security Admin', subject.key);
      const found = await selfTests.begin(subject.key, (record) => push(context, request, subject, record));
      if (!('mark' in found)) {
        throw conflict(`${subject.name} cannot be tried: ${found.problem}.`);
      }
      await audit(context, request, {
        action: 'alerts.self-test',
        target: subject.key,
        detail: { mark: found.mark, way: found.way },
      });
      const { waitingTime, writtenTime, ...rest } = found;
      return reply.code(201).send({
        ...rest,
        waitingTime: isoTime(waitingTime),
        ...(writtenTime !== undefined && { writtenTime: isoTime(writtenTime) }),
      });
    },
  );

  app.get(
    '/resources/:resource/self-tests/:mark',
    {
      config: { access: { role: 'Security Reader', within: true } },
      schema: {
        tags: ['Health'],
        summary: 'How far a self-test has come',
        params: z.object({ resource, mark: z.string().regex(/^vedette_selftest_[0-9a-f]{16}$/) }),
        response: { 200: outcome, ...problems, 404: problem },
      },
    },
    async (request) => {
      const { mark } = request.params;
      const { resource: subject } = await findResource(context, request, request.params.resource);
      const alert = await alertOf(context, subject, mark);
      if (alert === undefined) {
        return { mark, channels: [] };
      }
      const { items } = await context.store.outbox.list({ alertName: alert.alert.name }, { limit: SHOWN });
      const channels = items.map(({ channel, state, lastError }) => ({
        channel,
        state,
        ...(lastError !== undefined && { why: lastError }),
      }));
      return { mark, alertName: alert.alert.name, judgedTime: isoTime(alert.detectedTime), channels };
    },
  );
}

async function alertOf({ store }: ApiContext, { key }: Resource, mark: string): Promise<StoredAlert | undefined> {
  const { items } = await store.alerts.list({ alertTypes: [SELF_TEST_TYPE], resourceKeys: [key] }, { limit: LOOKED });
  return items.find(({ alert }) => alert.properties.description.includes(mark));
}

/** As a program would, by a token of its own that is of no use afterwards. */
async function push(
  { identity, clock, store }: ApiContext,
  { server }: FastifyRequest,
  subject: Resource,
  record: string,
): Promise<void> {
  const expiresTime = clock() + TOKEN_MS;
  const { token, secret } = await addToken(identity, {
    kind: 'ingest',
    name: 'self-test',
    scope: subject.key,
    expiresTime,
  });
  try {
    const answer = await server.inject({
      method: 'POST',
      url: `/api/v1/ingest/${encodeURIComponent(subject.key)}`,
      headers: { authorization: `Bearer ${secret}` },
      payload: Buffer.from(record),
    });
    if (answer.statusCode !== 200) {
      throw conflict(`The push was answered with ${answer.statusCode}: ${answer.body.slice(0, 200)}`);
    }
  } finally {
    await store.identity.tokens.revoke(token.id, clock());
  }
}

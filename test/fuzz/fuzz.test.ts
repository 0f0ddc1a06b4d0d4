import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent, createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { quickstart, type Served, serveConfig } from '../portal/served.ts';
import { ROOT } from '../run-vedette.ts';
import type { Setting } from './arbitrary-of.ts';
import { ask, type FuzzAnswer } from './ask.ts';
import { hostileRequestOf } from './hostile-request-of.ts';
import { createKnowledge } from './knowledge.ts';
import { type OpenApiDocument, type Operation, operationsOf } from './operations.ts';
import { type FuzzRequest, requestOf } from './request-of.ts';

/** Requests of each operation in a round, for as long as it has taken none: it may need what another makes. */
const REQUESTS = 3;
const MOST_ROUNDS = 20;
/** What makes things comes before what reads them, and that before what removes them. */
const ORDER = ['POST', 'PUT', 'PATCH', 'GET', 'HEAD', 'DELETE'];
const MAKES = new Set(['POST', 'PUT']);
/** Those who mean no good ask at the same time. */
const CLIENTS = 6;
const SEED = 20_261_129;

let receiver: Server;
let logs: string;
let served: Served;
let agent: Agent;
let operations: Operation[];
let setting: Setting;

beforeAll(async () => {
  receiver = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(204).end());
  });
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  vi.stubEnv('FUZZ_HOOK_SECRET', `whsec_${Buffer.alloc(24, 5).toString('base64')}`);
  const webhook = { url, secret: `\${env:FUZZ_HOOK_SECRET}` };
  logs = mkdtempSync(join(tmpdir(), 'vedette-fuzz-')); // what tests a log writes to it
  cpSync(join(ROOT, 'examples/quickstart/logs'), logs, { recursive: true });
  const sample = quickstart(logs);
  served = await serveConfig({
    ...sample,
    resources: [...sample.resources, { id: 'pushed', kind: 'postgresql', logs: [{ push: {}, format: 'jsonlog' }] }],
    notifications: { channels: { hook: { webhook } } },
  });
  agent = new Agent({ keepAlive: true });
  const get = { method: 'GET', path: '/api/openapi.json', query: '', headers: {}, sent: {} };
  const document = (await ask(served.socketPath, agent, get)).body as OpenApiDocument;
  operations = operationsOf(document);
  setting = { schemas: document.components?.schemas ?? {}, known: createKnowledge() };
});
afterAll(async () => {
  agent.destroy();
  await served.stop();
  rmSync(logs, { recursive: true });
  await new Promise((done) => receiver.close(done));
});

it('takes requests of every operation of its document', { timeout: 900_000 }, async () => {
  const taken = new Set<string>();
  const refused = new Map<string, string>();
  const inOrder = operations.toSorted((a, b) => ORDER.indexOf(a.method) - ORDER.indexOf(b.method));
  learnOfConfiguration();
  const note = ({ id }: Operation, request: FuzzRequest, answer: FuzzAnswer) => {
    if (answer.status < 300) {
      taken.add(id);
    } else {
      refused.set(id, `${answer.status} ${answer.text} ${request.payload ?? request.path}`);
    }
  };

  for (let round = 0; round < MOST_ROUNDS && taken.size < operations.length; round++) {
    // later on, what makes things goes with what waits for them
    for (const operation of inOrder.filter(({ id, method }) => round === 0 || !taken.has(id) || MAKES.has(method))) {
      const numRuns = taken.has(operation.id) ? 1 : REQUESTS;
      await send(operation, requestOf(operation, setting), numRuns, round, note);
    }
  }
  const left = operations.filter(({ id }) => !taken.has(id));

  expect(operations.length).toBeGreaterThan(120);
  // a schema that allows what the server refuses has too little in it; `.meta({ examples })` helps people, too
  expect(left.map(({ id }) => `${id}: ${refused.get(id)}`)).toEqual([]);
});

it('breaks at no request', { timeout: 900_000 }, async () => {
  const left = [...operations];
  const client = async () => {
    for (let operation = left.pop(); operation !== undefined; operation = left.pop()) {
      await send(operation, hostileRequestOf(operation, setting), 2 * REQUESTS, 0);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
});

/** What only the terminal and the configuration tell. */
function learnOfConfiguration(): void {
  const [, secret] = served.ownerLink.split('#');
  setting.known.learn('/', { secret, name: 'first-owner', password: 'correct horse battery' }, {});
  setting.known.learn('/api/v1/ingest', {}, { resource: 'pushed' });
}

/** Sends some requests, one after the other, and learns from what is answered; fails at an answer that says nothing. */
async function send(
  operation: Operation,
  requests: fc.Arbitrary<FuzzRequest>,
  numRuns: number,
  round: number,
  note: (operation: Operation, request: FuzzRequest, answer: FuzzAnswer) => void = () => {},
): Promise<void> {
  const { known } = setting;
  const property = fc.asyncProperty(requests, async (request) => {
    const answer = await ask(served.socketPath, agent, request);
    expect(problemOf(operation, request, answer)).toBe('');
    note(operation, request, answer);
    if (answer.status < 300) {
      known.learn(request.path, { ...request.sent, ...(answer.etag && { ifMatch: answer.etag }) }, answer.body);
    }
    if (operation.method === 'DELETE' && answer.status < 300) {
      known.forget(request.path);
    }
  });
  await fc.assert(property, { numRuns, seed: seedOf(operation, round), endOnFailure: true });
}

/** The same in every run, and not alike for two: of seeds that are alike, fast-check's first choices are the same. */
function seedOf({ id }: Operation, round: number): number {
  return createHash('sha256').update(`${SEED} ${round} ${id}`).digest().readInt32LE();
}

/** What is wrong with an answer; empty: nothing. */
function problemOf({ id }: Operation, { path, query, payload }: FuzzRequest, { status, text }: FuzzAnswer): string {
  const isFine = status >= 200 && status < 500;
  const log = served
    .complaints()
    .split('\n')
    .filter((line) => line.startsWith('{'));
  return isFine ? '' : `${id}: ${status} ${text}\n${path}${query}\n${payload ?? ''}\n${log.slice(-3).join('\n')}`;
}

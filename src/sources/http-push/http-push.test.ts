import { connect } from 'node:net';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import fastify from 'fastify';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type Journal, openJournal } from '../../journal/journal.ts';
import { openReader, readAll, temporaryDirectory } from '../../journal/testkit.ts';
import { type HttpPushOptions, registerHttpPush } from './http-push.ts';

const TOKEN = 'vedette_ingest_invented';
const NDJSON = '{"a":1}\n{"a":2}\n';

let journal: Journal;
let url: string;
let statusOf: ReturnType<typeof registerHttpPush>;

async function listen(options: Partial<HttpPushOptions> & { format?: string; capBytes?: number } = {}) {
  const { format = 'azure', capBytes, ...others } = options;
  journal = await openJournal({ directory: temporaryDirectory(), ...(capBytes !== undefined && { capBytes }) });
  const app = fastify();
  statusOf = registerHttpPush(app, {
    targetOf: (name) => (name === 'orders' ? { journal, format } : undefined),
    authorize: async (token, name) => (token !== TOKEN ? 'unknown' : name === 'carts' ? 'forbidden' : 'yes'),
    ...others,
  });
  url = await app.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(async () => {
    await app.close();
    await journal.close();
  });
}

interface Push {
  headers?: Record<string, string>;
  name?: string;
}

async function push(body: string | Uint8Array<ArrayBuffer>, { headers = {}, name = 'orders' }: Push = {}) {
  const response = await fetch(`${url}/api/v1/ingest/${name}`, {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', ...headers },
  });
  const answer = (await response.json()) as Record<string, unknown>;
  return { status: response.status, answer, headers: response.headers };
}

const kept = () => readAll(openReader(journal.options));

describe('takes', () => {
  beforeEach(() => listen());

  it.each([
    ['NDJSON', NDJSON, 'application/x-ndjson'],
    ['an array', '[{"a":1},{"a":2}]', 'application/json; charset=utf-8'],
    ["Azure's envelope", '{"records":[{"a":1},{"a":2}]}', 'application/json'],
    ['JSON that says nothing of itself', NDJSON, 'application/octet-stream'],
  ])('%s: each record becomes a line', async (_, body, type) => {
    const { status, answer } = await push(body, { headers: { 'content-type': type } });

    expect([status, answer.records]).toEqual([200, 2]);
    expect((await kept()).split('\n').map((line) => line.trim())).toEqual(['{"a":1}', '{"a":2}', '']);
  });

  it.each([
    ['gzip', gzipSync(NDJSON)],
    ['zstd', zstdCompressSync(NDJSON)],
    ['zstd', Buffer.concat([zstdCompressSync('{"a":1}\n'), zstdCompressSync('{"a":2}\n')])],
  ])('what is packed by %s', async (encoding, body) => {
    expect((await push(body, { headers: { 'content-encoding': encoding } })).status).toBe(200);
    expect(await kept()).toBe(NDJSON);
  });

  it('a resource by its id, escaped in the address', async () => {
    const id = '/subscriptions/0/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/servers/orders';
    await listen({ targetOf: (name) => (name === id ? { journal, format: 'azure' } : undefined) });

    expect((await push(NDJSON, { name: encodeURIComponent(id) })).status).toBe(200);
  });

  it('many at once, each whole', async () => {
    const bodies = Array.from({ length: 200 }, (_, i) => `{"a":${i}}\n{"b":${i}}\n`);
    const statuses = await Promise.all(bodies.map(async (body) => (await push(body)).status));

    expect(new Set(statuses)).toEqual(new Set([200]));
    expect((await kept()).match(/\{"a":(\d+)\}\n\{"b":\1\}\n/g)).toHaveLength(200);
    expect(statusOf('orders')?.status()).toMatchObject({ state: 'running', messages: 400 });
  });
});

describe('takes csvlog', () => {
  beforeEach(() => listen({ format: 'csvlog' }));

  it('as it stands, with the last line break', async () => {
    expect((await push('a,"b\nc"\nd', { headers: { 'content-type': 'text/csv' } })).status).toBe(200);
    expect(await kept()).toBe('a,"b\nc"\nd\n');
  });

  it('not when a record is cut', async () => {
    const { status, answer } = await push('a,"b\nc', { headers: { 'content-type': 'text/csv' } });

    expect([status, answer.detail]).toEqual([400, 'the body ends within a quoted field; send whole records']);
    expect((await push('[{"a":1}]')).status).toBe(415);
    expect(await kept()).toBe('');
  });
});

describe('an idempotency key', () => {
  const headers = { 'idempotency-key': 'batch-7' };
  beforeEach(() => listen());

  it('lets a body in once, also when it comes twice at once', async () => {
    const answers = await Promise.all([
      push(NDJSON, { headers }),
      push(NDJSON, { headers }),
      push(NDJSON, { headers }),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers.filter(({ answer }) => answer.duplicate === true)).toHaveLength(2);
    expect((await push(NDJSON, { headers })).answer).toMatchObject({ duplicate: true });
    expect(await kept()).toBe(NDJSON);
  });

  it('is remembered over a restart', async () => {
    await push(NDJSON, { headers });
    const { directory } = journal.options;
    await journal.close();
    const again = await openJournal({ directory });
    const app = fastify();
    registerHttpPush(app, { targetOf: () => ({ journal: again, format: 'azure' }), authorize: async () => 'yes' });
    url = await app.listen({ port: 0, host: '127.0.0.1' });

    expect((await push(NDJSON, { headers })).answer).toMatchObject({ duplicate: true });
    expect(await readAll(openReader(again.options))).toBe(NDJSON);
    await app.close();
    await again.close();
  });

  it('is not used up by a body that was refused, nor good for another one', async () => {
    expect((await push('{"a":', { headers })).status).toBe(400);
    expect((await push(NDJSON, { headers })).answer).toMatchObject({ records: 2 });
    expect((await push('{"a":3}', { headers })).status).toBe(422);
    expect((await push(NDJSON, { headers: { 'idempotency-key': 'x'.repeat(256) } })).status).toBe(400);
  });

  it('is forgotten when there are ten thousand newer ones', async () => {
    const positions = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`key:${i}`, 'x']));
    await journal.append(Buffer.of(), positions);
    await push(NDJSON, { headers });

    expect(journal.positions.size).toBe(10_000);
    expect(journal.positions.has('key:0')).toBe(false);
  });
});

describe('refuses', () => {
  beforeEach(() => listen({ maxBodyBytes: 1000, maxInflatedBytes: 5000 }));

  it.each<[number, string, string | Uint8Array<ArrayBuffer>, Push]>([
    [401, 'no token', NDJSON, { headers: { authorization: '' } }],
    [401, 'a wrong token', NDJSON, { headers: { authorization: 'Bearer guessed' } }],
    [403, 'the token of another resource', NDJSON, { name: 'carts' }],
    [404, 'a name that takes no pushes', NDJSON, { name: 'nothing' }],
    [413, 'a long body', `{"a":"${'x'.repeat(2000)}"}`, {}],
    [
      413,
      'what gzip blows up',
      gzipSync(`{"a":"${'x'.repeat(100_000)}"}`),
      { headers: { 'content-encoding': 'gzip' } },
    ],
    [
      413,
      'what zstd blows up',
      zstdCompressSync(`{"a":"${'x'.repeat(100_000)}"}`),
      { headers: { 'content-encoding': 'zstd' } },
    ],
    [
      413,
      'many frames',
      Buffer.concat(Array.from({ length: 9 }, () => zstdCompressSync('x'.repeat(4000)))),
      { headers: { 'content-encoding': 'zstd' } },
    ],
    [415, 'an unknown encoding', NDJSON, { headers: { 'content-encoding': 'br' } }],
    [415, 'an unknown type', '<a/>', { headers: { 'content-type': 'application/xml' } }],
    [400, 'no body', '', {}],
    [400, 'broken gzip', gzipSync(NDJSON).subarray(0, 20), { headers: { 'content-encoding': 'gzip' } }],
    [400, 'what is no gzip', NDJSON, { headers: { 'content-encoding': 'gzip' } }],
    [400, 'JSON that breaks off', '[{"a":1},{"a"', {}],
    [400, 'what is no JSON', 'hello', {}],
  ])('with %i: %s, in a sentence', async (expected, _, body, options) => {
    const { status, answer, headers } = await push(body, options);

    expect(status).toBe(expected);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(answer.detail).toMatch(/^[a-z].{10,}[^.]$/s);
    expect(JSON.stringify(answer)).not.toContain(TOKEN);
    expect(await kept()).toBe('');
  });

  it('a sender that goes away in its middle, without taking anything', async () => {
    const { port } = new URL(url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.end(
      `POST /api/v1/ingest/orders HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${TOKEN}\r\nContent-Length: 100\r\n\r\n{"a":1}\n`,
    );
    await new Promise((resolve) => socket.once('close', resolve).resume());

    expect((await push(NDJSON)).status).toBe(200);
    expect(await kept()).toBe(NDJSON);
  });
});

it('counts what it refuses', async () => {
  await listen();
  await push('hello');
  await push('hello');

  expect(statusOf('orders')?.status().refused).toEqual({
    'the body holds something else than JSON objects behind its record 0': { count: 2, example: '127.0.0.1' },
  });
});

it('says 429 and when to come back while the engine is behind', async () => {
  await listen({ capBytes: 3000 });
  const record = `{"a":"${'x'.repeat(1200)}"}\n`;
  expect([(await push(record)).status, (await push(record)).status]).toEqual([200, 200]);
  const { status, headers } = await push(record, { headers: { 'idempotency-key': 'later' } });

  expect([status, headers.get('retry-after')]).toEqual([429, '5']);
  expect((await kept()).length).toBe(2 * record.length);
});

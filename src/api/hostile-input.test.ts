import fc from 'fast-check';
import type { HTTPMethods } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CATALOG, SUBSCRIPTION, type TestServer, testServer } from './testkit.ts';
import { EVERY_PORT } from './testkit-ports.ts';

/** Requests of each route. */
const RUNS = 12;
const NASTY = ['%00', '%2e%2e%2f', '%', "'; --", '__proto__', '%F0%9F%92%A9', 'x'.repeat(400), '-1', 'NaN', '*', '[]'];

let server: TestServer;

beforeAll(async () => {
  server = await testServer(EVERY_PORT);
});
afterAll(() => server.close());

it('is refused or taken by every route, and breaks none', { timeout: 240_000 }, async () => {
  const { paths } = (await server.app.inject({ url: '/api/openapi.json' })).json();
  const operations = Object.entries(paths as Record<string, object>)
    .filter(([path]) => !path.endsWith('/alert-stream'))
    .flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({
        method: method.toUpperCase() as HTTPMethods,
        path,
        version: versionOf(operation as object),
      })),
    );
  const owner = await server.as('Owner');
  const text = fc.oneof(
    fc.constantFrom(...NASTY),
    fc.string({ maxLength: 30 }).map((it) => encodeURIComponent(it)),
  );
  const request = fc.record({
    values: fc.array(text, { minLength: 6, maxLength: 6 }),
    body: fc.jsonValue(),
    isReal: fc.boolean(),
  });
  for (const { method, path, version } of operations) {
    await fc.assert(
      fc.asyncProperty(request, async ({ values, body, isReal }) => {
        const url = `${filled(path, values, isReal)}?api-version=${version}&limit=${values[4]}&cursor=${values[5]}&$skiptoken=${values[5]}`;
        const payload = method === 'GET' ? {} : { payload: Object.assign({ properties: body }, body) };
        const { statusCode } = await owner({ method, url, ...payload });

        expect(`${method} ${url} ${JSON.stringify(payload)}: ${statusCode >= 500 ? statusCode : 'fine'}`).toMatch(
          /fine$/,
        );
      }),
      { numRuns: RUNS, seed: 20_261_129 },
    );
  }
});

it('is not needed: every route that only reads, and asks for nothing that must be made first, answers an Owner', async () => {
  const { paths } = (await server.app.inject({ url: '/api/openapi.json' })).json();
  const known = /\{(?!subscriptionId|resourceGroup|resource\}|ascLocation|tenant)\w+\}/;
  const reading = Object.entries(paths as Record<string, object>)
    .filter(([path, item]) => 'get' in item && !known.test(path) && !/alert-stream|settings-?name|\/activit/.test(path)) // this server keeps no activities
    .map(([path, item]) => ({ path, version: versionOf((item as { get: object }).get) }));
  const owner = await server.as('Owner');
  const answers = await Promise.all(
    reading.map(async ({ path, version }) => {
      const query = version === '' ? '' : `?api-version=${version}`;
      const { statusCode } = await owner({ url: filled(path, [], true) + query });
      return `${path}: ${statusCode}`;
    }),
  );

  expect(answers.length).toBeGreaterThan(30);
  expect(answers.filter((it) => !it.endsWith(': 200'))).toEqual([]);
});

function filled(path: string, values: readonly string[], isReal: boolean): string {
  const real: Record<string, string> = {
    subscriptionId: SUBSCRIPTION,
    resourceGroup: 'Shop',
    resource: path.startsWith('/api')
      ? encodeURIComponent(CATALOG)
      : path.includes('databaseAccounts')
        ? 'catalog'
        : 'Orders',
    ascLocation: 'local',
  };
  let used = 0;
  return path.replaceAll(
    /\{(\w+)\}/g,
    (_, name: string) => (isReal ? real[name] : undefined) ?? values[used++ % 4] ?? 'x',
  );
}

/** The first version that an operation takes, as the document says. */
function versionOf(operation: object): string {
  const { parameters = [] } = operation as {
    parameters?: { name: string; schema: { enum?: string[]; const?: string } }[];
  };
  const schema = parameters.find(({ name }) => name === 'api-version')?.schema;
  return schema?.enum?.[0] ?? schema?.const ?? '';
}

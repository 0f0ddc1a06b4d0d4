/**
 * Writes the types of the portal's requests and answers, from the document that the API makes of itself.
 * Run it after a change of `src/api/v1`: `npm run docs`.
 */
import openapiTS, { type OpenAPI3 } from 'openapi-typescript';
import type { ApiContext } from '../src/api/context.ts';
import { testServer } from '../src/api/testkit.ts';

/** Relative to the root of the repository. */
export const API_TYPES = 'portal/src/api/openapi.d.ts';

/** Parts that a server may lack; here only their routes are asked for. */
const THERE = {} as never;
const EVERYTHING: Partial<ApiContext> = {
  evidenceKey: THERE,
  resourceIntake: THERE,
  learned: THERE,
  networks: THERE,
  notifications: THERE,
  tuning: THERE,
  selfTests: THERE,
  surveyLines: THERE,
  addressData: THERE,
};

/** The file as it should stand. */
export async function apiTypes(): Promise<string> {
  const server = await testServer(EVERYTHING);
  try {
    const document = (await server.app.inject({ url: '/api/openapi.json' })).json() as OpenAPI3;
    const types = await openapiTS(ofPortal(document), { exportType: true });
    return `// Generated from the API's own document by \`npm run docs\`.\n${types}`;
  } finally {
    await server.close();
  }
}

/** Without Azure's part of the API, which the portal leaves alone, and without shapes that nothing refers to. */
function ofPortal({ paths = {}, components, ...document }: OpenAPI3): OpenAPI3 {
  const own = Object.fromEntries(Object.entries(paths).filter(([path]) => path.startsWith('/api/v1/')));
  const schemas = { ...components?.schemas };
  for (let before = -1; before !== Object.keys(schemas).length; ) {
    before = Object.keys(schemas).length;
    for (const name of Object.keys(schemas)) {
      const { [name]: _self, ...others } = schemas;
      if (!JSON.stringify([own, others]).includes(`"#/components/schemas/${name}"`)) {
        delete schemas[name];
      }
    }
  }
  return { ...document, paths: own, components: { schemas } } as OpenAPI3;
}

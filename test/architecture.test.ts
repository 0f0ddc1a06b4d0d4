import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './run-vedette.ts';

/** Who may import which folders, or (with a dot) files, in the order data flows. All: their own, `model` and `lib`. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  sources: ['journal'],
  journal: ['sources/source.ts'],
  scan: [],
  envelopes: ['scan', 'postgres'],
  azure: ['scan/json-shape.ts', 'scan/scan-window.ts'],
  sql: [],
  postgres: ['sql'],
  parsers: ['scan', 'envelopes', 'postgres', 'azure', 'sql'],
  sessions: ['postgres', 'azure'],
  enrichers: [],
  baselines: [],
  detectors: ['baselines', 'sql'],
  alerts: [],
  notifiers: ['alerts'],
  delivery: [
    'alerts/extended-properties.ts',
    'protection',
    'notifiers/notifier.ts',
    'notifiers/delivery-error.ts',
    'store',
  ],
  store: [],
  archive: ['azure/redact-query.ts', 'postgres/sql-state.ts', 'sql', 'store'],
  evidence: ['alerts', 'archive', 'store'],
  identity: ['store'],
  protection: ['store'],
  telemetry: ['store'],
  api: [
    'delivery/notifications.ts',
    'alerts',
    'archive',
    'config',
    'evidence',
    'store',
    'identity',
    'protection',
    'tuning/alert-changes.ts',
  ],
  pipeline: [
    'sources',
    'scan/scan-window.ts',
    'parsers/parser.ts',
    'sessions',
    'enrichers/enrichment.ts',
    'detectors/detector.ts',
    'alerts',
  ],
  live: [
    'sources/source.ts',
    'pipeline',
    'alerts',
    'parsers/parser.ts',
    'enrichers/enrichment.ts',
    'sql/keyed-hash.ts',
    'store',
    'archive/activity-recorder.ts',
  ],
  tuning: ['detectors/detector.ts'],
  formats: ['sources', 'envelopes', 'parsers/parser.ts', 'postgres', 'pipeline/plan.ts', 'detectors/detector.ts'],
  config: ['pipeline/plan.ts', 'enrichers/enrichment.ts', 'enrichers/update-data-file.ts'],
};
/** Below everything: `model` the words, `lib` what has no words of ours. Neither knows the other, nor anything else. */
const FOUNDATION = ['model', 'lib'];
/** Names concrete plugins, and may import everything. */
const TOP = ['cli', 'serve'];
/** Kinds of plugins: a folder each, and files beside them that all of a kind share. */
const PLUGIN_KINDS = ['sources', 'parsers', 'enrichers', 'detectors', 'notifiers'];
/** Read every list of plugins, or (enrichment) the one of their own kind. */
const LIST_READERS = ['main.ts', 'enrichers/enrichment.ts'];

/** A longer file is asked to be split. */
const MAX_LINES = 250;
/** Tables of cases, a page of which would tell no more by itself. */
const TABLES = /^test\/twins\/\w+-twins\.ts$/;

/** One import, both ends relative to `src`. */
interface Import {
  from: string;
  to: string;
}

const sources = globSync('src/**/*.ts', { cwd: ROOT }).map((path) => path.slice('src/'.length));
const files = sources.filter((path) => !/\.test\.ts$|(?:^|\/)testkit(?:-[a-z]+)*\.ts$/.test(path));
const codeOf = new Map(files.map((path) => [path, read(`src/${path}`)]));
const imports = files.flatMap((from) => importsOf(from, codeOf.get(from) ?? ''));
const everywhere = globSync('{src,test,scripts,bench}/**/*.ts', {
  cwd: ROOT,
  exclude: (path) => String(path).endsWith('node_modules'),
});

describe('the tree', () => {
  it('was read: files, imports, folders and plugins', () => {
    const folders = new Set(files.filter((path) => path.includes('/')).map(folderOf));

    expect([...folders].sort()).toEqual([...Object.keys(MAY_IMPORT), ...FOUNDATION, ...TOP].sort());
    expect(files.length).toBeGreaterThan(80);
    expect(imports.length).toBeGreaterThan(200);
    expect(new Set(files.map(pluginOf)).size).toBeGreaterThan(9);
    expect(everywhere.length).toBeGreaterThan(files.length + 40);
  });

  it('has only imports that exist', () => {
    const known = new Set(files);

    expect(imports.filter(({ to }) => !known.has(to) && !to.endsWith('.json'))).toEqual([]);
  });
});

describe('imports', () => {
  it('go along the flow', () => {
    expect(shown(imports.filter(isAgainstFlow))).toEqual([]);
  });

  it.each([
    ['a parser that knows a detector', 'parsers/csvlog/csvlog.ts', 'detectors/detector.ts'],
    ['a detector that knows the alerts', 'detectors/brute-force/brute-force.ts', 'alerts/alert-book.ts'],
    ['a detector that looks addresses up', 'detectors/describe.ts', 'enrichers/place.ts'],
    ['a pipeline that names a plugin', 'pipeline/lane.ts', 'detectors/brute-force/brute-force.ts'],
    ['a pipeline that reads a list', 'pipeline/lane.ts', 'parsers/index.ts'],
    ['a configuration that runs things', 'config/plan-replay.ts', 'pipeline/replay.ts'],
    ['a record shape that scans', 'azure/json-text.ts', 'scan/wasm-scan.ts'],
    ['a library with a word of ours', 'lib/ip.ts', 'model/alert.ts'],
    ['a model that computes', 'model/alert.ts', 'lib/ip.ts'],
    ['a folder that no rule names', 'elsewhere/thing.ts', 'alerts/alert-book.ts'],
    ['a pipeline that knows the program', 'pipeline/replay.ts', 'main.ts'],
  ])('would show %s', (_, from, to) => {
    expect(isAgainstFlow({ from, to })).toBe(true);
  });

  it('keep plugins of a kind strangers to each other', () => {
    expect(shown(imports.filter(isBetweenPlugins))).toEqual([]);
    expect(isBetweenPlugins({ from: 'parsers/azure/azure.ts', to: 'parsers/csvlog/fields.ts' })).toBe(true);
  });

  it('name plugins in the list of their kind only', () => {
    expect(shown(imports.filter(namesPlugin))).toEqual([]);
    expect(namesPlugin({ from: 'detectors/describe.ts', to: 'detectors/brute-force/finding-of.ts' })).toBe(true);
    expect(namesPlugin({ from: 'detectors/describe.ts', to: 'detectors/index.ts' })).toBe(true);
  });

  it.each([
    ["import { a } from './a.ts';", ['x/a.ts']],
    ["import {\n  a,\n} from '../a.ts';", ['a.ts']],
    ["import type { A } from './a.ts';", ['x/a.ts']],
    ["export * from './a.ts';", ['x/a.ts']],
    ["import './a.ts';", ['x/a.ts']],
    ["const a = await import('./a.ts');", ['x/a.ts']],
    ["type A = import('./a.ts').A;", ['x/a.ts']],
    ['const a = await import(name);', ['a computed import']],
    ["const a = createRequire(import.meta.url)('./a.ts');\nrequire('./b.ts');", ['x/b.ts']],
    ["// import './a.ts';\n/* import './b.ts'; */", []],
  ])('are found in %j', (code, expected) => {
    expect(importsOf('x/y.ts', code).map(({ to }) => to)).toEqual(expected);
  });
});

describe('code', () => {
  it(`stays within ${MAX_LINES} lines a file`, () => {
    const long = everywhere.map((path) => ({ path, lines: read(path).split('\n').length - 1 }));

    expect(long.filter(({ path, lines }) => lines > MAX_LINES && !TABLES.test(path))).toEqual([]);
  });

  it.each([
    ['default exports', /^export default\b|\bas default\b/m, 'export default function f() {}'],
    ['any', /(?:[:<,|&]|\bas)\s*any\b(?!\s*[:(.])/, 'function f(a: Map<string, any>) {}'],
    ['enums and namespaces', /^\s*(?:export )?(?:const )?(?:enum|namespace) \w+/m, 'export const enum E {}'],
    ['imports without .ts', /\bfrom '\.[^']*(?<!\.ts)'/, "import { a } from './a';"],
    ['switched-off checks', /@ts-(?:ignore|expect-error|nocheck)|oxlint-disable/, 'call(); // @ts-ignore'],
  ])('has no %s', (_, pattern, example) => {
    const own = join('test', 'architecture.test.ts'); // holds the examples
    const wrong = everywhere.filter((path) => path !== own && pattern.test(withoutDocs(read(path))));

    expect(wrong).toEqual([]);
    expect(example).toMatch(pattern);
  });

  it('judges without clock, chance and world', () => {
    const impure = /\bDate\.now|\bnew Date\(\)|\bMath\.random|\bperformance\.|\bprocess\.|\bfetch\(|'node:/;
    const judges = files.filter((path) => ['detectors', 'baselines'].includes(folderOf(path)));

    expect(judges.length).toBeGreaterThan(10);
    expect(judges.filter((path) => impure.test(codeOf.get(path) ?? ''))).toEqual([]);
    expect("import { hrtime } from 'node:process';").toMatch(impure);
  });
});

function isAgainstFlow({ from, to }: Import): boolean {
  const [folder, target] = [folderOf(from), folderOf(to)];
  if (folder === target || folder === '' || TOP.includes(folder)) {
    return false;
  }
  if (FOUNDATION.includes(folder)) {
    return true;
  }
  const allowed = [...FOUNDATION, ...(MAY_IMPORT[folder] ?? [])];
  return !(folder in MAY_IMPORT) || !(allowed.includes(target) || allowed.includes(to));
}

function isBetweenPlugins({ from, to }: Import): boolean {
  const [plugin, target] = [pluginOf(from), pluginOf(to)];
  return folderOf(from) === folderOf(to) && plugin !== undefined && target !== undefined && plugin !== target;
}

/** What all of a kind share knows none of them; the list of a kind is read at the top only. */
function namesPlugin({ from, to }: Import): boolean {
  if (!PLUGIN_KINDS.includes(folderOf(to)) || LIST_READERS.includes(from) || TOP.includes(folderOf(from))) {
    return false;
  }
  const isShared = folderOf(from) === folderOf(to) && pluginOf(from) === undefined && !from.endsWith('/index.ts');
  return to.endsWith('/index.ts') || (isShared && pluginOf(to) !== undefined);
}

/** First folder of a path below `src`; empty for `main.ts`. */
function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : '';
}

/** `parsers/csvlog` of a file in there; undefined outside of plugins. */
function pluginOf(path: string): string | undefined {
  const [kind, plugin, file] = path.split('/');
  return PLUGIN_KINDS.includes(kind) && file !== undefined ? `${kind}/${plugin}` : undefined;
}

function withoutDocs(code: string): string {
  return code.replaceAll(/\/\*\*[\s\S]*?\*\//g, '');
}

function importsOf(from: string, code: string): Import[] {
  const bare = code.replaceAll(/^\s*\/\/.*$|\/\*[\s\S]*?\*\//gm, '');
  const literal = /(?:\bfrom|\bimport|\bimport\(|\brequire\()\s*'(\.[^']+)'/g;
  const found = [...bare.matchAll(literal)].map(([, path]) => normalize(join(dirname(from), path)));
  const computed = [...bare.matchAll(/\bimport\((?!\s*')/g)].map(() => 'a computed import');
  return [...found, ...computed].map((to) => ({ from, to }));
}

function shown(wrong: readonly Import[]): string[] {
  return wrong.map(({ from, to }) => `${from} -> ${to}`);
}

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

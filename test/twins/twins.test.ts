import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { detectors } from '../../src/detectors/index.ts';
import { type Happening, replayOnce } from '../../src/detectors/testkit.ts';
import { ROOT } from '../run-vedette.ts';
import { COSMOSDB_TWINS } from './cosmosdb-twins.ts';
import { POSTGRESQL_TWINS } from './postgresql-twins.ts';
import type { Twin } from './twin.ts';

const TWINS = [...POSTGRESQL_TWINS, ...COSMOSDB_TWINS];
/** An alert type wherever the code names one. */
const ALERT_TYPE = /'((?:SQL\.PostgreSQL|CosmosDB|AzureCosmosDB)_[A-Za-z.]+)'/g;
/** Where the code names its variants as a type. */
const VARIANTS = /^(?:export )?type (?:\w*Variant|Weakness) =([^;]+);/gm;

const sources = globSync('src/detectors/*/*.ts', { cwd: ROOT }).filter((path) => !path.endsWith('.test.ts'));
const code = sources.map((path) => readFileSync(join(ROOT, path), 'utf8'));

function found({ detector: id, alertType, variant, before = [] }: Twin, deed: readonly Happening[]): string[] {
  const detector = detectors.find((one) => one.id === id)!;
  const history = [...before, ...deed].sort((a, b) => a.time - b.time);
  return replayOnce(detector, history)
    .filter(({ finding }) => finding.alertType === alertType && finding.variant === variant)
    .map(({ finding }) => finding.summary);
}

function harmless({ deed, fact, isLastOnly }: Twin): Happening[] {
  return deed.map((one, n) => (isLastOnly && n < deed.length - 1 ? one : { ...one, ...fact }));
}

describe('what is told, and its twin that differs in one fact', () => {
  it.each(TWINS.map((twin) => [`${twin.alertType} ${twin.variant}`, twin] as const))('%s', (_, twin) => {
    expect(Object.keys(twin.fact)).toHaveLength(1);
    expect(found(twin, twin.deed).length).toBeGreaterThan(0);
    expect(found(twin, harmless(twin))).toEqual([]);
  });
});

it('there is a pair for each type of alert that the code names', () => {
  const named = new Set(code.flatMap((text) => [...text.matchAll(ALERT_TYPE)].map(([, type]) => type!)));
  const told = new Set(TWINS.map(({ alertType }) => alertType));

  expect(named.size).toBeGreaterThan(20);
  expect([...named].filter((type) => !told.has(type))).toEqual([]);
});

it('there is a pair for each variant that the code names as a type', () => {
  const named = code.flatMap((text) =>
    [...text.matchAll(VARIANTS)].flatMap(([, union]) => [...union!.matchAll(/'([^']+)'/g)].map(([, name]) => name!)),
  );
  const told = new Set(TWINS.map(({ variant }) => variant));

  expect(named.length).toBeGreaterThan(25);
  expect(named.filter((name) => !told.has(name))).toEqual([]);
});

import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { UserError } from '../lib/user-error.ts';
import { loadConfig } from './load-config.ts';

const testdata = join(import.meta.dirname, 'testdata');
const invalid = globSync(join(testdata, 'invalid/*.yaml')).sort();
const valid = globSync(join(testdata, 'valid/*.yaml')).sort();

const bruteForce = z
  .object({
    sensitivity: z.enum(['low', 'medium', 'high']).default('medium'),
    minimumFailures: z.number().min(1).default(10),
    maximumFailures: z.number().default(100),
  })
  .refine(({ minimumFailures, maximumFailures }) => minimumFailures <= maximumFailures, {
    path: ['maximumFailures'],
    message: 'must not be below minimumFailures',
  });

const catalogue = {
  parsers: [
    { id: 'csvlog', engines: ['postgresql'] },
    { id: 'azure-cosmos', engines: ['cosmosdb'], namesResources: true },
  ],
  detectors: [
    { id: 'brute-force', settings: bruteForce },
    { id: 'unusual-location', settings: z.object({ memoryDays: z.number().default(60) }) },
  ],
} as const;

beforeAll(() => {
  process.env.VEDETTE_TEST_PASSWORD = 'from the environment';
});

it('sees the example files', () => {
  expect(invalid.length).toBeGreaterThan(40);
  expect(valid.length).toBeGreaterThan(1);
});

describe('refuses', () => {
  it.each(invalid.map((file) => [basename(file, '.yaml'), file]))('%s', async (_, file) => {
    const [, expected] = /^# expect: (.+)$/m.exec(readFileSync(file, 'utf8')) ?? [];
    const places: Record<string, string> = { file, directory: dirname(file), testdata };
    const message = expected?.replace(/\{(file|directory|testdata)\}/g, (_match, name: string) => places[name]);

    await expect(loadConfig(file, catalogue)).rejects.toThrow(
      new UserError(message ?? 'the first line has no "# expect:"'),
    );
  });

  it.each([
    ['a file that does not exist', 'none.yaml', 'does not exist; give the path of a configuration file'],
    ['a directory', 'valid', 'is a directory; name the file in it'],
  ])('%s', async (_, name, reason) => {
    const file = join(testdata, name);

    await expect(loadConfig(file, catalogue)).rejects.toThrow(new UserError(`${file} ${reason}`));
  });

  it('without repeating a secret', async () => {
    const file = join(testdata, 'invalid/store-with-password.yaml');

    await expect(loadConfig(file, catalogue)).rejects.not.toThrow(/hunter2/);
  });
});

describe('accepts', () => {
  it.each(valid.map((file) => [basename(file, '.yaml'), file]))('%s', async (_, file) => {
    const config = await loadConfig(file, catalogue);

    expect(config.resources.length + config.streams.sources.length).toBeGreaterThan(0);
  });
});

describe('resolves', () => {
  const everything = () => loadConfig(join(testdata, 'valid/everything.yaml'), catalogue);

  it('logs to readable files, sorted by name, with their time zone', async () => {
    const [orders] = (await everything()).resources;

    expect(orders.sources).toEqual([
      {
        format: 'csvlog',
        files: [join(testdata, 'logs/a.csv'), join(testdata, 'logs/b.csv')],
        pattern: join(testdata, 'logs/[ab].csv'),
        timezone: 'Europe/Berlin',
        logLinePrefix: '%m [%p] %q%u@%d %r %a ',
      },
      { format: 'csvlog', files: [join(testdata, 'logs/empty.csv')], pattern: join(testdata, 'logs/empty.csv') },
    ]);
  });

  it('settings: defaults, over them those for every resource, over them those of the resource', async () => {
    const [orders, carts] = (await everything()).resources;
    const location = { 'unusual-location': { memoryDays: 60 } };

    expect(orders.settings).toEqual({
      'brute-force': { sensitivity: 'high', minimumFailures: 20, maximumFailures: 100 },
      ...location,
    });
    expect(carts.settings).toEqual({
      'brute-force': { sensitivity: 'high', minimumFailures: 30, maximumFailures: 100 },
      ...location,
    });
  });

  it('streams: a folder to all files in it', async () => {
    const { streams, resources } = await everything();

    expect(streams).toEqual({
      expected: resources[0].expected,
      sources: [
        {
          format: 'azure-cosmos',
          files: [join(testdata, 'streams/b.json'), join(testdata, 'streams/day/a.json')],
          pattern: join(testdata, 'streams/**/*'),
        },
      ],
      settings: {
        'brute-force': { sensitivity: 'high', minimumFailures: 30, maximumFailures: 100 },
        'unusual-location': { memoryDays: 60 },
      },
    });
  });

  it('what is expected: the same rules for every resource, the last day included', async () => {
    const [{ resource, expected }, carts] = (await everything()).resources;

    expect(expected).toEqual([
      {
        label: 'expected[0], j.meyer from Berlin office until 2026-12-24 (DBA team: moves)',
        principal: 'j.meyer',
        network: 'Berlin office',
        until: Date.UTC(2026, 11, 25),
      },
      {
        label:
          'expected[1], v-token-* by shop-api/* from 10.20.0.0/16 at orders as unusual-location, SQL.PostgreSQL_GeoAnomaly until 2026-12-24T12:00:00+01:00 (DBA team: new cluster)',
        principal: 'v-token-*',
        application: 'shop-api/*',
        network: '10.20.0.0/16',
        detector: 'unusual-location',
        alertType: 'SQL.PostgreSQL_GeoAnomaly',
        resourceKey: resource.key,
        until: Date.UTC(2026, 11, 24, 11),
      },
    ]);
    expect(carts.expected).toEqual(expected);
  });

  it('a format that is not named to `auto`', async () => {
    const { resources, streams } = await loadConfig(join(testdata, 'valid/streams-only.yaml'), catalogue);

    expect(resources).toEqual([]);
    expect(streams.sources.map(({ format }) => format)).toEqual(['auto']);
  });

  it('networks and data files', async () => {
    const { enrichment } = await everything();

    expect(enrichment.geo).toEqual([join(testdata, 'logs/empty.csv')]);
    expect(enrichment.networks).toEqual([
      {
        name: 'Berlin office',
        cidr: ['198.51.100.0/24', '2001:db8::/32'],
        location: { country: 'DE', city: 'Berlin', lat: 52.52, lon: 13.4 },
        trusted: true,
      },
      { name: 'Warehouse', cidr: ['10.20.0.0/16'], trusted: false },
    ]);
  });
});

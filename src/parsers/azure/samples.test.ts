import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countBy, readAll, type SeenRecord } from '../testkit.ts';
import { azure } from './azure.ts';
import { SAMPLES } from './testkit.ts';

/** Records by class, counted by hand (samples/README.md). */
const EXPECTED: Readonly<Record<string, Record<string, number>>> = {
  'activity-log.json': { keyOperation: 2, configurationChange: 4, skipped: 5 },
  'activity-log-api.json': { keyOperation: 2, skipped: 1 },
  'cosmos-categories.jsonl': { dataAccess: 2, statement: 3, keyOperation: 1, configurationChange: 2, skipped: 3 },
  'flexible-server.jsonl': {
    connection: 5,
    credentialAccepted: 3,
    authentication: 3,
    authenticationFailure: 4,
    statement: 6,
    statementError: 2,
    disconnection: 3,
    skipped: 2,
  },
  'log-analytics.json': {
    connection: 1,
    authentication: 1,
    authenticationFailure: 1,
    dataAccess: 1,
    dataAccessDenied: 1,
    statement: 1,
    keyOperation: 2,
    skipped: 1,
  },
  'packed-properties.jsonl': {
    connection: 3,
    credentialAccepted: 1,
    authenticationFailure: 2,
    dataAccess: 1,
    statement: 1,
  },
  'single-server.json': {
    connection: 2,
    authentication: 1,
    authenticationFailure: 1,
    statement: 1,
    statementError: 1,
    disconnection: 1,
    skipped: 4,
  },
};

const read = (name: string) => readFileSync(new URL(`samples/${name}`, import.meta.url));
const classOf = ({ class: activityClass, reason, step }: SeenRecord) => activityClass ?? reason ?? step;

it('every sample is counted here, or is one of those that say the same', () => {
  const samples = readdirSync(new URL('samples/', import.meta.url)).filter((name) => name !== 'README.md');
  expect(samples.sort()).toEqual([...Object.keys(EXPECTED), ...SAMPLES].sort());
});

describe.each(Object.keys(EXPECTED))('%s', (name) => {
  it('gives activities of the classes expected', async () => {
    expect(countBy(await readAll(azure, read(name)), classOf)).toEqual(EXPECTED[name]);
  });

  it('is read the same for any sizes of the reads', async () => {
    const whole = await readAll(azure, read(name));
    const size = fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 3000 }));
    await fc.assert(
      fc.asyncProperty(fc.array(size, { minLength: 1, maxLength: 5 }), async (sizes) => {
        expect(await readAll(azure, read(name), { sizes })).toEqual(whole);
      }),
      { numRuns: 5, examples: [[[1]]] },
    );
  });

  it('names the account or server in each activity', async () => {
    for (const { step, resource } of await readAll(azure, read(name))) {
      expect(step !== 'activity' || /\/(?:databaseAccounts|servers|flexibleServers)\/[^/]+$/i.test(resource!)).toBe(
        true,
      );
    }
  });
});

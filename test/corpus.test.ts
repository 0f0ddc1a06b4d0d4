import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { detectors } from '../src/detectors/index.ts';
import type { Alert } from '../src/model/alert.ts';
import {
  areKnown,
  type Case,
  cases,
  type Expectation,
  forbidden,
  labelsOf,
  meets,
  missing,
  required,
  told,
  within,
} from './corpus-cases.ts';
import { renaming } from './renamed-log.ts';
import { replayAlerts } from './run-vedette.ts';
import { unpackedLog } from './unpacked-log.ts';
import { whyNot } from './why-not.ts';

// Some hundred logs are replayed in one run; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

/** Some prefixes tell time to the second. */
const SECOND_MS = 1000;
/** An alert follows its cause within this time. */
const WINDOW_MS = 10 * 60_000;
/** What a label of a timeline tells of takes at most so long: what is done there, and its alert behind it. */
const EVENT_MS = 2 * WINDOW_MS;
/** Days from which a timeline's habits must be known. */
const LEARNING_MS = 7 * 86_400_000;
const SEED = 20_261_128;
/** No whole number of weeks, days or hours; back, since stamps of the system log are of the past. */
const SHIFT_MS = -(100 * 86_400_000 + (3 * 60 + 13) * 60_000);

const reason = whyNot(missing);
let folder: string;
let recorded: ReadonlyMap<string, Alert[]> = new Map();
let renamed: ReadonlyMap<string, Alert[]> = new Map();
const rename = renaming(SEED, SHIFT_MS);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-'));
  if (reason === undefined) {
    recorded = await replayCases('recorded', cases);
    renamed = await replayCases('renamed', cases.map(renamedCase));
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

it.skipIf(reason !== undefined)('reads every recording in every form', () => {
  expect(cases.length).toBeGreaterThan(100);
  expect(new Set(cases.map(({ scenario }) => scenario)).size).toBe(29);
});

const named = (list: readonly Case[]) => list.map((one) => [one.resource, one] as const);
const isTimeline = ({ scenario }: Case) => labelsOf(scenario).kind === 'timeline';
const sessions = cases.filter((one) => !isTimeline(one));
const timelines = cases.filter(isTimeline);

describe.skipIf(reason !== undefined)('a recorded session', () => {
  it.each(named(sessions))('%s is judged as its labels say', (resource, one) => {
    expect(problemsOf(one, recorded.get(resource) ?? [])).toEqual([]);
  });

  it.each(named(sessions))('%s is judged so under other names', (resource, one) => {
    expect(problemsOf(one, renamed.get(resource) ?? [], rename, SHIFT_MS)).toEqual([]);
  });
});

describe.skipIf(reason !== undefined)('a recorded timeline', () => {
  it.each(named(timelines))('%s is judged as its labels say, and is quiet about habits', (resource, one) => {
    expect(timelineProblems(one, recorded.get(resource) ?? [])).toEqual([]);
  });

  it.each(named(timelines))('%s is judged so under other names', (resource, one) => {
    expect(timelineProblems(one, renamed.get(resource) ?? [], rename, SHIFT_MS)).toEqual([]);
  });
});

const asIs = (text: string) => text;

/** What is missed, and what is told that must not be. */
function problemsOf(one: Case, alerts: readonly Alert[], renameText = asIs, shiftMs = 0): string[] {
  const { kind, started, ended, expect: expectations = [], must_not = [] } = labelsOf(one.scenario);
  const during = within(alerts, Date.parse(started) - SECOND_MS + shiftMs, Date.parse(ended) + WINDOW_MS + shiftMs);
  return [
    ...(areKnown([...must_not, ...expectations.map(({ alert }) => alert)]) ? [] : ['a label without a meaning']),
    ...missedOf(one, expectations, during, renameText),
    ...forbidden(must_not, during).map((alert) => `must not: ${alert}`),
    ...(kind === 'benign' && expectations.length === 0 && must_not.length === 0 ? ['labels nothing'] : []),
  ];
}

/** Of a timeline each event, and what lies between: that is habit, and quiet once it is known. */
function timelineProblems(one: Case, alerts: readonly Alert[], renameText = asIs, shiftMs = 0): string[] {
  const { started, events = [] } = labelsOf(one.scenario);
  const others = new Set(within(alerts, Date.parse(started) + LEARNING_MS + shiftMs, Number.POSITIVE_INFINITY));
  const problems = events.flatMap(({ t, expect: expectations, must_not }) => {
    const during = within(alerts, Date.parse(t) + shiftMs, Date.parse(t) + EVENT_MS + shiftMs);
    for (const alert of during) {
      others.delete(alert);
    }
    return [
      ...missedOf(one, expectations, during, renameText),
      ...forbidden(must_not, during).map((alert) => `must not: ${alert}`),
    ];
  });
  return [...problems, ...told([...others]).map((alert) => `a habit: ${alert}`)];
}

function missedOf(
  one: Case,
  expectations: readonly Expectation[],
  alerts: readonly Alert[],
  renameText = asIs,
): string[] {
  return required(expectations, one)
    .map((expectation) => renamedExpectation(expectation, renameText))
    .filter((expectation) => !alerts.some((alert) => meets(alert, expectation)))
    .map((expectation) => `missed: ${JSON.stringify(expectation)}`);
}

function renamedExpectation(expectation: Expectation, renameText: (text: string) => string): Expectation {
  const { source_ip, user, users, application } = expectation;
  return {
    ...expectation,
    ...(source_ip !== undefined && { source_ip: renameText(source_ip) }),
    ...(user !== undefined && { user: renameText(user) }),
    ...(users !== undefined && { users: users.map(renameText) }),
    ...(application !== undefined && { application: renameText(application) }),
  };
}

/** Writes the logs of a case anew, with other names, addresses and times. */
function renamedCase(one: Case): Case {
  const logs = one.logs.map(({ path, format }, n) => {
    const copy = join(folder, `${one.resource}-${n}.${one.form}`);
    writeFileSync(copy, rename(unpackedLog(path).toString('utf8')));
    return { path: copy, format };
  });
  return { ...one, logs };
}

/** Replays all in one run, with every detector on. */
async function replayCases(name: string, all: readonly Case[]): Promise<Map<string, Alert[]>> {
  const config = join(folder, `${name}.yaml`);
  const resources = all.map(({ resource, logs }) => ({ id: resource, kind: 'postgresql', logs }));
  writeFileSync(
    config,
    JSON.stringify({ resources, detectors: Object.fromEntries(detectors.map(({ id }) => [id, {}])) }),
  );
  const byResource = new Map(all.map(({ resource }) => [resource, [] as Alert[]]));
  for (const alert of await replayAlerts(config)) {
    const id = alert.properties.resourceIdentifiers[0].azureResourceId;
    byResource.get(id.slice(id.lastIndexOf('/') + 1))?.push(alert);
  }
  return byResource;
}

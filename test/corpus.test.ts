import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Alert } from '../src/model/alert.ts';
import { addressesOf, principalsOf } from './evidence-of.ts';
import { ROOT, replayAlerts, writeConfig } from './run-vedette.ts';
import { whyNot } from './why-not.ts';

// Each case starts the whole program; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

/** Recorded sessions with labels, which lie beside the repository: attacks by real tools, ordinary work, two weeks. */
const SCENARIOS = join(process.env.VEDETTE_SHARED ?? join(ROOT, '../shared'), 'corpus/scenarios');

const ATTACKS = [
  'a01-hydra-dictionary-found',
  'a02-hydra-spray',
  'a03-nmap-brute-md5',
  'a11-hydra-not-in-hba',
] as const;
const BENIGN = [
  'b01-pgbench-steady',
  'b02-psql-admin',
  'b03-pg_dump-nightly',
  'b04-typo-login',
  'b05-pool-start',
  'b06-deploy-appversion',
  'b11-monitoring',
] as const;
const TIMELINES = ['t01-14days-office'] as const;

/** An alert follows its cause within this time. */
const WINDOW_MS = 10 * 60_000;
/** Days from which a timeline's habits must be known. */
const LEARNING_MS = 7 * 86_400_000;

/** Labels that detectors of ours answer; the others belong to detectors that do not exist yet. */
const ANSWERED = ['brute_force', 'brute_force_succeeded', 'unusual_location'];

/** What a label of the recordings means as `alertType`. `successful`: the display name must say so, too. */
const MEANING: Readonly<Record<string, { types: readonly string[]; successful?: true }>> = {
  brute_force: { types: ['SQL.PostgreSQL_BruteForce'] },
  brute_force_succeeded: { types: ['SQL.PostgreSQL_BruteForce'], successful: true },
  unusual_location: { types: ['SQL.PostgreSQL_GeoAnomaly'] },
  exfiltration: { types: ['SQL.PostgreSQL_DataExfiltrationAnomaly'] },
  harmful_application: { types: ['SQL.PostgreSQL_HarmfulApplication'] },
  sql_injection: { types: ['SQL.PostgreSQL_PotentialSqlInjection'] },
};

interface Expectation {
  alert: string;
  must: boolean;
  source_ip?: string;
  user?: string;
  users?: string[];
}

/** What is said of one stretch of time. */
interface Labels {
  expect: Expectation[];
  must_not: string[];
}

interface Scenario extends Partial<Labels> {
  started: string;
  ended: string;
  events?: (Labels & { t: string; what: string })[];
}

const missing = [...ATTACKS, ...BENIGN, ...TIMELINES].find((id) => !existsSync(join(SCENARIOS, id, 'labels.json')));
const reason = whyNot(missing && `no recording ${missing} (VEDETTE_SHARED names the folder that holds corpus/)`);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe.skipIf(reason !== undefined)('a recorded attack', () => {
  it.each(ATTACKS)('%s is told, and not as another one', async (id) => {
    const { started, ended, expect: expectations = [], must_not = [] } = labelsOf(id);
    const alerts = within(await replayScenario(id), Date.parse(started), Date.parse(ended) + WINDOW_MS);

    expect(required(expectations).length).toBeGreaterThan(0);
    expect(unmet(expectations, alerts)).toEqual([]);
    expect(forbidden(must_not, alerts)).toEqual([]);
  });
});

describe.skipIf(reason !== undefined)('ordinary work', () => {
  it.each(BENIGN)('%s stays quiet', async (id) => {
    const { must_not = [] } = labelsOf(id);

    expect(must_not.every((label) => label in MEANING)).toBe(true);
    expect(told(await replayScenario(id))).toEqual([]);
  });
});

describe.each(TIMELINES)('the timeline %s', (id) => {
  const { started, events = [] } = reason === undefined ? labelsOf(id) : { started: '' };
  let alerts: Alert[];
  beforeAll(async () => {
    alerts = reason === undefined ? await replayScenario(id) : [];
  });

  it.skipIf(reason !== undefined)('tells each of its attacks within ten minutes', () => {
    const expectations = events.flatMap((event) => required(event.expect));
    const missed = events.flatMap((event) => unmet(event.expect, during(event)));

    expect(expectations.map(({ alert }) => alert).sort()).toEqual([
      'brute_force',
      'brute_force_succeeded',
      'unusual_location',
      'unusual_location',
    ]);
    expect(missed).toEqual([]);
  });

  it.skipIf(reason !== undefined)('tells none of them as something else', () => {
    expect(events.some(({ must_not }) => must_not.length > 0)).toBe(true);
    expect(events.flatMap((event) => forbidden(event.must_not, during(event)))).toEqual([]);
  });

  it.skipIf(reason !== undefined)('is quiet about habits once they are known', () => {
    const others = alerts.filter((alert) => !events.some((event) => during(event).includes(alert)));

    expect(told(within(others, Date.parse(started) + LEARNING_MS, Number.POSITIVE_INFINITY))).toEqual([]);
  });

  function during({ t }: { t: string }): Alert[] {
    return within(alerts, Date.parse(t), Date.parse(t) + WINDOW_MS);
  }
});

function labelsOf(id: string): Scenario {
  return JSON.parse(readFileSync(join(SCENARIOS, id, 'labels.json'), 'utf8')) as Scenario;
}

function replayScenario(id: string): Promise<Alert[]> {
  const log = join(SCENARIOS, id, 'postgresql.csv.gz');
  return replayAlerts(writeConfig(join(folder, `${id}.yaml`), { office: [log, 'csvlog'] }));
}

function within(alerts: readonly Alert[], from: number, to: number): Alert[] {
  return alerts.filter(({ properties }) => {
    const time = Date.parse(properties.startTimeUtc);
    return time >= from && time <= to;
  });
}

function required(expectations: readonly Expectation[]): Expectation[] {
  return expectations.filter(({ alert, must }) => must && ANSWERED.includes(alert));
}

function unmet(expectations: readonly Expectation[], alerts: readonly Alert[]): Expectation[] {
  return required(expectations).filter((expectation) => !alerts.some((alert) => meets(alert, expectation)));
}

function meets(alert: Alert, { alert: label, source_ip, user, users }: Expectation): boolean {
  const names = users ?? (user === undefined ? ['*'] : [user]);
  const isRightAddress = source_ip === undefined || addressesOf(alert).includes(source_ip);
  return (
    means(alert, label) && isRightAddress && names.every((name) => name === '*' || principalsOf(alert).includes(name))
  );
}

/** Alerts above Informational that a label forbids. */
function forbidden(labels: readonly string[], alerts: readonly Alert[]): string[] {
  return told(alerts.filter((alert) => labels.some((label) => means(alert, label))));
}

function means({ properties }: Alert, label: string): boolean {
  const { types, successful } = MEANING[label];
  return types.includes(properties.alertType) && (!successful || properties.alertDisplayName.includes('successful'));
}

function told(alerts: readonly Alert[]): string[] {
  const serious = alerts.filter(({ properties }) => properties.severity !== 'Informational');
  return serious.map(({ properties }) => `${properties.startTimeUtc} ${properties.description}`);
}

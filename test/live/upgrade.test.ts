import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { EXTENDED } from '../../src/alerts/extended-properties.ts';
import { detectors } from '../../src/detectors/index.ts';
import type { LivePlan } from '../../src/live/live-plan.ts';
import type { Alert } from '../../src/model/alert.ts';
import type { Engine, Resource } from '../../src/model/resource.ts';
import { parseResourceId } from '../../src/model/resource-id.ts';
import { ROOT } from '../run-vedette.ts';
import { judgeInThread, type PartOutcome } from './judge-live.ts';

vi.setConfig({ testTimeout: 120_000 });

const LOGS = join(ROOT, 'examples/quickstart/logs');
const STATES = join(ROOT, 'test/fixtures/states');
const ALL = Number.POSITIVE_INFINITY;
/** What was kept of the quickstart after 70 % of its records, by engine and version of the state. A release adds its own. */
const states = globSync('*.state', { cwd: STATES }).sort();

function planOf(engine: Engine): LivePlan {
  const [files, format] = engine === 'postgresql' ? ['postgresql-*.csv*', 'csvlog'] : ['shop-catalog-*', 'azure'];
  const options = { history: globSync(join(LOGS, files)).sort() };
  return {
    resource: parseResourceId('orders', engine) as Resource,
    settings: Object.fromEntries(detectors.map(({ id, settings }) => [id, settings.parse({})])),
    logs: [{ id: 'log', inputs: [{ id: 'log', source: 'file-tail', format, options }] }],
    alertsFrom: 0,
    isOn: true,
    isArchived: true,
  };
}

/** Name, type and number of events of each alert, but those of the detectors. */
function told({ alerts }: PartOutcome, except: readonly string[] = []): string[] {
  return [...alerts.values()]
    .map((alert) => JSON.parse(alert.slice(alert.indexOf(' ') + 1)) as Alert)
    .filter(({ properties }) => !except.includes(properties.extendedProperties[EXTENDED.detector] ?? ''))
    .map(({ name, properties }) => {
      return `${name} ${properties.alertType} ${properties.extendedProperties[EXTENDED.count]}`;
    });
}

/** Detectors whose memory has another version by now: before the first release they may begin anew, later none may. */
function begunAnew({ counts }: PartOutcome): string[] {
  return counts.notes.flatMap((note) => / (\S+) begins to learn anew: its state is of version/.exec(note)?.[1] ?? []);
}

it.each(states)('goes on from %s as if it had never been another version', async (file) => {
  const plan = planOf(file.startsWith('postgresql') ? 'postgresql' : 'cosmosdb');
  const saved = readFileSync(join(STATES, file));
  const [afterwards, undisturbed] = (await judgeInThread([
    { plan, saved, records: ALL },
    { plan, records: ALL },
  ])) as [PartOutcome, PartOutcome];

  const except = [...begunAnew(afterwards), 'incident'];
  expect(except.length).toBeLessThan(detectors.length);
  expect(afterwards.counts.notes.filter((note) => note.includes('anew'))).toHaveLength(except.length - 1);
  expect(afterwards.counts.records).toBe(undisturbed.counts.records);
  expect(told(afterwards, except).length).toBeGreaterThan(0);
  expect(told(undisturbed)).toEqual(expect.arrayContaining(told(afterwards, except)));
});

it('keeps what was learned when the log is another one from then on', async () => {
  const plan = planOf('postgresql');
  const history = globSync(join(LOGS, 'postgresql-2026-11-1[6-9].csv*')).sort();
  const logs = [{ id: 'other', inputs: [{ ...plan.logs[0]!.inputs[0]!, id: 'other', options: { history } }] }];
  const saved = readFileSync(join(STATES, 'postgresql-1.state'));
  const [learned, fresh] = (await judgeInThread([
    { plan: { ...plan, logs }, saved, records: ALL },
    { plan: { ...plan, logs }, records: ALL },
  ])) as [PartOutcome, PartOutcome];

  const ofLearning = expect.stringContaining('_GeoAnomaly ');
  expect(told(learned)).toEqual(expect.arrayContaining([ofLearning]));
  expect(told(fresh).length).toBeGreaterThan(0);
  expect(told(fresh)).not.toEqual(expect.arrayContaining([ofLearning]));
});

it('has a state of each version', () => {
  expect(states).toEqual(expect.arrayContaining(['cosmosdb-1.state', 'postgresql-1.state']));
});

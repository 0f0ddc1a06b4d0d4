import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { detectors } from '../../src/detectors/index.ts';
import type { LivePlan } from '../../src/live/live-plan.ts';
import type { Engine } from '../../src/model/resource.ts';
import { parseResourceId } from '../../src/model/resource-id.ts';
import { random } from '../random.ts';
import { ROOT } from '../run-vedette.ts';
import { whyNot } from '../why-not.ts';
import { judgeInThread, type Part, type PartOutcome } from './judge-live.ts';

vi.setConfig({ testTimeout: 300_000 });

const SAMPLES = join(ROOT, 'src/parsers');
const SCENARIOS = join(process.env.VEDETTE_SHARED ?? join(ROOT, '../shared'), 'corpus/scenarios');
/** Times that each judgement is saved, and gone on with in another thread. */
const CUTS = 3;

interface LogCase {
  files: string;
  format: string;
  prefix?: string;
  engine?: Engine;
}

const OWN: Record<string, LogCase> = {
  'the quickstart as csvlog': { files: join(ROOT, 'examples/quickstart/logs/postgresql-*.csv*'), format: 'csvlog' },
  'the quickstart as Cosmos DB': {
    files: join(ROOT, 'examples/quickstart/logs/shop-catalog-*'),
    format: 'azure',
    engine: 'cosmosdb',
  },
  csvlog: { files: `${SAMPLES}/csvlog/samples/postgresql-18.csv`, format: 'csvlog' },
  jsonlog: { files: `${SAMPLES}/jsonlog/samples/postgresql-18.jsonl`, format: 'jsonlog' },
  rds: { files: `${SAMPLES}/rds/samples/rds-16.log`, format: 'rds' },
  cloudsql: { files: `${SAMPLES}/cloudsql/samples/postgresql-15.jsonl`, format: 'cloudsql' },
  'azure flexible server': { files: `${SAMPLES}/azure/samples/flexible-server.jsonl`, format: 'azure' },
  'cosmos categories': {
    files: `${SAMPLES}/azure/samples/cosmos-categories.jsonl`,
    format: 'azure',
    engine: 'cosmosdb',
  },
  pgbouncer: { files: `${SAMPLES}/pgbouncer/samples/pgbouncer.log`, format: 'pgbouncer' },
  'stderr with forged lines': {
    files: `${SAMPLES}/stderr/samples/prefixes/debian-14.log`,
    format: 'stderr',
    prefix: '%m [%p] %q%u@%d ',
  },
};
const RECORDED: Record<string, LogCase> = {
  'guessing that succeeds': { files: `${SCENARIOS}/a01-*/postgresql.csv.gz`, format: 'csvlog' },
  'a spray, as jsonlog': { files: `${SCENARIOS}/a02-*/postgresql.json.gz`, format: 'jsonlog' },
  'a scan, as syslog': { files: `${SCENARIOS}/a05-*/postgresql.syslog.gz`, format: 'syslog' },
  'sqlmap with UNION': { files: `${SCENARIOS}/a06-*/postgresql.csv.gz`, format: 'csvlog' },
  'sqlmap with errors, as Azure has it': {
    files: `${SCENARIOS}/a07-*/derived.azure-flexible.jsonl.gz`,
    format: 'azure',
  },
  exfiltration: { files: `${SCENARIOS}/a09-*/postgresql.csv.gz`, format: 'csvlog' },
  'a superuser who misbehaves': { files: `${SCENARIOS}/a10-*/postgresql.csv.gz`, format: 'csvlog' },
  'two weeks of an office': { files: `${SCENARIOS}/t01-*/postgresql.csv.gz`, format: 'csvlog' },
  'ten days of a web shop': { files: `${SCENARIOS}/t04-*/postgresql.csv.gz`, format: 'csvlog' },
};
const reason = whyNot(
  existsSync(SCENARIOS) ? undefined : 'no recordings (VEDETTE_SHARED names the folder that holds corpus/)',
);
const cases = { ...OWN, ...(reason === undefined ? RECORDED : {}) };

/** All detectors at work, previews too. */
function planOf({ files, format, prefix, engine = 'postgresql' }: LogCase): LivePlan {
  const resource = parseResourceId('orders', engine);
  if ('problem' in resource) {
    throw new Error(resource.problem);
  }
  const history = globSync(files).sort();
  expect(history.length).toBeGreaterThan(0);
  const options = { history };
  const input = {
    id: 'log',
    source: 'file-tail',
    format,
    options,
    ...(prefix !== undefined && { logLinePrefix: prefix }),
  };
  return {
    resource,
    settings: Object.fromEntries(detectors.map(({ id, settings }) => [id, settings.parse({})])),
    logs: [{ id: 'log', inputs: [input] }],
    alertsFrom: 0,
    isOn: true,
    isArchived: true,
  };
}

describe('what was saved at any record and gone on with in another process', () => {
  const names = Object.keys(cases);
  const plans = Object.values(cases).map(planOf);
  const seed = Number(process.env.VEDETTE_SEED ?? Date.now() % 1_000_000);

  it(`tells the same alerts and counts as what was never interrupted (seed ${seed})`, async () => {
    const undisturbed = await judgeInThread(plans.map((plan) => ({ plan, records: Number.POSITIVE_INFINITY })));
    const next = random(seed + 1);
    const told = names.map(() => new Map<string, string>());
    let last: PartOutcome[] = [];
    for (let cut = 0; cut <= CUTS; cut++) {
      const parts = plans.map((plan, i): Part => {
        const total = undisturbed[i]!.counts.records;
        const records = cut === CUTS ? Number.POSITIVE_INFINITY : Math.ceil((next() * 2 * total) / (CUTS + 1));
        return { plan, records, ...(cut > 0 && { saved: last[i]!.state }) };
      });
      last = await judgeInThread(parts);
      for (const [i, { alerts }] of last.entries()) {
        for (const [name, alert] of alerts) {
          told[i]!.set(name, alert);
        }
      }
    }
    for (const [i, name] of names.entries()) {
      expect([name, told[i]]).toEqual([name, undisturbed[i]!.alerts]);
      expect([name, last[i]!.counts]).toEqual([name, undisturbed[i]!.counts]);
    }
    expect(told.filter((alerts) => alerts.size > 0).length).toBeGreaterThan(reason === undefined ? 6 : 1);
  });
});

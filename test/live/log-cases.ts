import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { detectors } from '../../src/detectors/index.ts';
import type { LivePlan } from '../../src/live/live-plan.ts';
import type { Engine } from '../../src/model/resource.ts';
import { parseResourceId } from '../../src/model/resource-id.ts';
import { ROOT } from '../run-vedette.ts';
import { whyNot } from '../why-not.ts';

const SAMPLES = join(ROOT, 'src/parsers');
const SCENARIOS = join(process.env.VEDETTE_SHARED ?? join(ROOT, '../shared'), 'corpus/scenarios');
export interface LogCase {
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
/** Why those that were recorded are absent. */
export const reason = whyNot(
  existsSync(SCENARIOS) ? undefined : 'no recordings (VEDETTE_SHARED names the folder that holds corpus/)',
);
/** Logs of many kinds. */
export const CASES: Readonly<Record<string, LogCase>> = { ...OWN, ...(reason === undefined ? RECORDED : {}) };

/** All detectors at work, previews too. */
export function planOf({ files, format, prefix, engine = 'postgresql' }: LogCase): LivePlan {
  const resource = parseResourceId('orders', engine);
  if ('problem' in resource) {
    throw new Error(resource.problem);
  }
  const history = globSync(files).sort();
  if (history.length === 0) {
    throw new Error(`no file fits ${files}`);
  }
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

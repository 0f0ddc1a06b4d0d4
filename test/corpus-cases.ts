import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Alert } from '../src/model/alert.ts';
import { addressesOf, principalsOf } from './evidence-of.ts';
import { ROOT } from './run-vedette.ts';

/** Recorded sessions with labels, which lie beside the repository: attacks by real tools, ordinary work, two weeks. */
const SCENARIOS = join(process.env.VEDETTE_SHARED ?? join(ROOT, '../shared'), 'corpus/scenarios');
/** The recording in which the habits are learned that some cases need. */
const HISTORY = 't01-14days-office';
/** Forms in which a session was recorded, with the format that each is read by. */
const FORMS = [
  ['csv', 'postgresql.csv.gz', 'csvlog'],
  ['json', 'postgresql.json.gz', 'jsonlog'],
  ['stderr', 'postgresql.log.gz', 'stderr'],
  ['syslog', 'postgresql.syslog.gz', 'syslog'],
  ['azure', 'derived.azure-flexible.jsonl.gz', 'azure'],
] as const;
/** Forms whose recording of the history can go before a case. */
const FORMS_WITH_HISTORY: readonly string[] = ['csv', 'json'];

/** What a label of the recordings means as `alertType`. `successful`: the display name must say so, too. */
const MEANING: Readonly<Record<string, { types: readonly string[]; successful?: true }>> = {
  brute_force: { types: ['SQL.PostgreSQL_BruteForce'] },
  brute_force_succeeded: { types: ['SQL.PostgreSQL_BruteForce'], successful: true },
  unusual_location: { types: ['SQL.PostgreSQL_GeoAnomaly'] },
  unfamiliar_principal: { types: ['SQL.PostgreSQL_PrincipalAnomaly', 'SQL.PostgreSQL_DomainAnomaly'] },
  exfiltration: { types: ['SQL.PostgreSQL_DataExfiltrationAnomaly'] },
  harmful_application: { types: ['SQL.PostgreSQL_HarmfulApplication'] },
  port_scan_or_probe: { types: ['SQL.PostgreSQL_HarmfulApplication'] },
  harmful_application_or_command: { types: ['SQL.PostgreSQL_HarmfulApplication', 'SQL.PostgreSQL_DangerousStatement'] },
  sql_injection: { types: ['SQL.PostgreSQL_PotentialSqlInjection'] },
  sql_injection_vulnerability: { types: ['SQL.PostgreSQL_VulnerabilityToSqlInjection'] },
};

export interface Expectation {
  alert: string;
  must: boolean;
  source_ip?: string;
  user?: string;
  users?: string[];
  application?: string;
  needs?: 'baseline';
}

/** What is said of one stretch of time. */
export interface Labels {
  expect: Expectation[];
  must_not: string[];
}

interface Scenario extends Partial<Labels> {
  kind: 'attack' | 'benign' | 'timeline';
  started: string;
  ended: string;
  events?: (Labels & { t: string; kind: string })[];
}

/** One recording in one form, replayed as a resource of its own. */
export interface Case {
  scenario: string;
  form: string;
  /** Short enough for a resource. */
  resource: string;
  logs: { path: string; format: string }[];
  /** The habits of two weeks go before it. */
  hasHistory: boolean;
}

const ids = existsSync(SCENARIOS) ? readdirSync(SCENARIOS).sort() : [];

/** Absent where the recordings are not there. */
export const missing = ids.includes(HISTORY)
  ? undefined
  : 'no recordings (VEDETTE_SHARED names the folder that holds corpus/)';

export function labelsOf(scenario: string): Scenario {
  return JSON.parse(readFileSync(join(SCENARIOS, scenario, 'labels.json'), 'utf8')) as Scenario;
}

/** Every recording in every form that there is, those that need habits once more behind them. */
export const cases: readonly Case[] = ids.flatMap((scenario) =>
  FORMS.flatMap(([form, file, format]) => {
    const path = join(SCENARIOS, scenario, file);
    if (!existsSync(path)) {
      return [];
    }
    const alone = {
      scenario,
      form,
      resource: `${scenario.slice(0, 3)}-${form}`,
      logs: [{ path, format }],
      hasHistory: false,
    };
    const needsHistory = labelsOf(scenario).expect?.some(({ needs }) => needs === 'baseline') === true;
    if (!needsHistory || !FORMS_WITH_HISTORY.includes(form)) {
      return [alone];
    }
    const logs = [{ path: join(SCENARIOS, HISTORY, file), format }, ...alone.logs];
    return [alone, { ...alone, resource: `${alone.resource}-history`, logs, hasHistory: true }];
  }),
);

/** What a form does not tell cannot be asked of it: Azure's default prefix has no application. */
export function required(expectations: readonly Expectation[], { hasHistory, form }: Case): Expectation[] {
  return expectations
    .filter(({ must, needs }) => must && (needs === undefined || hasHistory))
    .map(({ application, ...rest }) =>
      form === 'azure' || application === undefined ? rest : { ...rest, application },
    );
}

export function meets(alert: Alert, { alert: label, source_ip, user, users, application }: Expectation): boolean {
  const names = users ?? (user === undefined ? ['*'] : [user]);
  const isRightAddress = source_ip === undefined || addressesOf(alert).includes(source_ip);
  const isRightApplication =
    application === undefined || alert.properties.extendedProperties.Application === application;
  return (
    means(alert, label) &&
    isRightAddress &&
    isRightApplication &&
    names.every((name) => name === '*' || principalsOf(alert).includes(name))
  );
}

/** Alerts above Informational that a label forbids. */
export function forbidden(labels: readonly string[], alerts: readonly Alert[]): string[] {
  return told(alerts.filter((alert) => labels.some((label) => means(alert, label))));
}

/** Whether every label has a meaning: else a check of it would pass on nothing. */
export function areKnown(labels: readonly string[]): boolean {
  return labels.every((label) => label in MEANING);
}

export function told(alerts: readonly Alert[]): string[] {
  const serious = alerts.filter(({ properties }) => properties.severity !== 'Informational');
  return serious.map(
    ({ properties }) =>
      `${properties.startTimeUtc} ${properties.severity} ${properties.alertType} ${properties.description}`,
  );
}

export function within(alerts: readonly Alert[], from: number, to: number): Alert[] {
  return alerts.filter(({ properties }) => {
    const time = Date.parse(properties.startTimeUtc);
    return time >= from && time <= to;
  });
}

function means({ properties }: Alert, label: string): boolean {
  const { types, successful } = MEANING[label];
  return types.includes(properties.alertType) && (!successful || properties.alertDisplayName.includes('successful'));
}

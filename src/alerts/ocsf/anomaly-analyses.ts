import type { Alert } from '../../model/alert.ts';
import type { AlertEvidence, AlertFacts } from '../alert-facts.ts';
import { EXTENDED } from '../extended-properties.ts';
import { analysisOf } from './analysis-of.ts';

/** Columns of a baseline table that OCSF has members for: when a value came first and last (UTC), and how often. */
const FIRST_SEEN = /^First seen\b/;
const LAST_SEEN = /^Last seen\b/;
const COUNT = 'Count';

/** OCSF's `anomaly_analyses`: what was seen beside the threshold and what is usual. */
export function anomalyAnalyses(alert: Alert, facts: AlertFacts, evidence: AlertEvidence): Record<string, unknown>[] {
  const { score, title, rows } = evidence;
  const { method, usual } = analysisOf(alert.properties.alertType);
  const threshold = {
    observation_parameter: score.unit,
    observation_type: method,
    observed_pattern: 'THRESHOLD',
    observations: [{ value: String(score.threshold) }],
  };
  const table = {
    observation_parameter: title,
    observation_type: method,
    ...(usual !== undefined && { observed_pattern: usual }),
    observations: rows.map((row) => usualObservation(evidence.columns, row)),
  };
  return [
    {
      analysis_targets: targetsOf(alert, facts),
      anomalies: [anomalyOf(alert, facts, evidence)],
      baselines: rows.length === 0 ? [threshold] : [threshold, table],
    },
  ];
}

function targetsOf({ properties }: Alert, { principal, client }: AlertFacts): Record<string, unknown>[] {
  return [
    { name: properties.compromisedEntity, type: 'Database server' },
    ...(principal === undefined ? [] : [{ name: principal, type: 'User account' }]),
    ...(client === undefined ? [] : [{ name: client.text, type: 'Client' }]),
  ];
}

/** First the score, over the time of the alert; then what the detector saw, named. */
function anomalyOf({ properties }: Alert, facts: AlertFacts, evidence: AlertEvidence): Record<string, unknown> {
  const { method, seen } = analysisOf(properties.alertType);
  const { score, observed } = evidence;
  const count = facts.extended(EXTENDED.count);
  return {
    observation_parameter: score.unit,
    observation_type: method,
    observed_pattern: seen,
    observations: [
      {
        value: String(score.value),
        ...(count !== undefined && { count: Number(count) }),
        timespan: timespan(Date.parse(properties.startTimeUtc), Date.parse(properties.endTimeUtc)),
      },
      ...Object.entries(observed).map(([name, value]) => ({ value: `${name}: ${value}` })),
    ],
  };
}

/** A row of the table: its first cell is the value, what has no member of its own is said behind it. */
function usualObservation(columns: readonly string[], row: readonly string[]): Record<string, unknown> {
  const first = row.findIndex((_, i) => FIRST_SEEN.test(columns[i] ?? ''));
  const last = row.findIndex((_, i) => LAST_SEEN.test(columns[i] ?? ''));
  const count = row.findIndex((cell, i) => columns[i] === COUNT && /^\d{1,15}$/.test(cell));
  const [from, until] = [timeOf(row[first]), timeOf(row[last])];
  const isTold = from !== undefined && until !== undefined;
  const own = [0, count, ...(isTold ? [first, last] : [])];
  const rest = row.flatMap((cell, i) => (own.includes(i) ? [] : [`${columns[i] ?? ''}: ${cell}`]));
  return {
    value: [row[0] ?? '', ...rest].join('; '),
    ...(count >= 0 && { count: Number(row[count]) }),
    ...(isTold && { timespan: timespan(from, until) }),
  };
}

/** `2026-11-12 03:20`, UTC. */
function timeOf(cell: string | undefined): number | undefined {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d)$/.exec(cell ?? '');
  const time = match ? Date.parse(`${match[1]}T${match[2]}Z`) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

function timespan(start: number, end: number): Record<string, unknown> {
  return { type_id: 9, type: 'Time Interval', start_time: start, end_time: end };
}

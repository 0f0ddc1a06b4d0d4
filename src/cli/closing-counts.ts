import type { Alert } from '../model/alert.ts';
import type { ExpectedTally } from '../model/expected-rule.ts';
import type { Counts, Rejection } from '../pipeline/plan.ts';
import { countLine } from './alert-table.ts';
import { terminalText } from './terminal-text.ts';

/** Bytes of a megabyte, as speeds are given. */
const MEGABYTE = 1e6;

/** What a run read, understood and found. */
export interface Outcome {
  counts: Counts;
  alerts: readonly Alert[];
  /** Wall clock time of the run. */
  seconds: number;
  /** What the address data must be credited with. */
  attributions: readonly string[];
}

/** One labelled line for each count, for standard error at the end of a run. */
export function closingCounts({ counts, alerts, seconds, attributions }: Outcome): string {
  const megabytes = counts.bytes / MEGABYTE;
  const speed = seconds > 0 ? `, ${(megabytes / seconds).toFixed(1)} MB/s` : '';
  const lines: [string, string][] = [
    ['records', `${grouped(counts.records)} (${megabytes.toFixed(1)} MB in ${seconds.toFixed(1)} s${speed})`],
    ['activities', activityWords(counts.activities)],
    ['skipped', grouped(counts.skipped)],
    ['late', grouped(counts.late)],
    ...rejections(counts.rejected),
    ['alerts', byType(alerts)],
    ...expectations(counts.expected),
    ...counts.notes.map((note): [string, string] => ['note', note]),
    ...attributions.map((text): [string, string] => ['address data', text]),
  ];
  const width = Math.max(...lines.map(([label]) => label.length));
  return lines.map(([label, text]) => `${label.padEnd(width)}  ${terminalText(text)}\n`).join('');
}

/** `1,234,567` */
export function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

/** The names of classes as words: `authenticationFailure` → `authentication failure`. */
export function activityWords(byClass: Counts['activities']): string {
  const seen = Object.entries(byClass).filter(([, count]) => count > 0);
  const parts = seen.map(
    ([name, count]) => `${grouped(count)} ${name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`,
  );
  return parts.join(', ') || 'none';
}

/** The most frequent first: what a log is mostly refused for is what to mend. */
function rejections(rejected: Record<string, Rejection>): [string, string][] {
  const reasons = Object.entries(rejected).sort(([, a], [, b]) => b.count - a.count);
  if (reasons.length === 0) {
    return [['rejected', '0']];
  }
  return reasons.map(([reason, { count, where, example }]) => [
    'rejected',
    `${grouped(count)}: ${reason}; the first: ${where}: ${example}`,
  ]);
}

/** In the order of the configuration. */
function expectations(expected: Record<string, ExpectedTally>): [string, string][] {
  return Object.entries(expected).flatMap(([label, { findings, afterwards, isOver }]): [string, string][] => [
    ['expected', `${findings === 1 ? '1 finding' : `${grouped(findings)} findings`} by rule ${label}`],
    ...(isOver
      ? [['rule over', `${label}: raised since then: ${grouped(afterwards)}; renew or remove it`] as [string, string]]
      : []),
  ]);
}

function byType(alerts: readonly Alert[]): string {
  const types = Map.groupBy(alerts, ({ properties }) => properties.alertType);
  const parts = [...types].map(([type, { length }]) => `${grouped(length)} ${type}`);
  return parts.length === 0 ? 'none' : `${countLine(alerts)} ${parts.join(', ')}`;
}

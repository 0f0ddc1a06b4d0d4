import type { Alert } from '../model/alert.ts';
import type { AlertChanges } from '../tuning/alert-changes.ts';
import { resourceName } from './alert-table.ts';
import type { Look } from './look.ts';
import { plainTable } from './plain-table.ts';
import { severityText } from './severity-text.ts';
import { terminalText } from './terminal-text.ts';
import { utcMinute } from './utc-text.ts';

/** `27 → 3`. */
export function countChange({ before, after }: Pick<AlertChanges, 'before' | 'after'>): string {
  return `${before} → ${after}`;
}

/** How the number of each type of alert changes; those that stay the same are left out. */
export function typeTable(before: readonly Alert[], after: readonly Alert[]): string {
  const count = (alerts: readonly Alert[], type: string): number =>
    alerts.filter(({ properties }) => properties.alertType === type && properties.severity !== 'Informational').length;
  const types = [...new Set([...before, ...after].map(({ properties }) => properties.alertType))].sort();
  const rows = types
    .map((type) => ({ type, before: count(before, type), after: count(after, type) }))
    .filter((row) => row.before !== row.after)
    .map((row) => [row.type, countChange(row)]);
  return rows.length === 0 ? '' : `${plainTable(['Type of alert', 'Alerts'], rows)}\n`;
}

/** What disappears, what appears, and what changes its severity: `limit` lines of each. */
export function changesText({ gone, added, changed }: AlertChanges, look: Look, limit: number): string {
  return [
    section(
      'disappears',
      gone.map((alert) => alertLine(alert, look)),
      limit,
    ),
    section(
      'appears',
      added.map((alert) => alertLine(alert, look)),
      limit,
    ),
    section(
      'changes its severity',
      changed.map(({ before, after }) => `${before.properties.severity} → ${alertLine(after, look)}`),
      limit,
    ),
  ].join('');
}

function section(title: string, lines: readonly string[], limit: number): string {
  if (lines.length === 0) {
    return '';
  }
  const more = lines.length > limit ? [`… and ${lines.length - limit} more`] : [];
  return `  ${title}\n${[...lines.slice(0, limit), ...more].map((line) => `    ${line}\n`).join('')}`;
}

function alertLine(alert: Alert, { color, width }: Look): string {
  const { severity, startTimeUtc, description } = alert.properties;
  const start = `${utcMinute(startTimeUtc)} `;
  const rest = ` ${terminalText(resourceName(alert))}: ${terminalText(description)}`;
  const room = Math.max(40, width - start.length - severity.length - 6);
  return `${start}${severityText(severity, color)}${rest.length > room ? `${rest.slice(0, room - 1)}…` : rest}`;
}

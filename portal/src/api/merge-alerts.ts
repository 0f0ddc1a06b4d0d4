import type { AlertFilter } from './alerts.ts';
import type { AlertSummary } from './schema.ts';

/**
 * A long list with what came and what changed, without reading all of it again. Names are in the order of the list: they
 * begin with the reversed time.
 *
 * @param newest the first page as the server has it now
 * @param changed what the stream told, by name
 */
export function mergeAlerts(
  list: readonly AlertSummary[],
  newest: readonly AlertSummary[],
  changed: ReadonlyMap<string, AlertSummary>,
  filter: Pick<AlertFilter, 'status' | 'severity'>,
): AlertSummary[] {
  const merged = new Map(list.map((alert) => [alert.name, changed.get(alert.name) ?? alert]));
  const last = list.at(-1)?.name ?? '';
  for (const alert of newest.filter(({ name }) => name <= last || merged.has(name))) {
    merged.set(alert.name, alert);
  }
  return [...merged.values()].filter((alert) => stillFits(alert, filter)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function stillFits({ status, severity }: AlertSummary, filter: Pick<AlertFilter, 'status' | 'severity'>): boolean {
  return (filter.status?.includes(status) ?? true) && (filter.severity?.includes(severity) ?? true);
}

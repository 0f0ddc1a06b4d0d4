import { toCef } from '../alerts/to-cef.ts';
import { toOcsf } from '../alerts/to-ocsf.ts';
import type { Alert } from '../model/alert.ts';
import type { Counts } from '../pipeline/plan.ts';
import { alertHandles, findAlert } from './alert-handles.ts';
import { alertPage } from './alert-page.ts';
import { alertTable } from './alert-table.ts';
import { grouped } from './closing-counts.ts';
import type { Look } from './look.ts';
import { formatOf, type OutputFormat, type ReplayOptions } from './replay-options.ts';
import { terminalText } from './terminal-text.ts';
import { vedetteVersion } from './vedette-version.ts';

/** Alerts as the engine gave them, beside what they say. */
export interface Alerts {
  /** Canonical JSON, one alert each. */
  lines: readonly string[];
  parsed: readonly Alert[];
}

/** What was asked for, in pieces to be written one after another. */
export function alertOutput(alerts: Alerts, options: ReplayOptions, counts: Counts, look: Look): Iterable<string> {
  const chosen = options.alert === undefined ? alerts : onlyAlert(alerts, options.alert);
  const format = formatOf(options);
  if (format !== 'table') {
    return lines(format, chosen);
  }
  if (options.alert !== undefined) {
    return [alertPage(chosen.parsed[0], look)];
  }
  return alerts.parsed.length === 0
    ? [noAlerts(counts)]
    : [alertTable(alerts.parsed, look), nextSteps(alerts.parsed, options)];
}

/** One alert a line, each made when it is its turn. */
function* lines(format: Exclude<OutputFormat, 'table'>, alerts: Alerts): Iterable<string> {
  const version = vedetteVersion();
  for (const [i, json] of alerts.lines.entries()) {
    const alert = alerts.parsed[i];
    yield `${format === 'json' ? json : format === 'ocsf' ? toOcsf(alert, version) : toCef(alert, version)}\n`;
  }
}

function onlyAlert({ lines, parsed }: Alerts, typed: string): Alerts {
  const index = findAlert(
    parsed.map(({ name }) => name),
    typed,
  );
  return { lines: [lines[index]], parsed: [parsed[index]] };
}

/** Silence must tell a quiet log from one that was not read. */
function noAlerts({ records, activities }: Counts): string {
  const judged = Object.values(activities).reduce((sum, count) => sum + count, 0);
  const read =
    records === 0
      ? 'the logs hold no records'
      : `read ${grouped(records)} records, judged ${grouped(judged)} activities in them`;
  return `No alerts: ${read}.\n`;
}

function nextSteps(alerts: readonly Alert[], { config }: ReplayOptions): string {
  const command = `vedette replay -c ${terminalText(shellWord(config))}`;
  const [handle] = alertHandles(alerts.map(({ name }) => name));
  return `One alert whole:   ${command} --alert ${handle}\nAll, for programs: ${command} --format json\n`;
}

function shellWord(text: string): string {
  return /^[\w./@:+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

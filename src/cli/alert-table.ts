import type { Alert } from '../model/alert.ts';
import { SEVERITIES, type Severity } from '../model/severity.ts';
import { alertHandles } from './alert-handles.ts';
import type { Look } from './look.ts';
import { plainTable } from './plain-table.ts';
import { severityText } from './severity-text.ts';
import { terminalText } from './terminal-text.ts';
import { utcMinute } from './utc-text.ts';
import { wrapText } from './wrap-text.ts';

const HEAD = ['Alert', 'Time (UTC)', 'Severity', 'Resource', 'What happened'];
/** A blank on both sides of a cell and a line after it. */
const CELL_FRAME = 3;
/** Names of servers are up to 63 long; beyond this part of the line they are wrapped. */
const RESOURCE_PART = 1 / 6;
/** The last column keeps this much, so that below 80 cells the terminal breaks the lines. */
const MIN_SENTENCE_WIDTH = 16;

/** Alerts in the order given, one row each, closed by their number: `3 alerts: 1 High, 2 Low.` */
export function alertTable(alerts: readonly Alert[], look: Look): string {
  const handles = alertHandles(alerts.map(({ name }) => name));
  const narrow = alerts.map((alert, index) => narrowCells(alert, handles[index], look));
  const used = HEAD.slice(0, -1).map((title, column) => widest([title, ...narrow.map((row) => row[column])]));
  const frame = CELL_FRAME * HEAD.length + 1;
  const left = look.width - frame - used.reduce((sum, width) => sum + width, 0);
  const rows = alerts.map(({ properties }, index) => [
    ...narrow[index].with(2, severityText(properties.severity, look.color)),
    sentence(properties, Math.max(MIN_SENTENCE_WIDTH, left)),
  ]);
  return `${plainTable(HEAD, rows)}\n${countLine(alerts)}\n`;
}

/** `3 alerts: 1 High, 2 Low.`, gravest first. */
export function countLine(alerts: readonly Alert[]): string {
  const count = (severity: Severity) => alerts.filter(({ properties }) => properties.severity === severity).length;
  const parts = SEVERITIES.toReversed()
    .filter(count)
    .map((severity) => `${count(severity)} ${severity}`);
  return `${alerts.length} ${alerts.length === 1 ? 'alert' : 'alerts'}: ${parts.join(', ')}.`;
}

/** The last segment of the resource's id: what people call it. */
export function resourceName({ properties }: Alert): string {
  return properties.resourceIdentifiers[0]?.azureResourceId.split('/').at(-1) ?? properties.compromisedEntity;
}

function narrowCells(alert: Alert, handle: string, { width }: Look): string[] {
  const name = wrapText(terminalText(resourceName(alert)), Math.floor(width * RESOURCE_PART)).join('\n');
  return [terminalText(handle), utcMinute(alert.properties.startTimeUtc), alert.properties.severity, name];
}

function sentence({ alertDisplayName, description }: Alert['properties'], width: number): string {
  return [alertDisplayName, description].flatMap((text) => wrapText(terminalText(text), width)).join('\n');
}

function widest(texts: readonly string[]): number {
  return Math.max(...texts.flatMap((text) => text.split('\n')).map((line) => line.length));
}

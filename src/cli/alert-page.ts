import { z } from 'zod';
import type { Alert } from '../model/alert.ts';
import { TECHNIQUES, type TechniqueId } from '../model/attack.ts';
import { resourceName } from './alert-table.ts';
import type { Look } from './look.ts';
import { plainTable } from './plain-table.ts';
import { severityText } from './severity-text.ts';
import { terminalText } from './terminal-text.ts';
import { utcWhole } from './utc-text.ts';
import { wrapText } from './wrap-text.ts';

/** What stands in an alert's `supportingEvidence`. */
const Evidence = z.object({
  title: z.string(),
  columns: z.array(z.string()),
  rows: z.array(z.array(z.string())),
  observed: z.record(z.string(), z.string()),
  score: z.object({ value: z.number(), threshold: z.number(), unit: z.string() }),
  rawLines: z.array(z.object({ source: z.string(), byteOffset: z.number(), text: z.string() })),
  otherFindings: z
    .array(
      z.object({
        displayName: z.string(),
        title: z.string(),
        columns: z.array(z.string()),
        rows: z.array(z.array(z.string())),
      }),
    )
    .default([]),
});

/** Extended properties that are lists for people and have sections of their own. */
const CAUSES = 'Potential causes';
const INVESTIGATION = 'Investigation steps';

/** Blanks before what stands under a heading. */
const INDENT = '  ';
/** Digits of a score after the point. */
const SCORE_DIGITS = 3;

type Facts = readonly (readonly [string, string])[];

/** One alert whole, for a person at a terminal. */
export function alertPage(alert: Alert, look: Look): string {
  const { properties } = alert;
  const evidence = Evidence.parse(properties.supportingEvidence);
  const { [CAUSES]: causes = '', [INVESTIGATION]: investigation = '', ...extended } = properties.extendedProperties;
  const blocks = [
    [
      `${severityText(properties.severity, look.color)}: ${terminalText(properties.alertDisplayName)}`,
      ...wrapped(properties.description, look),
    ],
    facts(headFacts(alert, evidence.score)),
    section('Details', facts(Object.entries(extended))),
    section('Entities', facts(properties.entities.map(entityFact))),
    section('Seen', facts(Object.entries(evidence.observed))),
    section(evidence.title, evidenceTable(evidence.columns, evidence.rows)),
    ...evidence.otherFindings.map(({ displayName, title, columns, rows }) =>
      section(`${displayName}: ${title}`, evidenceTable(columns, rows)),
    ),
    section('Raw lines', evidence.rawLines.flatMap(rawLine)),
    section(CAUSES, steps(causes)),
    section(INVESTIGATION, steps(investigation)),
    section('Remediation steps', steps(properties.remediationSteps.join('\n'))),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headFacts(alert: Alert, score: z.infer<typeof Evidence>['score']): Facts {
  const { properties } = alert;
  const techniques = [...properties.techniques, ...properties.subTechniques].map(techniqueText);
  return [
    ['Alert', alert.name],
    ['Type', properties.alertType],
    ['Resource', resourceName(alert)],
    ['Resource id', properties.resourceIdentifiers.map(({ azureResourceId }) => azureResourceId).join(', ')],
    ['First seen', utcWhole(properties.startTimeUtc)],
    ['Last seen', utcWhole(properties.endTimeUtc)],
    ['Score', `${rounded(score.value)} ${score.unit}; threshold ${rounded(score.threshold)}`],
    ['ATT&CK', [properties.intent, ...techniques].join(', ')],
    ['Status', properties.status],
  ];
}

function techniqueText(id: string): string {
  return Object.hasOwn(TECHNIQUES, id) ? `${id} ${TECHNIQUES[id as TechniqueId].name}` : id;
}

function rounded(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: SCORE_DIGITS });
}

/** `ip` → `203.0.113.7, countryCode BR`. Azure's entities are JSON of many shapes; `$id` and `$ref` only join them. */
function entityFact(entity: Record<string, unknown>): readonly [string, string] {
  const { type, ...rest } = entity;
  return [typeof type === 'string' ? type : 'entity', leaves(rest).join(', ')];
}

function leaves(value: Record<string, unknown>): string[] {
  return Object.entries(value).flatMap(([key, item]) => {
    if (key.startsWith('$')) {
      return [];
    }
    return typeof item === 'object' && item !== null ? leaves({ ...item }) : [`${key} ${String(item)}`];
  });
}

function evidenceTable(columns: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const safe = (cells: readonly string[]) => cells.map(terminalText);
  return rows.length === 0 ? [`${INDENT}nothing learned yet`] : plainTable(safe(columns), rows.map(safe)).split('\n');
}

function rawLine({ source, byteOffset, text }: { source: string; byteOffset: number; text: string }): string[] {
  return [`${INDENT}${terminalText(source)} at byte ${byteOffset}`, INDENT + INDENT + terminalText(text)];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [terminalText(title), ...lines];
}

/** Labels in a column; values are not wrapped, so that ids can be copied. */
function facts(entries: Facts): string[] {
  const labels = entries.map(([label]) => terminalText(label));
  const width = Math.max(0, ...labels.map((label) => label.length));
  return entries.flatMap(([, value], index) => {
    const [first, ...more] = value.split('\n').map(terminalText);
    const indent = INDENT + labels[index].padEnd(width) + INDENT;
    return [indent + first, ...more.map((line) => ' '.repeat(indent.length) + line)];
  });
}

/** One line each, not wrapped: what is a command can be copied. */
function steps(text: string): string[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => INDENT + terminalText(line));
}

function wrapped(text: string, look: Look): string[] {
  return wrapText(terminalText(text), look.width);
}

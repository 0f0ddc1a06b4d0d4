import { statSync } from 'node:fs';
import type { InputSurvey, LogSurvey } from '../formats/survey.ts';
import { activityWords, grouped } from './closing-counts.ts';
import type { Look } from './look.ts';
import { terminalText } from './terminal-text.ts';
import { utcWhole } from './utc-text.ts';
import { wrapText } from './wrap-text.ts';

/** Bytes of a megabyte, as sizes are given. */
const MEGABYTE = 1e6;
const KILOBYTE = 1e3;
const INDENT = '  ';
/** Of the labels in front of facts. */
const LABEL_WIDTH = 10;
/** Labels of paths and ids, which must be copied whole. */
const UNBROKEN = new Set(['log', 'names']);

/** What a check of the configuration found, for a person at a terminal. `file` is shown as it was given. */
export function checkReport(file: string, surveys: readonly InputSurvey[], look: Look): string {
  const inputs = surveys.map((survey) => inputPart(survey, look));
  return [...inputs, mending(surveys), `${terminalText(file)} is valid: ${sums(surveys)}.\n`]
    .filter((part) => part !== '')
    .join('\n');
}

function inputPart({ name, id, engine, logs }: InputSurvey, look: Look): string {
  const title = engine === undefined ? name : `${name} (${engine})`;
  const head = [title, ...(id === undefined ? [] : [INDENT + id])].map(terminalText);
  const none = logs.length === 0 ? [`${INDENT}no log of its own; its records are those of streams that name it`] : [];
  const lines = [...head, ...none, ...logs.flatMap((log) => ['', ...logLines(log, look)])];
  return `${lines.join('\n')}\n`;
}

function logLines({ files, format, isFound, sample, gaps, weakness }: LogSurvey, look: Look): string[] {
  const facts: [string, string][] = [
    ['log', filesText(files)],
    ['format', sample === undefined ? 'not known: every file is empty' : isFound ? `${format} (found out)` : format],
  ];
  if (sample === undefined) {
    return facts.flatMap((fact) => factLines(fact, look));
  }
  facts.push(['begins', Number.isNaN(sample.firstTime) ? 'with no record of a known time' : utc(sample.firstTime)]);
  facts.push(['sample', sampleText(sample)]);
  facts.push(
    ...[...sample.rejected].map(([reason, count]): [string, string] => ['rejected', `${grouped(count)}: ${reason}`]),
  );
  facts.push(...[...sample.resources].sort().map((id): [string, string] => ['names', id]));
  facts.push(...gaps.map(({ text }): [string, string] => ['missing', text]));
  facts.push(...(weakness === undefined ? [] : [['forging', weakness] as [string, string]]));
  return facts.flatMap((fact) => factLines(fact, look));
}

function filesText(files: readonly string[]): string {
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  const more = files.length === 1 ? '' : ` and ${grouped(files.length - 1)} more`;
  const size = bytes < MEGABYTE ? `${Math.ceil(bytes / KILOBYTE)} kB` : `${(bytes / MEGABYTE).toFixed(1)} MB`;
  return `${files[0]}${more}, ${size}`;
}

function sampleText({ records, activities, skipped, rejected }: NonNullable<LogSurvey['sample']>): string {
  const refused = [...rejected.values()].reduce((sum, count) => sum + count, 0);
  const counts = [activityWords(activities), `${grouped(skipped)} skipped`, `${grouped(refused)} rejected`];
  return `${grouped(records)} records at the beginning: ${counts.join(', ')}`;
}

function factLines([label, text]: [string, string], look: Look): string[] {
  const indent = ' '.repeat(INDENT.length + LABEL_WIDTH);
  const width = UNBROKEN.has(label) ? Number.POSITIVE_INFINITY : look.width - indent.length;
  const [first, ...more] = wrapText(terminalText(text), width);
  return [INDENT + label.padEnd(LABEL_WIDTH) + first, ...more.map((line) => indent + line)];
}

/** The statements that close the gaps, by resource: each server has its own. */
function mending(surveys: readonly InputSurvey[]): string {
  const parts = surveys.flatMap(({ name, logs }) => {
    const sql = [...new Set(logs.flatMap(({ gaps }) => gaps.flatMap((gap) => gap.sql)))];
    return sql.length === 0 ? [] : [[`To mend ${terminalText(name)}, as a superuser of the server:`, ...sql, RELOAD]];
  });
  const lines = parts.map(([title, ...sql]) => [title, ...sql.map((line) => INDENT + line)].join('\n'));
  return lines.length === 0 ? '' : `${lines.join('\n\n')}\n${CLOUD}\n`;
}

const RELOAD = 'SELECT pg_reload_conf();';
const CLOUD = 'A cloud service has these settings among its server parameters.';

function utc(time: number): string {
  return utcWhole(new Date(time).toISOString());
}

function sums(surveys: readonly InputSurvey[]): string {
  const resources = surveys.filter(({ id }) => id !== undefined).length;
  const logs = surveys.reduce((sum, survey) => sum + survey.logs.length, 0);
  const gaps = surveys.reduce((sum, survey) => sum + survey.logs.reduce((count, log) => count + log.gaps.length, 0), 0);
  const missing = gaps === 0 ? 'nothing is missing' : `${plural(gaps, 'thing')} missing`;
  return `${plural(resources, 'resource')}, ${plural(logs, 'log')}, ${missing}`;
}

function plural(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

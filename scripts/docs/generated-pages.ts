import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { ACTIVITY_COLUMNS, STATEMENT_COLUMNS } from '../../src/archive/activity-table.ts';
import { HUNTS } from '../../src/archive/hunts/hunts.ts';
import { configReference, settingsIn } from '../../src/config/config-reference.ts';
import type { Detector } from '../../src/detectors/detector.ts';
import { detectors } from '../../src/detectors/index.ts';
import { NOTIFIERS } from '../../src/notifiers/index.ts';

/** A page with its generated part brought up to date. */
export interface GeneratedPage {
  /** Relative to the root of the repository. */
  path: string;
  /** As it stands in the file. */
  present: string;
  /** As it should stand. */
  wanted: string;
}

const ROOT = new URL('../../', import.meta.url);
/** What follows, as far as the end mark or the end of the page, is generated. */
const START = /<!-- Generated from [^\n]*by `npm run docs`\. -->\n\n/;
const END = '<!-- End of what is generated. -->\n';

/** Every page that is written in part by `npm run docs`. Throws where one lacks the mark. */
export function generatedPages(): GeneratedPage[] {
  return [
    pageWith('docs/reference/config.md', configReference()),
    pageWith('docs/reference/hunts.md', huntsText()),
    pageWith('docs/reference/archive-schema.md', archiveSchema()),
    ...NOTIFIERS.map(({ id, settings }) => pageWith(`src/notifiers/${id}/${id}.md`, settingsTable(settings))),
    ...detectors.map((detector) => pageWith(`src/detectors/${detector.id}/${detector.id}.md`, settingsOf(detector))),
  ];
}

function archiveSchema(): string {
  const activities = ACTIVITY_COLUMNS.map(
    ({ name, type, ocsf, description }) =>
      `| \`${name}\` | ${type} | ${ocsf === undefined ? '' : `\`${ocsf}\``} | ${description} |`,
  );
  const statements = STATEMENT_COLUMNS.map(
    ({ name, type, description }) => `| \`${name}\` | ${type} | ${description} |`,
  );
  return [
    '## Activities',
    '',
    '| column | type | OCSF 1.8 | |',
    '|---|---|---|---|',
    ...activities,
    '',
    '## Statements',
    '',
    '| column | type | |',
    '|---|---|---|',
    ...statements,
    '',
  ].join('\n');
}

function huntsText(): string {
  const rows = HUNTS.map(({ id, title, days }) => `| [\`${id}\`](#${id}) | ${title} | ${days} |`);
  const parts = HUNTS.map(({ id, title, finds, reading, sql }) =>
    [`## ${id}`, '', `**${title}.** ${finds}`, '', reading, '', '```sql', sql, '```', ''].join('\n'),
  );
  return ['| hunt | | days |', '|---|---|---|', ...rows, '', ...parts].join('\n');
}

function settingsOf({ id, isPreview, settings }: Detector): string {
  const preview = `A preview: it runs only where the configuration names it, by \`detectors: { ${id}: {} }\`. See [decision 8](../../../docs/decisions/0008-previews.md).\n\n`;
  return (isPreview ? preview : '') + settingsTable(settings);
}

/** Settings of a plugin as a Markdown table. */
export function settingsTable(settings: z.ZodObject): string {
  const rows = settingsIn(settings).map(
    ({ path, type, fallback, description }) => `| \`${path}\` | ${type} | ${fallback} | ${description} |`,
  );
  return ['| setting | type | default | meaning |', '|---|---|---|---|', ...rows, ''].join('\n');
}

function pageWith(path: string, generated: string): GeneratedPage {
  const present = readFileSync(new URL(path, ROOT), 'utf8');
  return { path, present, wanted: withGenerated(present, generated, path) };
}

/** A page in which the generated part is replaced. */
export function withGenerated(page: string, generated: string, path: string): string {
  const mark = START.exec(page);
  if (mark === null) {
    throw new Error(`${path} has no line "<!-- Generated from … by \`npm run docs\`. -->" with a blank line behind it`);
  }
  const start = mark.index + mark[0].length;
  const end = page.indexOf(END, start);
  return page.slice(0, start) + generated + (end < 0 ? '' : `\n${page.slice(end)}`);
}

import { type AlertEvidence, factsOf } from '../../alerts/alert-facts.ts';
import { EXTENDED } from '../../alerts/extended-properties.ts';
import { type Step, splitStep } from '../../alerts/split-step.ts';
import { alertFactsForPeople } from '../alert-facts-for-people.ts';
import { linksOf, type NoticeLink } from '../links-of.ts';
import type { Notice } from '../notifier.ts';
import { safeLine, withoutLinks } from '../safe-text.ts';
import { SEVERITY_LOOK } from '../severity-look.ts';
import { breakable } from './breakable.ts';
import type { Mail } from './mail.ts';
import { render } from './render.ts';

/** Rows of the baseline that a mail shows; the alert's page shows all. */
const MOST_ROWS = 10;
/** Longest cell that is kept on one line, in characters: a time has 16. */
const SHORT_LENGTH = 16;
/** Longest subject, in characters. */
const SUBJECT_LENGTH = 150;

/** A text as a whole, and in pieces between which a narrow column may break. */
interface Text {
  value: string;
  pieces: readonly string[];
}

/** One of a table whose rows narrow screens show as lists, each cell behind the name of its column. */
interface Cell extends Text {
  column: string;
  place: 'first' | 'next';
  /** Such as a time: a line is not broken within it. */
  isShort: boolean;
}

/** All that the mail of one alert shows. */
interface View {
  product: string;
  resource: string;
  severity: string;
  mark: string;
  color: string;
  title: string;
  sentence: string;
  hasLinks: boolean;
  links: readonly NoticeLink[];
  facts: readonly (Text & { name: string })[];
  baseline: { title: string; columns: readonly string[]; rows: readonly { cells: readonly Cell[] }[]; more: string };
  lists: readonly { heading: string; items: readonly Step[] }[];
  footer: string;
}

/** The mail about one alert; about a changed one it answers the first mail. */
export function alertMail(notice: Notice, timeZone: string): Mail {
  const view = viewOf(notice, timeZone);
  const { isUpdate } = notice;
  const { name, properties } = notice.alert;
  return {
    subject: safeLine(`[${view.severity}] ${view.title}: ${view.resource}`, SUBJECT_LENGTH),
    html: render('alert', view),
    text: textOf(view),
    messageKey: isUpdate ? `${name}.${properties.severity}` : name,
    ...(isUpdate && { inReplyToKey: name }),
    priority: properties.severity === 'High' ? 1 : properties.severity === 'Medium' ? 3 : 5,
  };
}

function viewOf(notice: Notice, timeZone: string): View {
  const { properties } = notice.alert;
  const facts = factsOf(notice.alert);
  const links = linksOf(notice);
  const lists = [
    { heading: 'Possible causes', items: stepsOf(facts.extended(EXTENDED.causes)) },
    { heading: 'Look into it', items: stepsOf(facts.extended(EXTENDED.investigation)) },
    { heading: 'If it was an attack', items: stepsOf(properties.remediationSteps.join('\n')) },
  ];
  return {
    product: properties.productComponentName,
    resource: withoutLinks(properties.compromisedEntity),
    severity: properties.severity,
    ...SEVERITY_LOOK[properties.severity],
    title: safeLine(properties.alertDisplayName),
    sentence: withoutLinks(properties.description),
    hasLinks: links.length > 0,
    links,
    facts: alertFactsForPeople(notice.alert, timeZone).map(({ name, value }) => ({ name, ...textFrom(value) })),
    baseline: baselineOf(facts.evidence),
    lists: lists.filter(({ items }) => items.length > 0),
    footer: 'You get this mail because your address is a contact for this database in Vedette.',
  };
}

/** Of a log. */
function textFrom(log: string): Text {
  const value = withoutLinks(log);
  return { value, pieces: breakable(value) };
}

function baselineOf(evidence: AlertEvidence | undefined): View['baseline'] {
  const { title = 'What is usual', columns: names = [], rows = [] } = evidence ?? {};
  const columns = names.map((column) => safeLine(column));
  const left = rows.length - MOST_ROWS;
  const cellAt = (text: string, at: number): Cell => ({
    column: columns[at] ?? '',
    place: at === 0 ? 'first' : 'next',
    isShort: text.length <= SHORT_LENGTH,
    ...textFrom(text),
  });
  return {
    title: withoutLinks(title),
    columns,
    rows: rows.slice(0, MOST_ROWS).map((row) => ({ cells: row.map(cellAt) })),
    more: left > 0 ? `and ${left} more` : rows.length === 0 ? 'Nothing yet.' : '',
  };
}

/** Commands are ours, with names quoted: they are to be copied, so nothing is put into them. */
function stepsOf(lines: string | undefined): Step[] {
  const steps = (lines ?? '').split('\n').filter((line) => line !== '');
  return steps.map((step) => {
    const { words, command } = splitStep(step);
    return { words: withoutLinks(words), ...(command !== undefined && { command: safeLine(command) }) };
  });
}

/** The same for those who read mail as plain text. */
function textOf(view: View): string {
  const rows = view.baseline.rows.map(({ cells }) => `  ${cells.map(({ value }) => value).join(' | ')}`);
  return [
    `${view.severity}: ${view.title}`,
    '',
    view.sentence,
    '',
    ...view.links.map(({ label, url }) => `${label}: ${url}`),
    ...(view.hasLinks ? [''] : []),
    ...view.facts.map(({ name, value }) => `${name}: ${value}`),
    '',
    view.baseline.title + (view.baseline.columns.length > 0 ? ` (${view.baseline.columns.join(' | ')})` : ''),
    ...rows,
    ...(view.baseline.more === '' ? [] : [view.baseline.more]),
    ...view.lists.flatMap(({ heading, items }) => [
      '',
      heading,
      ...items.flatMap(({ words, command }) => [`- ${words}`, ...(command === undefined ? [] : [`    ${command}`])]),
    ]),
    '',
    view.footer,
    '',
  ].join('\n');
}

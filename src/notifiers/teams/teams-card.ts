import type { Severity } from '../../model/severity.ts';
import { alertFactsForPeople } from '../alert-facts-for-people.ts';
import { chatSummary } from '../chat-summary.ts';
import { linksOf } from '../links-of.ts';
import type { Notice } from '../notifier.ts';
import { withoutLinks } from '../safe-text.ts';
import { SEVERITY_LOOK } from '../severity-look.ts';

/** Colors that a card may name: adaptivecards.io/explorer/TextBlock.html. */
const COLOR: Record<Severity, string> = {
  High: 'attention',
  Medium: 'warning',
  Low: 'accent',
  Informational: 'default',
};
const LONGEST = 1000;

/** One alert, or a summary of many, as a message with an Adaptive Card, which a workflow of Teams posts. */
export function teamsCard(notices: readonly Notice[], timeZone: string): Record<string, unknown> {
  const card = notices.length === 1 ? alertCard(notices[0]!, timeZone) : summaryCard(notices);
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          msteams: { width: 'Full' },
          ...card,
        },
      },
    ],
  };
}

function alertCard(notice: Notice, timeZone: string): Record<string, unknown> {
  const { properties } = notice.alert;
  const { mark } = SEVERITY_LOOK[properties.severity];
  const facts = alertFactsForPeople(notice.alert, timeZone);
  return {
    body: [
      {
        ...block(`${mark} ${properties.severity}: ${text(properties.alertDisplayName)}`),
        size: 'large',
        weight: 'bolder',
        color: COLOR[properties.severity],
        style: 'heading',
      },
      block(text(properties.description)),
      { type: 'FactSet', facts: facts.map(({ name, value }) => ({ title: name, value: text(value) })) },
    ],
    actions: linksOf(notice).map(({ label, url }) => ({ type: 'Action.OpenUrl', title: label, url })),
  };
}

function summaryCard(notices: readonly Notice[]): Record<string, unknown> {
  const { title, lines, left } = chatSummary(notices);
  return {
    body: [
      { ...block(title), size: 'large', weight: 'bolder', style: 'heading' },
      ...lines.map(({ severity, title: what, entity, url }) => {
        const words = `${text(what)} (${text(entity)})`;
        return block(`**${severity}** ${url === undefined ? words : `[${words}](${url})`}`);
      }),
      ...(left > 0 ? [block(`and ${left} more, in the portal`)] : []),
    ],
    actions: [],
  };
}

function block(words: string): Record<string, unknown> {
  return { type: 'TextBlock', text: words, wrap: true };
}

/** Cards read some Markdown: what a log says is none of it. */
function text(value: string): string {
  const line = withoutLinks(value);
  const short = line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
  return short.replace(/[\\[\]()*_~`#<>|!-]/g, '\\$&');
}

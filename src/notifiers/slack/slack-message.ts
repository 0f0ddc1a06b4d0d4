import { alertFactsForPeople } from '../alert-facts-for-people.ts';
import { chatSummary } from '../chat-summary.ts';
import { linksOf } from '../links-of.ts';
import type { Notice } from '../notifier.ts';
import { withoutLinks } from '../safe-text.ts';
import { SEVERITY_LOOK } from '../severity-look.ts';

/** Longest texts and most fields that Slack takes: docs.slack.dev/reference/block-kit/blocks. */
const LONGEST = { header: 150, section: 3000, field: 500, button: 75 } as const;
const MOST_FIELDS = 10;

/** One alert, or a summary of many, in Slack's Block Kit. */
export function slackMessage(notices: readonly Notice[], timeZone: string): Record<string, unknown> {
  return notices.length === 1 ? alertMessage(notices[0]!, timeZone) : summaryMessage(notices);
}

function alertMessage(notice: Notice, timeZone: string): Record<string, unknown> {
  const { properties } = notice.alert;
  const title = `${SEVERITY_LOOK[properties.severity].mark} ${properties.severity}: ${withoutLinks(properties.alertDisplayName)}`;
  const facts = alertFactsForPeople(notice.alert, timeZone).slice(0, MOST_FIELDS);
  const links = linksOf(notice);
  return {
    text: text(`${title} (${properties.compromisedEntity})`, LONGEST.section), // what notifications show
    unfurl_links: false,
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: cut(title.replaceAll('<', '<\u2060'), LONGEST.header) } },
      { type: 'section', text: words(properties.description, LONGEST.section) },
      {
        type: 'section',
        fields: facts.map(({ name, value }) => ({
          type: 'mrkdwn',
          text: `*${name}*\n${text(value, LONGEST.field)}`,
          verbatim: true,
        })),
      },
      ...(links.length === 0
        ? []
        : [
            {
              type: 'actions',
              elements: links.map(({ label, url }, i) => ({
                type: 'button',
                text: { type: 'plain_text', text: cut(label, LONGEST.button) },
                url,
                action_id: `link-${i}`,
                ...(i === 0 && { style: 'primary' }),
              })),
            },
          ]),
    ],
  };
}

function summaryMessage(notices: readonly Notice[]): Record<string, unknown> {
  const { title, lines, left } = chatSummary(notices);
  const shown = lines.map(({ severity, title: what, entity, url }) => {
    const label = `${text(what, 200)} (${text(entity, 100)})`;
    return `*${severity}* ${url === undefined ? label : `<${url}|${label.replaceAll('|', '¦')}>`}`;
  });
  const more = left > 0 ? [`and ${left} more, in the portal`] : [];
  return {
    text: title,
    unfurl_links: false,
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: cut(title, LONGEST.header) } },
      ...chunks([...shown, ...more], LONGEST.section).map((chunk) => ({
        type: 'section',
        text: { type: 'mrkdwn', text: chunk, verbatim: true },
      })),
    ],
  };
}

function words(value: string, longest: number) {
  return { type: 'mrkdwn', text: text(value, longest), verbatim: true };
}

/** What a log says is no mark-up: Slack's three characters are escaped, its signs of emphasis kept apart. */
function text(value: string, longest: number): string {
  return cut(withoutLinks(value), Math.floor(longest / 2))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[*_~`]/g, '\u2060$&')
    .slice(0, longest);
}

function cut(value: string, longest: number): string {
  return value.length > longest ? `${value.slice(0, longest - 1)}…` : value;
}

/** Lines joined to texts that are not too long. */
function chunks(lines: readonly string[], longest: number): string[] {
  const found: string[] = [];
  for (const line of lines) {
    const last = found.at(-1);
    if (last !== undefined && last.length + line.length < longest) {
      found[found.length - 1] = `${last}\n${line}`;
    } else {
      found.push(line);
    }
  }
  return found;
}

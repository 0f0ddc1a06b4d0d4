import { createHash } from 'node:crypto';
import { SEVERITIES } from '../../model/severity.ts';
import type { Notice } from '../notifier.ts';
import { safeLine, withoutLinks } from '../safe-text.ts';
import { SEVERITY_LOOK } from '../severity-look.ts';
import { timeFor } from '../time-for.ts';
import type { Mail } from './mail.ts';
import { render } from './render.ts';

/** Alerts that one mail lists; the portal lists all. */
const MOST = 100;

/** One mail about many alerts: in a storm, and as the digest of what can wait. The gravest come first. */
export function summaryMail(notices: readonly Notice[], timeZone: string): Mail {
  const sorted = [...notices].sort((a, b) => rankOf(b) - rankOf(a) || (a.alert.name < b.alert.name ? 1 : -1));
  const counts = SEVERITIES.toReversed()
    .map((severity) => ({
      severity,
      count: notices.filter(({ alert }) => alert.properties.severity === severity).length,
    }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}`);
  const title = `${notices.length} alerts: ${counts.join(', ')}`;
  const alerts = sorted.slice(0, MOST).map((notice) => rowOf(notice, timeZone));
  const left = notices.length - alerts.length;
  const view = {
    title,
    sentence: `On ${namesOf(notices)}.`,
    alerts,
    more: left > 0 ? `and ${left} more, in the portal` : '',
    footer: 'Alerts come together in one mail when there are many of them, and when they can wait.',
  };
  const isGrave = notices.some(({ alert }) => alert.properties.severity === 'High');
  return {
    subject: safeLine(`[Vedette] ${title}`),
    html: render('summary', view),
    text: [
      title,
      view.sentence,
      '',
      ...alerts.flatMap((row) => [
        `${row.severity}: ${row.title}`,
        `  ${row.sentence}`,
        `  ${row.resource}, ${row.time}`,
        ...(row.url === undefined ? [] : [`  ${row.url}`]),
        '',
      ]),
      view.more,
      view.footer,
      '',
    ].join('\n'),
    messageKey: `summary.${createHash('sha256')
      .update(notices.map(({ id }) => id).join())
      .digest('hex')
      .slice(0, 32)}`,
    priority: isGrave ? 1 : 5,
  };
}

function rankOf({ alert }: Notice): number {
  return SEVERITIES.indexOf(alert.properties.severity);
}

function rowOf({ alert, portalUrl }: Notice, timeZone: string) {
  const { properties } = alert;
  return {
    severity: properties.severity,
    ...SEVERITY_LOOK[properties.severity],
    title: safeLine(properties.alertDisplayName),
    sentence: withoutLinks(properties.description),
    resource: withoutLinks(properties.compromisedEntity),
    time: timeFor(properties.startTimeUtc, timeZone),
    url: portalUrl,
  };
}

/** The first few databases by name. */
function namesOf(notices: readonly Notice[]): string {
  const names = [...new Set(notices.map(({ alert }) => withoutLinks(alert.properties.compromisedEntity)))];
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more databases` : shown;
}

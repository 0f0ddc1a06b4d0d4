import { EXTENDED } from '../alerts/extended-properties.ts';
import { splitStep } from '../alerts/split-step.ts';
import type { FoundActivity } from '../archive/found-activity.ts';
import type { Alert } from '../model/alert.ts';
import { type Html, html } from './html.ts';
import { type Bar, histogramPicture, hoursPicture, scorePicture, type Timeline, timelinePicture } from './pictures.ts';
import { REPORT_STYLE } from './report-style.ts';
import { worldPicture } from './world-picture.ts';

/** Activities that the page shows; all are in the files beside it. */
export const SHOWN_ACTIVITIES = 500;

/** What a report tells. */
export interface ReportFacts {
  createdTime: string;
  createdBy: string;
  /** The alert itself, or the incident and its alerts, the first one first. */
  alerts: readonly Alert[];
  changes: readonly { status: string; by: string; time: number; reason?: string }[];
  comments: readonly { by: string; time: number; text: string }[];
  /** What surrounds it; absent where no activities are kept. */
  around?: {
    from: number;
    to: number;
    stepMs: number;
    bars: readonly Bar[];
    count: number;
    /** Oldest first. */
    items: readonly FoundActivity[];
  };
  /** The principal's day, where there is one. */
  day?: { day: string; principal: string; hours: { count: number; usualMean: number; usualMost: number }[] };
}

/** What `supportingEvidence` holds of what the report shows. */
interface Shown {
  title?: string;
  columns?: string[];
  rows?: string[][];
  observed?: Record<string, string>;
  score?: { value: number; threshold: number; unit: string };
  timeline?: Timeline;
  rawLines?: { source: string; byteOffset: number; text: string }[];
}

/** One page that needs nothing else and runs nothing. Every text may be an attacker's. */
export function reportOf(facts: ReportFacts): string {
  const [first] = facts.alerts as [Alert];
  const { alertDisplayName, compromisedEntity } = first.properties;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${alertDisplayName}: ${compromisedEntity}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<p class="small">Vedette: evidence, made ${facts.createdTime} by ${facts.createdBy}. Times are UTC.</p>
${facts.alerts.map((alert, i) => alertPart(alert, i === 0))}
${facts.day === undefined ? '' : html`<h2>The day of ${facts.day.principal}</h2>${hoursPicture(facts.day.day, facts.day.principal, facts.day.hours)}`}
${facts.around === undefined ? html`<p>No activities are kept of this resource.</p>` : aroundPart(facts.around)}
${historyPart(facts)}
</body>
</html>
`;
  return page.text;
}

function alertPart({ name, properties }: Alert, isFirst: boolean): Html {
  const { alertDisplayName, severity, description, startTimeUtc, endTimeUtc, status, extendedProperties } = properties;
  const shown = properties.supportingEvidence as Shown;
  const causes = (extendedProperties[EXTENDED.causes] ?? '').split('\n').filter((text) => text !== '');
  const investigation = (extendedProperties[EXTENDED.investigation] ?? '').split('\n').filter((text) => text !== '');
  const facts: [string, string][] = [
    ['Severity', severity],
    ['Status', status],
    ['First event', startTimeUtc],
    ['Last event', endTimeUtc],
    ['Resource', properties.resourceIdentifiers[0]?.azureResourceId ?? properties.compromisedEntity],
    ['Alert type', properties.alertType],
    ['Name', name],
    ['ATT&CK', [properties.intent, ...properties.techniques, ...properties.subTechniques].join(', ')],
    ...Object.entries(extendedProperties).filter(([key]) => key !== EXTENDED.causes && key !== EXTENDED.investigation),
  ];
  const heading = isFirst ? html`<h1>${alertDisplayName}</h1>` : html`<h2>${alertDisplayName}</h2>`;
  return html`<section>${heading}<p class="lead">${description}</p>
${factsTable(facts)}
${shown.title === undefined ? '' : html`<h3>${shown.title}</h3>`}
${table(shown.columns ?? [], shown.rows ?? [])}
${shown.observed === undefined ? '' : html`<h3>Observed</h3>${factsTable(Object.entries(shown.observed))}`}
${worldPicture(shown)}
${shown.timeline === undefined ? '' : timelinePicture(shown.timeline)}
${shown.score === undefined ? '' : scorePicture(shown.score)}
${list('Possible causes', causes)}
${list('Investigation', investigation)}
${list('Remediation', properties.remediationSteps)}
${rawLines(shown.rawLines ?? [])}</section>`;
}

function rawLines(lines: NonNullable<Shown['rawLines']>): Html {
  return lines.length === 0
    ? html``
    : html`<h3>Log lines</h3>${lines.map(({ source, byteOffset, text }) => html`<p class="small">${source}, byte ${byteOffset}</p><pre>${text}</pre>`)}`;
}

function aroundPart({ from, to, stepMs, bars, count, items }: NonNullable<ReportFacts['around']>): Html {
  const shown = items.slice(0, SHOWN_ACTIVITIES);
  const rows = shown.map((item) => [
    item.isEvidence === true ? '●' : '',
    item.time.replace('T', ' ').replace('Z', ''),
    item.activity,
    [item.outcome, item.code].filter((text) => text !== undefined).join(' '),
    item.principal ?? '',
    [item.address, item.place].filter((text) => text !== undefined).join(', '),
    item.application ?? '',
    item.statement ?? item.operation ?? '',
  ]);
  const columns = ['', 'Time', 'What', 'Outcome', 'Principal', 'From', 'Application', 'Statement or operation'];
  return html`<h2>What happened around it</h2>
<p>${count} activities of its principals and addresses, from an hour before to an hour behind it${shown.length < count ? html`; the first ${shown.length} are shown, the files beside this page have more` : ''}. ● marks the records of the alert. Literals of statements are not kept.</p>
${histogramPicture(from, to, stepMs, bars)}
<div class="log">${table(columns, rows)}</div>`;
}

function historyPart({ changes, comments }: ReportFacts): Html {
  const rows = [
    ...changes.map(({ status, by, time, reason }) => ({
      time,
      by,
      text: `${status}${reason === undefined ? '' : `: ${reason}`}`,
    })),
    ...comments,
  ].sort((a, b) => a.time - b.time);
  return rows.length === 0
    ? html``
    : html`<h2>What people did</h2>${table(
        ['Time', 'Who', ''],
        rows.map(({ time, by, text }) => [new Date(time).toISOString(), by, text]),
      )}`;
}

function list(title: string, steps: readonly string[]): Html {
  const items = steps
    .map(splitStep)
    .map(({ words, command }) =>
      command === undefined ? html`<li>${words}</li>` : html`<li>${words}<pre>${command}</pre></li>`,
    );
  return steps.length === 0 ? html`` : html`<h3>${title}</h3><ul>${items}</ul>`;
}

function factsTable(rows: readonly (readonly [string, string])[]): Html {
  return html`<table class="facts"><tbody>${rows.map(([name, value]) => html`<tr><td>${name}</td><td>${value}</td></tr>`)}</tbody></table>`;
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): Html {
  const head = columns.map((name) => html`<th>${name}</th>`);
  const lines = rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`);
  return rows.length === 0
    ? html``
    : html`<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>${lines}</tbody></table></div>`;
}

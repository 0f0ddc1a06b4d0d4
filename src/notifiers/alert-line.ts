import { toCef } from '../alerts/to-cef.ts';
import { toContinuousExport } from '../alerts/to-continuous-export.ts';
import { toEcs } from '../alerts/to-ecs.ts';
import { toOcsf } from '../alerts/to-ocsf.ts';
import type { Alert } from '../model/alert.ts';
import type { Notice } from './notifier.ts';

/** Forms of an alert that are one line of text. */
export const LINE_FORMS = ['azure', 'ocsf', 'ecs', 'cef', 'export'] as const;
export type LineForm = (typeof LINE_FORMS)[number];

/** Ends of lines that JSON leaves as they are, and that some readers of lines break at. */
const LINE_ENDS = /[\u0085\u2028\u2029]/g;

/** An alert on one line, without the line's end: nothing in it can begin another. */
export function alertLine(notice: Notice, form: LineForm, version: string): string {
  const alert = withLink(notice);
  switch (form) {
    case 'azure':
      return jsonLine(alert);
    case 'ocsf':
      return toOcsf(alert, version);
    case 'ecs':
      return jsonLine(toEcs(alert, version));
    case 'cef':
      return toCef(alert, version);
    case 'export':
      return jsonLine(toContinuousExport(alert));
  }
}

export function jsonLine(value: unknown): string {
  return JSON.stringify(value).replace(LINE_ENDS, (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Whoever reads it elsewhere needs the whole address of the alert's page. */
function withLink({ alert, portalUrl }: Notice): Alert {
  return portalUrl === undefined ? alert : { ...alert, properties: { ...alert.properties, alertUri: portalUrl } };
}

import { styleText } from 'node:util';
import type { Severity } from '../model/severity.ts';

const STYLE = {
  Informational: 'cyan',
  Low: 'blue',
  Medium: 'yellow',
  High: ['bold', 'red'],
} as const satisfies Record<Severity, unknown>;

/** The severity, in its color where colors are wanted. Whether they are was decided for the stream already. */
export function severityText(severity: Severity, color: boolean): string {
  return color
    ? styleText(STYLE[severity] as Parameters<typeof styleText>[0], severity, { validateStream: false })
    : severity;
}

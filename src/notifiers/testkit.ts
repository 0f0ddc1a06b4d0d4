import { readFileSync } from 'node:fs';
import type { Alert } from '../model/alert.ts';
import type { Severity } from '../model/severity.ts';
import type { Notice } from './notifier.ts';

/** A real alert of the examples: guessing that got in. */
const ALERT = JSON.parse(readFileSync(new URL('./samples/alert.json', import.meta.url), 'utf8')) as Alert;

export const SURROUNDINGS = { version: '0.0.0-test', clock: () => Date.parse('2026-11-17T02:20:00Z') };

/** A notice about an alert of which only what matters to the case is told. */
export function noticeOf(
  number = 1,
  severity: Severity = 'High',
  properties: Partial<Alert['properties']> = {},
): Notice {
  const name = `${ALERT.name.slice(0, -12)}${String(number).padStart(12, '0')}`;
  return {
    id: `id-${number}`,
    isUpdate: false,
    portalUrl: `https://vedette.example.com/alerts/${name}`,
    createdTime: SURROUNDINGS.clock(),
    plannedTime: SURROUNDINGS.clock(),
    alert: { ...ALERT, name, properties: { ...ALERT.properties, severity, ...properties } },
  };
}

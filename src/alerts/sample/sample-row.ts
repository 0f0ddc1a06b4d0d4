import type { Attack } from '../../model/attack.ts';
import type { Severity } from '../../model/severity.ts';

/** One type of alert, as an example of it reads. */
export type SampleRow = readonly [
  alertType: string,
  detector: string,
  variant: string,
  displayName: string,
  severity: Severity,
  attack: Attack,
  /** What happened: goes on after who it was. */
  deed: string,
  observed: Readonly<Record<string, string>>,
];

import type { Severity } from '../model/severity.ts';
import type { AlertRecord } from './alert-book.ts';

/** What an alert is beside its own matter. */
export interface AlertContext {
  /** Findings of other detectors about the same access. */
  others: readonly AlertRecord[];
  /** That of the finding, or one that the rest of its intrusion raises it to. */
  severity: Severity;
  /** Why it was raised. */
  severityReason?: string;
  correlationKey: string;
  /** Name of the incident that it is part of. */
  incident?: string;
  /** Names of the alerts that it is the incident of. */
  alerts?: readonly string[];
}

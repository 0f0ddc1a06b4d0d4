import type { Attack } from '../../model/attack.ts';
import type { Engine } from '../../model/resource.ts';
import type { Severity } from '../../model/severity.ts';
import { COSMOSDB_SAMPLES } from './cosmosdb-samples.ts';
import { POSTGRESQL_SAMPLES } from './postgresql-samples.ts';
import type { SampleRow } from './sample-row.ts';

/** One type of alert, as an example of it reads. */
export interface SampleKind {
  alertType: string;
  detector: string;
  variant: string;
  displayName: string;
  severity: Severity;
  attack: Attack;
  /** What happened: goes on after who it was. */
  deed: string;
  observed: Readonly<Record<string, string>>;
}

/** Every type of alert that detectors raise for an engine. */
export const SAMPLE_KINDS: Readonly<Record<Engine, readonly SampleKind[]>> = {
  postgresql: POSTGRESQL_SAMPLES.map(kindOf),
  cosmosdb: COSMOSDB_SAMPLES.map(kindOf),
};

function kindOf([alertType, detector, variant, displayName, severity, attack, deed, observed]: SampleRow): SampleKind {
  return { alertType, detector, variant, displayName, severity, attack, deed, observed };
}

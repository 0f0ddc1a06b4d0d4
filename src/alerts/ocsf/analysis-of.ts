/** How a kind of alert is found, in OCSF's words. */
export interface Analysis {
  /** `analytic.type_id` with its caption. */
  analytic: readonly [number, string];
  /** OCSF's `observation_type`. */
  method: string;
  /** OCSF's `observed_pattern` of what was seen, and of what is usual. */
  seen: string;
  usual?: string;
}

const BEHAVIORAL = [2, 'Behavioral'] as const;
const STATISTICAL = [3, 'Statistical'] as const;

const NEW_VALUE: Analysis = {
  analytic: BEHAVIORAL,
  method: 'Frequency Analysis',
  seen: 'UNSEEN',
  usual: 'FREQUENT',
};
/** What needs no learning: a thing is suspicious by itself from a threshold on. */
const RULE: Analysis = { analytic: [1, 'Rule'], method: 'Threshold Analysis', seen: 'ABOVE_THRESHOLD' };

/** By the last word of the alert type: `SQL.PostgreSQL_GeoAnomaly` and `CosmosDB_GeoAnomaly` are found alike. */
const ANALYSES: Readonly<Record<string, Analysis>> = {
  BruteForce: { analytic: BEHAVIORAL, method: 'Frequency Analysis', seen: 'FREQUENT', usual: 'UNSEEN' },
  GeoAnomaly: NEW_VALUE,
  DataCenterAnomaly: NEW_VALUE,
  CloudProviderAnomaly: NEW_VALUE,
  PrincipalAnomaly: NEW_VALUE,
  DomainAnomaly: NEW_VALUE,
  DataExfiltrationAnomaly: {
    analytic: STATISTICAL,
    method: 'Volume Analysis',
    seen: 'SURGE',
    usual: 'NORMAL_VOLUME',
  },
};

export function analysisOf(alertType: string): Analysis {
  const kind = alertType.slice(alertType.lastIndexOf('_') + 1);
  return Object.hasOwn(ANALYSES, kind) ? ANALYSES[kind] : RULE;
}

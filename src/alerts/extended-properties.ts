/** Names of an alert's extended properties. People filter by them, so they never change; new ones come at the end. */
export const EXTENDED = {
  variant: 'Variant',
  confidence: 'Confidence',
  address: 'Client IP address',
  location: 'Client IP location',
  network: 'Network',
  namedNetwork: 'Named network',
  cloudRegion: 'Cloud region',
  principal: 'Principal',
  principals: 'Principals',
  otherPrincipals: 'Other principals',
  application: 'Application',
  database: 'Database',
  count: 'Event count',
  causes: 'Potential causes',
  investigation: 'Investigation steps',
  isLate: 'Arrived late',
  detector: 'Detector',
  attackVersion: 'MITRE ATT&CK version',
  reputation: 'Reputation',
  severityReason: 'Severity raised',
  otherFindings: 'Other findings',
  incident: 'Incident',
  alerts: 'Alerts of the incident',
} as const;

/** Those that only Azure's form has a place for. */
export const AZURE_ONLY: readonly string[] = [
  EXTENDED.causes,
  EXTENDED.investigation,
  EXTENDED.isLate,
  EXTENDED.reputation,
  EXTENDED.severityReason,
  EXTENDED.otherFindings,
  EXTENDED.incident,
  EXTENDED.alerts,
];

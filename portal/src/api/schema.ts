/** Shapes of what the server tells and pages show. */
export type Severity = 'High' | 'Medium' | 'Low' | 'Informational';
export type AlertStatus = 'Active' | 'InProgress' | 'Resolved' | 'Dismissed';

export interface AlertSummary {
  name: string;
  alertType: string;
  displayName: string;
  description: string;
  severity: Severity;
  status: AlertStatus;
  startTime: string;
  endTime: string;
  resourceId: string;
  resourceName: string;
  isIncident: boolean;
  correlationKey: string;
  isHistorical: boolean;
  suppressedBy?: string;
  etag: string;
}

/** One thing to do, with the command to copy where there is one. */
export interface Step {
  words: string;
  command?: string;
}

export interface AlertDetail extends AlertSummary {
  guidance: { causes: string[]; investigation: Step[]; remediation: Step[] };
  statusChange?: { status: AlertStatus; by: string; time: string; reason?: string };
  alert: AzureAlert;
}

export interface RawLine {
  source: string;
  byteOffset: number;
  text: string;
}

/** The baseline beside the observation. */
export interface Evidence {
  title: string;
  columns: string[];
  rows: string[][];
  observed?: Record<string, string>;
  score?: { value: number; threshold: number; unit: string };
  rawLines?: RawLine[];
}

/** Azure's alert resource, api-version 2022-01-01. */
export interface AzureAlert {
  name: string;
  properties: {
    intent: string;
    techniques: string[];
    subTechniques: string[];
    extendedProperties: Record<string, string>;
    supportingEvidence: Evidence;
  };
}

/** How a resource is protected; what is absent is left to policies, the file and the defaults. */
export interface ProtectionSettings {
  protection?: 'on' | 'off';
  disabledAlerts?: string[];
  detectors?: Record<string, Record<string, unknown>>;
  recipients?: string[];
  emailAccountAdmins?: boolean;
  retentionDays?: number;
}

export interface Resource {
  id: string;
  name: string;
  engine: 'postgresql' | 'cosmosdb';
  subscriptionId: string;
  resourceGroup: string;
  location: string;
  origin: 'configured' | 'added' | 'discovered';
  tags: Record<string, string>;
  protection: 'on' | 'off';
  settings: ProtectionSettings;
  /** Of each setting, who said so. */
  settingOrigins: Record<string, { kind: 'override' | 'policy' | 'file' | 'default'; name: string }>;
}

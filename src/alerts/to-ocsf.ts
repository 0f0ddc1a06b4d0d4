import type { Alert, AlertStatus } from '../model/alert.ts';
import type { Severity } from '../model/severity.ts';
import { type AlertFacts, factsOf } from './alert-facts.ts';
import { AZURE_ONLY, EXTENDED } from './extended-properties.ts';
import { affectedResources, cloudOf } from './ocsf/affected-resources.ts';
import { anomalyAnalyses } from './ocsf/anomaly-analyses.ts';
import { enrichmentsOf, evidencesOf, observablesOf } from './ocsf/evidences.ts';
import { findingInfo } from './ocsf/finding-info.ts';

/** Release of the Open Cybersecurity Schema Framework that is written: schema.ocsf.io. */
const OCSF_VERSION = '1.8.0';
const CLASS_UID = 2004;
/** Of a class, types are numbered by activity: schema.ocsf.io, `type_uid`. */
const TYPES_PER_CLASS = 100;

/** Dismissed: a person looked and found nothing that is wrong, which OCSF calls suppressed. */
const STATUS: Record<AlertStatus, { status: readonly [number, string]; activity: readonly [number, string] }> = {
  Active: { status: [1, 'New'], activity: [1, 'Create'] },
  InProgress: { status: [2, 'In Progress'], activity: [2, 'Update'] },
  Dismissed: { status: [3, 'Suppressed'], activity: [3, 'Close'] },
  Resolved: { status: [4, 'Resolved'], activity: [3, 'Close'] },
};
const SEVERITY_ID: Record<Severity, number> = { Informational: 1, Low: 2, Medium: 3, High: 4 };
const CONFIDENCE: Readonly<Record<string, readonly [number, string]>> = {
  low: [1, 'Low'],
  medium: [2, 'Medium'],
  high: [3, 'High'],
};

/** Extended properties that have places of their own; the others are told as unmapped. */
const MAPPED: ReadonlySet<string> = new Set(Object.values(EXTENDED).filter((name) => !AZURE_ONLY.includes(name)));
/** Ends of lines that JSON leaves as they are, and that some readers of lines break at. */
const LINE_ENDS = /[\u0085\u2028\u2029]/g;

/**
 * An alert as Detection Finding (class 2004) of OCSF 1.8.0: JSON on one line, without the line's end.
 *
 * @param version of Vedette
 */
export function toOcsf(alert: Alert, version: string): string {
  return JSON.stringify(detectionFinding(alert, version)).replace(
    LINE_ENDS,
    (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function detectionFinding(alert: Alert, version: string): Record<string, unknown> {
  const { properties } = alert;
  const facts = factsOf(alert);
  const [startTime, endTime] = [Date.parse(properties.startTimeUtc), Date.parse(properties.endTimeUtc)];
  const cloud = cloudOf(alert, facts.resource);
  const evidences = evidencesOf(alert, facts);
  return {
    ...classification(alert, facts),
    time: startTime,
    start_time: startTime,
    end_time: endTime,
    duration: endTime - startTime,
    count: Number(facts.extended(EXTENDED.count) ?? 1),
    message: properties.description,
    metadata: metadataOf(alert, version, cloud !== undefined),
    finding_info: findingInfo(alert, facts),
    ...(cloud && { cloud }),
    resources: affectedResources(alert, facts.resource),
    evidences,
    anomaly_analyses: facts.evidence && anomalyAnalyses(alert, facts, facts.evidence),
    observables: observablesOf(evidences, facts),
    enrichments: enrichmentsOf(facts),
    ...(properties.remediationSteps.length > 0 && { remediation: { desc: properties.remediationSteps.join('\n') } }),
    unmapped: unmappedOf(alert),
  };
}

function classification({ properties }: Alert, facts: AlertFacts): Record<string, unknown> {
  const { status, activity } = STATUS[properties.status];
  const confidence = CONFIDENCE[facts.extended(EXTENDED.confidence) ?? ''];
  return {
    category_uid: Math.trunc(CLASS_UID / 1000),
    category_name: 'Findings',
    class_uid: CLASS_UID,
    class_name: 'Detection Finding',
    activity_id: activity[0],
    activity_name: activity[1],
    type_uid: CLASS_UID * TYPES_PER_CLASS + activity[0],
    type_name: `Detection Finding: ${activity[1]}`,
    severity_id: SEVERITY_ID[properties.severity],
    severity: properties.severity,
    ...(confidence && { confidence_id: confidence[0], confidence: confidence[1] }),
    status_id: status[0],
    status: status[1],
    is_alert: activity[1] !== 'Close',
  };
}

function metadataOf({ id, properties }: Alert, version: string, isCloud: boolean): Record<string, unknown> {
  return {
    version: OCSF_VERSION,
    product: {
      name: properties.productName,
      vendor_name: properties.vendorName,
      version,
      feature: { name: properties.productComponentName },
    },
    ...(isCloud && { profiles: ['cloud'] }),
    correlation_uid: properties.correlationKey,
    original_event_uid: id,
    original_time: properties.startTimeUtc,
    log_name: 'Security alerts',
    log_provider: properties.productName,
    log_version: properties.version,
  };
}

/** Undefined where everything has its place. */
function unmappedOf({ properties }: Alert): Record<string, unknown> | undefined {
  const rest = Object.entries(properties.extendedProperties).filter(([name]) => !MAPPED.has(name));
  return rest.length === 0 ? undefined : Object.fromEntries(rest);
}

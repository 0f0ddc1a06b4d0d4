import type { Alert } from '../../model/alert.ts';
import type { Resource } from '../../model/resource.ts';
import type { AlertRecord } from '../alert-book.ts';
import { alertName } from '../alert-name.ts';
import { EXTENDED } from '../extended-properties.ts';
import { toAzureAlert } from '../to-azure-alert.ts';
import { SAMPLE_KINDS, type SampleKind } from './sample-kinds.ts';

/** As Azure marks its own. */
const MARK = '[SAMPLE ALERT]';
const SPAN_MS = 60_000;
/** RFC 5737: of documentation, so nobody's. */
const ADDRESS = '203.0.113.7';
const PRINCIPAL = 'sample-user';

/**
 * An alert of each type for the kind of the resource, marked as an example, so that people see what will come and
 * whether they are told of it. Nothing is learned from them.
 *
 * @param only types that are wanted; absent: all
 * @param time milliseconds since the epoch
 */
export function sampleAlerts(resource: Resource, time: number, only?: readonly string[]): Alert[] {
  const wanted = only?.map((type) => type.toLowerCase());
  const kinds = SAMPLE_KINDS[resource.engine].filter(
    ({ alertType }) => wanted === undefined || wanted.includes(alertType.toLowerCase()),
  );
  return kinds.map((kind) => marked(toAzureAlert(recordOf(kind, resource, time)), kind));
}

function recordOf(kind: SampleKind, resource: Resource, time: number): AlertRecord {
  const { alertType, detector, variant, displayName, severity, attack, deed, observed } = kind;
  const times = { startTime: time - SPAN_MS, endTime: time, count: 1 };
  return {
    ...times,
    detector,
    resource,
    name: alertName('sample', resource.key, `${alertType}|${time}`, times.startTime),
    openedTime: time,
    changedTime: time,
    changes: 1,
    finding: {
      ...times,
      alertType,
      variant,
      displayName: `${MARK} ${displayName}`,
      summary: `${MARK} ${PRINCIPAL} at ${ADDRESS} ${deed} (${resource.name}).`,
      severity,
      confidence: 'medium',
      attack,
      dedupKey: alertType,
      entities: {
        principal: PRINCIPAL,
        application: 'sample',
        address: {
          address: ADDRESS,
          location: { countryCode: 'BR', countryName: 'Brazil', city: 'Recife', latitude: -8.05, longitude: -34.9 },
          autonomousSystem: { number: 64_496, organization: 'Example network' },
        },
      },
      score: { value: 1, threshold: 1, unit: 'sample' },
      baseline: {
        title: 'What is usual (sample)',
        columns: ['Value', 'First seen', 'Last seen', 'Count'],
        rows: [['Germany', '2026-01-05', '2026-11-16', '1,204']],
      },
      observed,
      rawLines: [],
      guidance: {
        causes: ['Nothing happened: somebody asked for sample alerts.'],
        investigation: ['Look whether everybody who should know was told.'],
        remediation: ['Dismiss the alert.'],
      },
      isLate: false,
    },
  };
}

function marked(alert: Alert, { detector }: SampleKind): Alert {
  const { properties } = alert;
  const extendedProperties = {
    ...properties.extendedProperties,
    [EXTENDED.detector]: detector,
    [EXTENDED.sample]: 'true',
  };
  return { ...alert, properties: { ...properties, extendedProperties } };
}

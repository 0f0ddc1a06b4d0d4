import type { Alert } from '../model/alert.ts';
import type { Resource } from '../model/resource.ts';
import { alertName } from './alert-name.ts';
import { EXTENDED } from './extended-properties.ts';
import { toAzureAlert } from './to-azure-alert.ts';

export const SELF_TEST_TYPE = 'Vedette_SelfTest';
const MARK = '[SELF-TEST]';

/**
 * Tells that a record which somebody wrote to try the way in has come. It is settled from the beginning, and nobody is sent
 * it.
 *
 * @param mark by which the record was known
 * @param time of the record, milliseconds since the epoch
 */
export function selfTestAlert(resource: Resource, mark: string, time: number): Alert {
  const times = { startTime: time, endTime: time, count: 1 };
  const alert = toAzureAlert({
    ...times,
    detector: 'self-test',
    resource,
    name: alertName('self-test', resource.key, mark, time),
    openedTime: time,
    changedTime: time,
    changes: 1,
    finding: {
      ...times,
      alertType: SELF_TEST_TYPE,
      variant: 'self-test',
      displayName: `${MARK} A marked record arrived`,
      summary: `${MARK} The record marked ${mark} came through the log of ${resource.name} and was judged.`,
      severity: 'Informational',
      confidence: 'high',
      attack: { tactic: 'TA0006', technique: 'T1110' },
      dedupKey: mark,
      entities: { principal: mark },
      score: { value: 1, threshold: 1, unit: 'records' },
      baseline: { title: 'What was waited for', columns: ['What', 'Value'], rows: [['Mark', mark]] },
      observed: { Mark: mark },
      rawLines: [],
      guidance: {
        causes: ['Somebody ran vedette selftest.'],
        investigation: ['The audit log tells who: alerts.self-test.'],
        remediation: ['There is nothing to do.'],
      },
      isLate: false,
    },
  });
  const { properties } = alert;
  const extendedProperties = { ...properties.extendedProperties, [EXTENDED.selfTest]: 'true' };
  return { ...alert, properties: { ...properties, status: 'Resolved', extendedProperties } };
}

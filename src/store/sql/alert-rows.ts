import type { Selectable } from 'kysely';
import type { Alert, AlertStatus } from '../../model/alert.ts';
import { SEVERITIES } from '../../model/severity.ts';
import type { AlertWrite, StoredAlert } from '../alert-store.ts';
import type { AlertTable } from './schema.ts';

/** A row for an alert that is not there yet; `detectedTime` is when it is written. */
export function alertRow(write: AlertWrite): AlertTable {
  const { alert, resourceKey, version, isHistorical, detectedTime, suppressedBy } = write;
  const { properties } = alert;
  return {
    name: alert.name,
    resource_key: resourceKey,
    body: JSON.stringify(alert),
    version,
    updates: 0,
    revision: 0,
    alert_type: properties.alertType,
    severity: SEVERITIES.indexOf(properties.severity),
    status: properties.status,
    is_incident: Number(properties.isIncident),
    is_historical: Number(isHistorical),
    correlation_key: properties.correlationKey,
    start_time: Date.parse(properties.startTimeUtc),
    end_time: Date.parse(properties.endTimeUtc),
    detected_time: detectedTime,
    changed_time: detectedTime,
    suppressed_by: suppressedBy ?? null,
    status_by: null,
    status_time: null,
    status_reason: null,
  };
}

export function storedAlert(row: Selectable<AlertTable>): StoredAlert {
  const alert = JSON.parse(row.body) as Alert;
  const status = row.status as AlertStatus;
  const { status_by: by, status_time: time, status_reason: reason } = row;
  return {
    alert: { ...alert, properties: { ...alert.properties, status } },
    resourceKey: row.resource_key,
    version: row.version,
    isHistorical: row.is_historical === 1,
    detectedTime: row.detected_time,
    changedTime: row.changed_time,
    etag: etagOf(row),
    ...(row.suppressed_by !== null && { suppressedBy: row.suppressed_by }),
    ...(by !== null && time !== null && { statusChange: { status, by, time, ...(reason !== null && { reason }) } }),
  };
}

/** Changes of the engine and of people, both. */
export function etagOf({ version, revision }: Pick<AlertTable, 'version' | 'revision'>): string {
  return `${version}.${revision}`;
}

import { HOUR_MS, type HourlyVolume, usualVolume } from '../../baselines/hourly-volume.ts';
import type { Activity, RawLine } from '../../model/activity.ts';
import type { Finding, FindingEntities } from '../../model/finding.ts';
import type { Resource } from '../../model/resource.ts';
import { counted, describeAddress, minute } from '../describe.ts';
import { guidance } from './guidance.ts';

const CERTAIN_RATIO = 3;

/** The volume of one principal, and what has been reported of its running hour. */
export interface Reader {
  volume: HourlyVolume;
  /** Bytes from which the running hour is unusual; worked out when it starts. */
  threshold: number;
  lastTime: number;
  /** What is shown of the running hour, once it is unusual. */
  exhibit: Exhibit | undefined;
  reportedSum: number;
}

/** Who reads, from where, and a record of it. */
export interface Exhibit {
  resource: Resource;
  entities: FindingEntities & { principal: string };
  rawLines: readonly RawLine[];
  isLate: boolean;
}

export function exhibitOf(access: Activity, resource: Resource): Exhibit {
  const { directory } = access;
  return {
    resource,
    entities: {
      principal: directory.principal(access.principal),
      address: directory.address(access.address),
      application: directory.application(access.application),
      database: directory.database(access.database),
    },
    rawLines: access.keep().map((record) => record.show()),
    isLate: access.isLate,
  };
}

export function findingOf({ volume, threshold, lastTime }: Reader, exhibit: Exhibit): Finding {
  const { resource, entities, rawLines, isLate } = exhibit;
  const usual = usualVolume(volume);
  const start = volume.hour * HOUR_MS;
  const from = entities.address === undefined ? '' : ` from ${describeAddress(entities.address)}`;
  const since = `${minute(usual.firstTime)} UTC (${counted(usual.hours, 'active hour')})`;
  return {
    alertType: 'CosmosDB_DataExfiltrationAnomaly',
    variant: 'volume',
    displayName: 'Unusual volume of data extracted',
    summary: `${entities.principal} read ${megabytes(volume.sum)} from ${resource.name}${from} in the hour from ${minute(start)} UTC; its largest hour since ${since} was ${megabytes(usual.largest)}, its median ${megabytes(usual.median)}.`,
    severity: 'Medium',
    confidence: volume.sum > CERTAIN_RATIO * threshold ? 'high' : 'medium',
    attack: { tactic: 'TA0009', technique: 'T1213.006' },
    dedupKey: entities.principal,
    startTime: start,
    endTime: lastTime,
    count: volume.events,
    entities,
    score: { value: Math.round(volume.sum), threshold: Math.round(threshold), unit: 'bytes read in an hour' },
    baseline: {
      title: `What ${entities.principal} usually reads from ${resource.name} in an hour`,
      columns: ['', 'Bytes an hour'],
      rows: [
        ['Median of active hours', megabytes(usual.median)],
        ['Largest hour in 60 days', megabytes(usual.largest)],
        ['Threshold', megabytes(threshold)],
        ['This hour', megabytes(volume.sum)],
      ],
    },
    observed: {
      'Bytes read in the hour': megabytes(volume.sum),
      Requests: String(volume.events),
      'Times the largest usual hour': (volume.sum / Math.max(1, usual.largest)).toFixed(1),
    },
    rawLines,
    guidance: guidance(resource, entities),
    isLate,
  };
}

/** `2.6 MB`; decimal megabytes. */
function megabytes(bytes: number): string {
  const value = bytes / 1_000_000;
  return `${value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toFixed(value >= 1 ? 1 : 3)} MB`;
}

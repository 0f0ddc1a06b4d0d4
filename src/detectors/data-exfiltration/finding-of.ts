import { HOUR_MS, type UsualVolume, usualVolume } from '../../baselines/hourly-volume.ts';
import type { Activity, RawLine } from '../../model/activity.ts';
import type { Finding, FindingEntities } from '../../model/finding.ts';
import type { Resource } from '../../model/resource.ts';
import { bytes, counted, day, describeAddress, minute, named } from '../describe.ts';
import { guidance } from './guidance.ts';
import type { RunningHour } from './readers.ts';

const CERTAIN_RATIO = 3;
const MEMORY_DAYS = 60;
/** Raw records shown: of the request that passed the threshold, and of those with which the hour doubled. */
const MAX_RAW_LINES = 6;

/** Who reads, from where, and records of it. */
export interface Exhibit {
  resource: Resource;
  entities: FindingEntities & { principal: string };
  rawLines: readonly RawLine[];
  isLate: boolean;
  /** Bytes from which the hour is unusual. */
  threshold: number;
}

/** @param earlier what was shown of the same hour before */
export function exhibitOf(
  access: Activity,
  resource: Resource,
  threshold: number,
  earlier: Exhibit | undefined,
): Exhibit {
  const { directory } = access;
  const lines = access.keep().map((record) => record.show());
  return {
    resource,
    entities: {
      principal: directory.principal(access.principal),
      ...(access.address !== 0 && { address: directory.address(access.address) }),
      application: directory.application(access.application),
      database: directory.database(access.database),
    },
    rawLines: [...(earlier?.rawLines ?? []), ...lines].slice(0, MAX_RAW_LINES),
    isLate: access.isLate || earlier?.isLate === true,
    threshold,
  };
}

/** What a principal reads in the running hour; it must have an exhibit. */
export function findingOf(running: RunningHour): Finding {
  const { hour, sum, events } = running;
  const { resource, entities, rawLines, isLate, threshold } = running.exhibit!;
  const usual = usualVolume(running.volume, hour);
  const who = named(entities.principal);
  const from = entities.address === undefined ? '' : `, last from ${describeAddress(entities.address)}`;
  return {
    alertType: 'CosmosDB_DataExfiltrationAnomaly',
    variant: 'volume',
    displayName: 'Unusual volume of data extracted',
    summary: `${who} read ${bytes(sum)} from ${resource.name} in the hour from ${minute(hour * HOUR_MS)} UTC${from}; ${usualText(running, usual)}.`,
    severity: 'Medium',
    confidence: sum > CERTAIN_RATIO * threshold ? 'high' : 'medium',
    attack: { tactic: 'TA0009', technique: 'T1213.006' },
    dedupKey: entities.principal,
    startTime: running.firstTime,
    endTime: running.lastTime,
    count: events,
    entities,
    score: { value: Math.round(sum), threshold: Math.round(threshold), unit: 'bytes read in an hour' },
    baseline: {
      title: `What ${who} reads from ${resource.name} in an hour`,
      columns: ['Hour', 'Bytes read'],
      rows: [
        ['Usual (median of its active hours)', bytes(usual.median)],
        [`Largest in ${MEMORY_DAYS} days`, bytes(usual.largest)],
        ['Suspicious from', bytes(threshold)],
        ['This one', bytes(sum)],
      ],
    },
    observed: {
      'Bytes read in the hour': bytes(sum),
      Requests: events.toLocaleString('en-US'),
      'Times its largest hour': times(sum, usual.largest),
      'Active hours watched': String(usual.hours),
    },
    rawLines,
    guidance: guidance(resource, entities),
    isLate,
  };
}

/** What is not remembered is not claimed. */
function usualText({ hour }: RunningHour, { firstTime, hours, median, largest }: UsualVolume): string {
  const oldest = hour * HOUR_MS - MEMORY_DAYS * 24 * HOUR_MS;
  const since = day(Math.max(firstTime, oldest));
  if (hours === 0) {
    return `it had read nothing else since ${since}`;
  }
  return `of its ${counted(hours, 'active hour')} since ${since} the largest brought ${bytes(largest)}, a usual one ${bytes(median)}`;
}

function times(sum: number, largest: number): string {
  return (sum / Math.max(1, largest)).toFixed(1);
}

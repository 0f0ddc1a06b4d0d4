import { usualPeaks } from '../../baselines/daily-peaks.ts';
import { HOUR_MS, type UsualVolume, usualVolume } from '../../baselines/hourly-volume.ts';
import type { Activity, RawLine } from '../../model/activity.ts';
import type { Finding, FindingEntities } from '../../model/finding.ts';
import type { Resource } from '../../model/resource.ts';
import { SEVERITIES } from '../../model/severity.ts';
import { bytes, counted, day, describeAddress, listed, minute, named } from '../describe.ts';
import { guidance } from './guidance.ts';
import type { RequestVerdict } from './judge-hour.ts';
import type { RunningHour } from './read-habits.ts';
import { REST_MS } from './settings.ts';

const CERTAIN_RATIO = 3;
const MAX_ODDITIES = 4;
const MEMORY_DAYS = 60;
/** Raw records shown: of the request that passed the threshold, and of those with which the hour doubled. */
const MAX_RAW_LINES = 6;

/** Who reads, from where, and records of it. */
export interface Exhibit {
  resource: Resource;
  entities: FindingEntities & { principal: string };
  rawLines: readonly RawLine[];
  isLate: boolean;
  verdict: RequestVerdict;
  /** What else is unusual, in words. */
  oddities: readonly string[];
}

/** @param earlier what was shown of the same hour before */
export function exhibitOf(
  access: Activity,
  resource: Resource,
  verdict: RequestVerdict,
  earlier: Exhibit | undefined,
  oddities: readonly string[],
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
    verdict: graver(verdict, earlier?.verdict),
    oddities: [...new Set([...(earlier?.oddities ?? []), ...oddities])],
  };
}

/** What a principal reads in the running hour; it must have an exhibit. */
export function findingOf(running: RunningHour): Finding {
  const { hour, sum, events, habits } = running;
  const exhibit = running.exhibit!;
  const { verdict, entities, resource } = exhibit;
  const usual = usualVolume(habits.hours, hour);
  const isOfBytes = verdict.variant !== 'breadth of containers';
  const value = isOfBytes ? Math.round(sum) : verdict.value;
  return {
    ...frameOf(exhibit, { ...verdict, value }),
    summary: `${named(entities.principal)} read ${bytes(sum)} from ${resource.name} in the hour from ${minute(hour * HOUR_MS)} UTC${lastFrom(exhibit)}${oddText(exhibit)}; ${usualText(running, usual)}.`,
    dedupKey: entities.principal,
    startTime: running.firstTime,
    endTime: running.lastTime,
    count: events,
    baseline: {
      title: `What ${named(entities.principal)} reads from ${resource.name} in an hour`,
      columns: ['Hour', 'Bytes read'],
      rows: [
        ['Usual (median of its active hours)', bytes(usual.median)],
        [`Largest in ${MEMORY_DAYS} days`, bytes(usual.largest)],
        ...(isOfBytes ? [['Suspicious from', bytes(verdict.threshold)]] : []),
        ['This one', bytes(sum)],
      ],
    },
    observed: {
      'Bytes read in the hour': bytes(sum),
      Requests: events.toLocaleString('en-US'),
      'Times its largest hour': times(sum, usual.largest),
      'Active hours watched': String(usual.hours),
    },
  };
}

/** What a principal has read in a day, hour by hour within what is usual. */
export function dayFindingOf({ hour, day: running, habits }: RunningHour, exhibit: Exhibit): Finding {
  const { entities, resource, verdict } = exhibit;
  const usual = usualPeaks(habits.daySums, hour * HOUR_MS);
  return {
    ...frameOf(exhibit, verdict),
    summary: `${named(entities.principal)} read ${bytes(running.sum)} from ${resource.name} on ${day(running.firstTime)} (UTC), a little each hour${lastFrom(exhibit)}; of ${counted(usual.days, 'day')} before the largest brought ${bytes(usual.largest)}.`,
    dedupKey: `${entities.principal}|day`,
    startTime: running.firstTime,
    endTime: hour * HOUR_MS + HOUR_MS - 1,
    count: running.events,
    baseline: {
      title: `What ${named(entities.principal)} reads from ${resource.name} in a day`,
      columns: ['Day', 'Bytes read'],
      rows: [
        ['Usual (median)', bytes(usual.median)],
        [`Largest in ${MEMORY_DAYS} days`, bytes(usual.largest)],
        ['Suspicious from', bytes(verdict.threshold)],
        ['This one, so far', bytes(running.sum)],
      ],
    },
    observed: {
      'Bytes read in the day': bytes(running.sum),
      Requests: running.events.toLocaleString('en-US'),
      'Times its largest day': times(running.sum, usual.largest),
      'Days watched': String(usual.days),
    },
  };
}

/** What all findings about requests say alike. */
function frameOf({ resource, entities, rawLines, isLate }: Exhibit, verdict: RequestVerdict) {
  const { variant, severity, value, threshold, unit } = verdict;
  return {
    alertType: 'CosmosDB_DataExfiltrationAnomaly',
    variant,
    displayName: 'Unusual volume of data extracted',
    severity,
    confidence: value > CERTAIN_RATIO * threshold ? 'high' : 'medium',
    attack: { tactic: 'TA0009', technique: 'T1213.006' },
    entities,
    score: { value, threshold, unit },
    restMs: REST_MS,
    rawLines,
    guidance: guidance(resource, entities),
    isLate,
  } satisfies Partial<Finding>;
}

/** Of one hour the gravest thing is told. */
function graver(verdict: RequestVerdict, earlier: RequestVerdict | undefined): RequestVerdict {
  const gravity = ({ severity }: RequestVerdict): number => SEVERITIES.indexOf(severity);
  return earlier !== undefined && gravity(earlier) >= gravity(verdict) ? earlier : verdict;
}

function lastFrom({ entities }: Exhibit): string {
  return entities.address === undefined ? '' : `, last from ${describeAddress(entities.address)}`;
}

function oddText({ oddities }: Exhibit): string {
  return oddities.length === 0 ? '' : `: ${listed(oddities, MAX_ODDITIES)}`;
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

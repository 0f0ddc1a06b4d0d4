import { MINUTE_MS } from '../fleet/calendar.ts';
import type { Kind } from '../fleet/label.ts';
import type { ToldAlert } from '../scoring/told-alert.ts';
import type { Fact } from './facts.ts';
import { hourOf, LEARNED, type Rival, tell } from './rival.ts';

/** Failures of one address within ten minutes. */
const FAILURES = 10;

/** Words that such rules look for. */
const SIGNATURES: readonly (readonly [Kind, RegExp])[] = [
  [
    'dangerous-statement',
    /\bprogram\b|alter system|superuser|pg_read_file|pg_(shadow|authid)|plpython|plperlu|drop table/i,
  ],
  ['sql-injection', /union (all )?select|pg_sleep|\bor \?=\?|information_schema|--\s*\w*$/i],
];

/**
 * What a rule base comes to that tells each first time: a principal, its network, its application, a suspicious word
 * in its statements; ten failures in ten minutes; an hour with twice as much as ever.
 */
export const neverSeen: Rival = {
  name: 'never-seen rules',
  judge(resource, facts, placeOf) {
    const alerts: ToldAlert[] = [];
    const seen = new Set<string>();
    const failures = failureCounter();
    const volumes = new Map<string, { hour: number; sum: number; most: number; isTold: boolean }>();
    function first(fact: Fact, kind: Kind, value: string): void {
      const key = `${kind}|${value}`;
      if (!seen.has(key)) {
        seen.add(key);
        if (fact.time >= LEARNED) {
          alerts.push(tell(resource, fact, kind, `first seen: ${value}`));
        }
      }
    }
    for (const fact of facts) {
      const { kind, principal, address, application, shape } = fact;
      if (kind === 'failure') {
        if (failures(fact) === FAILURES) {
          alerts.push(tell(resource, fact, 'brute-force', `${FAILURES} failures`));
        }
      } else if (kind === 'statement') {
        for (const [name, pattern] of SIGNATURES) {
          if (pattern.test(shape)) {
            first(fact, name, `${principal} ${pattern.exec(shape)![0]}`);
          }
        }
      } else if (kind === 'keys') {
        first(fact, 'key-extraction', principal);
      } else {
        first(fact, 'unfamiliar-principal', principal);
        first(fact, 'unusual-location', `${principal} ${placeOf(address).network}`);
        first(fact, 'harmful-application', `${principal} ${application}`);
      }
      if (isNewMaximum(volumes, fact) && fact.time >= LEARNED) {
        alerts.push(tell(resource, fact, 'data-exfiltration', 'twice as much as ever in an hour'));
      }
    }
    return alerts;
  },
};

function failureCounter(): (fact: Fact) => number {
  const times = new Map<string, number[]>();
  return ({ address, time }) => {
    const recent = [...(times.get(address) ?? []), time]
      .filter((one) => one > time - 10 * MINUTE_MS)
      .slice(-FAILURES - 1);
    times.set(address, recent);
    return recent.length;
  };
}

/** Once an hour for each principal: when its volume passes twice that of any hour before. */
function isNewMaximum(
  volumes: Map<string, { hour: number; sum: number; most: number; isTold: boolean }>,
  { principal, time, volume }: Fact,
): boolean {
  const hour = hourOf(time);
  const known = volumes.get(principal) ?? { hour, sum: 0, most: 0, isTold: false };
  volumes.set(principal, known);
  if (known.hour !== hour) {
    Object.assign(known, { hour, most: Math.max(known.most, known.sum), sum: 0, isTold: false });
  }
  known.sum += volume;
  const isNew = !known.isTold && known.most > 0 && known.sum > 2 * known.most;
  known.isTold ||= isNew;
  return isNew;
}

import { SECOND_MS } from '../fleet/calendar.ts';
import type { ToldAlert } from '../scoring/told-alert.ts';
import { type Rival, tell } from './rival.ts';

/** Of CrowdSec's scenarios `crowdsecurity/pgsql-bf` and `pgsql-user-enum`: a bucket of five that leaks one in ten seconds. */
const CAPACITY = 5;
const LEAK_MS = 10 * SECOND_MS;
/** An address that overflowed is left alone for a while. */
const BLACKHOLE_MS = 60 * SECOND_MS;

interface Bucket {
  level: number;
  time: number;
  silentUntil: number;
}

/** CrowdSec's leaky bucket for failed logins, by source address. */
export const leakyBucket: Rival = {
  name: "CrowdSec's leaky bucket",
  judge(resource, facts) {
    const alerts: ToldAlert[] = [];
    const buckets = new Map<string, Bucket>();
    for (const fact of facts) {
      if (fact.kind !== 'failure' || fact.time < (buckets.get(fact.address)?.silentUntil ?? 0)) {
        continue;
      }
      const bucket = buckets.get(fact.address) ?? { level: 0, time: fact.time, silentUntil: 0 };
      buckets.set(fact.address, bucket);
      bucket.level = Math.max(0, bucket.level - (fact.time - bucket.time) / LEAK_MS) + 1;
      bucket.time = fact.time;
      if (bucket.level > CAPACITY) {
        alerts.push(tell(resource, fact, 'brute-force', 'bucket overflowed'));
        Object.assign(bucket, { level: 0, silentUntil: fact.time + BLACKHOLE_MS });
      }
    }
    return alerts;
  },
};

import type { Counts } from '../pipeline/plan.ts';
import type { LiveLog } from './live-log.ts';

/** What has come in, but will be read again. */
export function withoutUnread(counts: Counts, logs: readonly LiveLog[]): Counts {
  const streams = logs.flatMap((log) => log.streams);
  const inView = streams.filter(({ isReady }) => isReady);
  return {
    ...counts,
    bytes: counts.bytes - streams.reduce((sum, { stream }) => sum + stream.unreadBytes(), 0),
    records: counts.records - inView.length,
    late: counts.late - inView.filter(({ stream }) => stream.isLate).length,
  };
}

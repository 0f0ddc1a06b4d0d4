import { type Finding, type FindingHead, lazyFinding } from '../../model/finding.ts';
import { counted, describeAddress, duration, minute } from '../describe.ts';
import type { Forger } from './forger.ts';
import { guidance } from './guidance.ts';

/** The matter of one source: a later finding with the same start replaces it. */
export function findingOf(forger: Forger, threshold: number): Finding {
  const { key, firstTime, lastTime, count } = forger;
  const head = {
    dedupKey: key,
    severity: 'High', // nobody does so by accident, and who does has something to hide
    startTime: firstTime,
    endTime: lastTime,
    count,
  } as const;
  const shown = { ...forger, records: [...forger.records] };
  return lazyFinding(head, () => spellOut(shown, threshold));
}

function spellOut(forger: Forger, threshold: number): Omit<Finding, keyof FindingHead> {
  const { resource, address, count, firstTime, lastTime, records, isLate } = forger;
  return {
    alertType: 'SQL.PostgreSQL_ForgedLog',
    variant: address === undefined ? 'unknown source' : 'known source',
    displayName: 'Forged entries in the log',
    summary: summaryOf(forger),
    confidence: address === undefined ? 'medium' : 'high',
    attack: { tactic: 'TA0040', technique: 'T1565.001' },
    entities: address === undefined ? {} : { address },
    score: { value: count, threshold, unit: 'forged entries' },
    baseline: {
      title: 'Forged entries by where they came from; usual are none',
      columns: ['Forged entries', 'First (UTC)', 'Last (UTC)', 'From'],
      rows: [[String(count), minute(firstTime), minute(lastTime), address?.address ?? 'not told']],
    },
    observed: {
      'Forged entries': String(count),
      'First and last (UTC)': `${minute(firstTime)} – ${minute(lastTime)}`,
    },
    rawLines: records.map((record) => record.show()),
    guidance: guidance(resource, address),
    isLate,
  };
}

function summaryOf({ resource, address, count, firstTime, lastTime }: Forger): string {
  const what = counted(count, 'entry that its server never wrote', 'entries that its server never wrote');
  const when = count === 1 ? '' : ` ${duration(lastTime - firstTime)}`;
  const who = address === undefined ? 'Somebody' : describeAddress(address);
  return `${who} put ${what} into the log of ${resource.name}${when}, through user or database names of its choice; ordinary clients never do.`;
}

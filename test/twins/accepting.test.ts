import { describe, expect, it } from 'vitest';
import { detectors } from '../../src/detectors/index.ts';
import { type Happening, replayOnce } from '../../src/detectors/testkit.ts';
import { COSMOSDB_TWINS } from './cosmosdb-twins.ts';
import { POSTGRESQL_TWINS } from './postgresql-twins.ts';
import type { Twin } from './twin.ts';

/** What was told is one matter for a week; after that it is told again unless somebody accepted it. */
const GAP_MS = 9 * 86_400_000;

/** Guesses, probes, injections, forged lines and listed addresses are never usual, whoever says so. */
const NEVER_USUAL = new Set([
  'valid user',
  'unknown users',
  'spray',
  'refused by pg_hba.conf',
  'distributed',
  'wrong credential',
  'not allowed',
  'probe or scan',
]);
const NEVER_LEARNS = new Set(['suspicious-address', 'sql-injection', 'forged-log']);
/** As much again within another span of time is more, so that it is told. */
const OF_A_SPAN = new Set(['slow drip']);

const told = [...POSTGRESQL_TWINS, ...COSMOSDB_TWINS].map((twin) => ({ ...twin, again: toldAgain(twin, false) }));
const asked = told.filter(({ again, variant }) => again.length > 0 && !OF_A_SPAN.has(variant));
const isNeverUsual = ({ detector, variant }: Twin) => NEVER_LEARNS.has(detector) || NEVER_USUAL.has(variant);
const named = (twins: typeof asked) => twins.map((twin) => [`${twin.alertType} ${twin.variant}`, twin] as const);

/** What is told of the same deed when it comes again, after it was told and, perhaps, accepted. */
function toldAgain({ detector: id, before = [], deed }: Twin, isAccepted: boolean): string[] {
  const detector = detectors.find((one) => one.id === id)!;
  const last = Math.max(...deed.map(({ time }) => time));
  const inTime = (history: readonly Happening[]) => [...history].sort((a, b) => a.time - b.time);
  const again = inTime(deed.map((one) => ({ ...one, time: one.time + GAP_MS })));
  const history = [...inTime([...before, ...deed].filter(({ time }) => time <= last)), ...again];
  const acceptTime = isAccepted ? again[0]!.time : Number.NaN;
  return replayOnce(detector, history, {}, { acceptTime })
    .filter(({ startTime }) => startTime > last)
    .map(({ finding }) => finding.summary);
}

describe('what was accepted', () => {
  // harmful-application tells of a client from a place once: there is nothing to be told again
  it('is asked of each detector that has something to learn', () => {
    expect(new Set(asked.filter((twin) => !isNeverUsual(twin)).map(({ detector }) => detector))).toEqual(
      new Set([
        'unusual-location',
        'unusual-data-center',
        'brute-force',
        'dangerous-statement',
        'data-exfiltration',
        'key-extraction',
      ]),
    );
  });

  it.each(named(asked.filter((twin) => !isNeverUsual(twin))))('%s is told no more', (_, twin) => {
    expect(toldAgain(twin, true)).toEqual([]);
  });

  it.each(named(asked.filter(isNeverUsual)))('%s is told again, for it is never usual', (_, twin) => {
    expect(toldAgain(twin, true)).not.toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { decodeBlocks } from './block.ts';
import { periodsOf } from './periods.ts';
import { SpooledRows } from './spooled-rows.ts';
import { blockOf, DAY_MS, HOUR_MS, START, statement } from './testkit-activities.ts';

/** Files that are made of activities at these times, with the times of their rows. */
function filesOf(times: readonly number[]): [number, number[]][] {
  const rows = new SpooledRows(times.length);
  for (const block of decodeBlocks(blockOf(times.map((time) => statement({ time }))))) {
    rows.add(block, 1, 0);
  }
  return periodsOf(rows).map(({ period, order }) => [period, [...order].map((row) => rows.time[row]!)]);
}

const today = START - (START % DAY_MS);

describe('files of a conversion', () => {
  it('are hours of the newest day and days before it, each in the order of time', () => {
    const times = [START + 5, START, today - 1, START + HOUR_MS, today - DAY_MS, START + 5];

    expect(filesOf(times)).toEqual([
      [START + HOUR_MS, [START + HOUR_MS]],
      [START, [START, START + 5, START + 5]],
      [today - DAY_MS, [today - DAY_MS, today - 1]],
    ]);
  });

  it('are no more than a few hundred, whatever times a log tells', () => {
    const files = filesOf(Array.from({ length: 1000 }, (_, i) => START - i * DAY_MS));

    expect(files).toHaveLength(400);
    expect(files.flatMap(([, times]) => times)).toHaveLength(1000);
    expect(files.at(-1)![0]).toBe(today - 999 * DAY_MS);
  });
});

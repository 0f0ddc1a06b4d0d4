import { expect, it } from 'vitest';
import { seededRandom } from '../../scripts/record/seeded-random.ts';
import { addSeasonalHour, createSeasonalVolume, unusualVolume } from './seasonal-volume.ts';

const START = 490_032; // a Monday
const MB = 1_000_000;

/** About 1 MB an hour, and 20 MB at three at night, for so many weeks. */
function watched(weeks: number) {
  const random = seededRandom(5);
  const volume = createSeasonalVolume(START);
  for (let hour = START; hour < START + weeks * 168; hour++) {
    addSeasonalHour(volume, hour, ((hour % 24 === 3 ? 20 : 1) * MB * random.between(80, 125)) / 100);
  }
  return volume;
}

it('knows the nightly job and the quiet afternoon apart', () => {
  const volume = watched(4);
  const at = (ofDay: number) => unusualVolume(volume, START + 4 * 168 + ofDay, 1)!;

  expect(at(3).usual / MB).toBeGreaterThan(10);
  expect(at(3).unusual / MB).toBeGreaterThan(40);
  expect(at(14).usual / MB).toBeLessThan(2);
  expect(at(14).unusual / MB).toBeLessThan(20);
});

it('asks for more the fewer false alarms a year are wanted', () => {
  const volume = watched(4);
  const [often, seldom] = [10, 0.1].map((count) => unusualVolume(volume, START + 4 * 168 + 14, count)!.unusual);

  expect(seldom).toBeGreaterThan(often!);
});

it('takes an hour earlier or later for the same: clocks change', () => {
  const volume = watched(4);

  for (const hour of [2, 4]) {
    expect(unusualVolume(volume, START + 4 * 168 + hour, 1)!.usual / MB).toBeGreaterThan(10);
  }
});

it('says nothing before each hour was seen twice', () => {
  expect(unusualVolume(watched(1), START + 168 + 14, 1)).toBeUndefined();
});

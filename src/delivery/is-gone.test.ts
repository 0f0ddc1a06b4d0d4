import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { isGone } from './is-gone.ts';

const mine = `db monitor ${process.pid}`;

it('is who had our name before us, and whose process on this host has ended', () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);

  expect(isGone(mine, mine)).toBe(true);
  expect(isGone(`db monitor ${pid}`, mine)).toBe(true);
});

it('is nobody who runs, who is elsewhere, or who cannot be told', () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);

  expect(
    ['db monitor 1', `elsewhere ${pid}`, 'db monitor x', 'db monitor -1', ''].filter((it) => isGone(it, mine)),
  ).toEqual([]);
});

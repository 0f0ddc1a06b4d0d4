import { expect, it } from 'vitest';
import { fingerprintText } from '../../sql/fingerprint.ts';
import { Scopes } from './scopes.ts';

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 2, 2, 12);
const directory = { principal: (id: number) => `p${id}`, application: (id: number) => `a-${'x'.repeat(id)}` } as never;
const sent = (principal: number, time: number, application = 1) => ({ principal, application, time, directory });
const print = fingerprintText('SELECT a FROM t WHERE id = 1 AND note = 2');
const { low, high } = print;

it('knows a statement of a scope for 60 days and a week at most after its last use, however often it was met', () => {
  const scopes = new Scopes();
  const slot = scopes.of(sent(1, START));
  expect(scopes.meet(slot, low, high, START)).toBe(false);
  scopes.learn(slot, print, print, START);
  for (const days of [0, 0, 1, 1, 61, 61, 121, 181.5]) {
    expect(scopes.meet(slot, low, high, START + days * DAY_MS)).toBe(true);
  }
  expect(scopes.meet(slot, low, high, START + 252 * DAY_MS)).toBe(false);
});

it('knows what comes late, and what comes after it', () => {
  const scopes = new Scopes();
  const slot = scopes.of(sent(1, START));
  scopes.learn(slot, print, print, START);
  const met = [7, 0, 7, 0].map((days) => scopes.meet(slot, low, high, START + days * DAY_MS));
  expect(met).toEqual([true, true, true, true]);
});

it('tells principals, applications and statements apart, more of them than are at hand', () => {
  const scopes = new Scopes();
  const prints = Array.from({ length: 9 }, (_, i) => ({ low: low + i, high }));
  const slots = [sent(1, START), sent(1, START, 2), sent(2, START)].map((of) => scopes.of(of));
  expect(new Set(slots).size).toBe(3);
  for (const key of prints) {
    scopes.learn(slots[0]!, key, print, START);
  }
  for (let turn = 0; turn < 3; turn++) {
    expect(prints.map((key) => scopes.meet(scopes.of(sent(1, START)), key.low, high, START))).not.toContain(false);
    expect(slots.slice(1).map((slot) => scopes.meet(slot, low, high, START))).toEqual([false, false]);
  }
});

it('forgets the quarter of the scopes that were unused for longest', () => {
  const scopes = new Scopes();
  const kept = scopes.of(sent(1, START));
  scopes.learn(kept, print, print, START);
  for (let principal = 2; principal <= 262_144; principal++) {
    scopes.of(sent(principal, START + 1000));
  }
  scopes.of(sent(1, START + 2000));
  const first = scopes.suspect(scopes.of(sent(2, START + 1000)), sent(2, START));
  expect(first).toMatchObject({ principal: 'p2', application: 'a-x', statements: 2, shapes: 0 });
  scopes.of(sent(300_000, START + 3000));
  expect(scopes.of(sent(1, START + 3000))).toBe(kept);
  expect(scopes.meet(kept, low, high, START + 3000)).toBe(true);
  expect(scopes.suspect(scopes.of(sent(2, START + 3000)), sent(2, START)).statements).toBe(1);
});

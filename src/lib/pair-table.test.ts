import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grown, PairTable } from './pair-table.ts';

type Command = { add: readonly [number, number] } | { remove: number };
const part = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer());
const command: fc.Arbitrary<Command> = fc.oneof(
  { arbitrary: fc.record({ add: fc.tuple(part, part) }), weight: 3 },
  { arbitrary: fc.record({ remove: fc.nat() }), weight: 2 },
);

/** The table, beside what it should hold: the key of each pair with its slot. */
interface Pair {
  table: PairTable;
  model: Map<string, number>;
}

function run({ table, model }: Pair, step: Command): void {
  if ('add' in step) {
    const [a, b] = step.add;
    if (table.find(a, b) === 0) {
      model.set(`${a},${b}`, table.add(a, b));
    }
  } else if (model.size > 0) {
    const [key, slot] = [...model][step.remove % model.size]!;
    table.remove(slot);
    model.delete(key);
  }
}

function check({ table, model }: Pair): void {
  expect(table.size).toBe(model.size);
  expect([...table.used()]).toEqual([...model.values()].sort((x, y) => x - y));
  for (const [key, slot] of model) {
    const [a, b] = key.split(',').map(Number);
    expect(table.find(a!, b!)).toBe(slot);
    expect([table.first(slot), table.second(slot)]).toEqual([a, b]);
    expect(slot).toBeLessThanOrEqual(table.capacity);
  }
}

describe('PairTable', () => {
  it('is a map from pairs to slots', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 200 }), (commands) => {
        const pair = { table: new PairTable(4), model: new Map<string, number>() };
        for (const step of commands) {
          run(pair, step);
          check(pair);
        }
      }),
    );
  });

  it('holds many pairs that differ in few bits', () => {
    const table = new PairTable();
    const slots = new Map<number, number>();
    for (let n = 0; n < 20_000; n++) {
      slots.set(n, table.add(n << 16, n >>> 8));
    }
    expect([...slots].every(([n, slot]) => table.find(n << 16, n >>> 8) === slot)).toBe(true);
    expect(table.capacity).toBe(32_768);
    expect(table.find(-1, -1)).toBe(0);
  });

  it('removes those of the earliest times, of one time the lower slots', () => {
    const times = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(times, fc.nat(), (all, some) => {
        const table = new PairTable(4);
        const count = 1 + (some % all.length);
        const slots = all.map((_, n) => table.add(n, -n));
        const timeOf = (slot: number) => all[slots.indexOf(slot)]!;
        const order = [...slots].sort((a, b) => timeOf(a) - timeOf(b) || a - b);
        const removed: number[] = [];
        table.removeOldest(count, timeOf, (slot) => removed.push(slot));
        expect(removed.sort((a, b) => a - b)).toEqual(order.slice(0, count).sort((a, b) => a - b));
        expect(table.used()).toEqual(order.slice(count).sort((a, b) => a - b));
      }),
    );
  });

  it('gives slots in the order of adding, and the last one removed first', () => {
    const table = new PairTable();
    expect([table.add(1, 1), table.add(2, 2), table.add(3, 3)]).toEqual([1, 2, 3]);
    table.remove(1);
    table.remove(3);
    expect([table.add(4, 4), table.add(5, 5), table.add(6, 6)]).toEqual([3, 1, 4]);
  });
});

describe('grown', () => {
  it('copies what is there and keeps the kind of array', () => {
    expect(grown(Int32Array.of(1, 2), 4)).toEqual(Int32Array.of(1, 2, 0, 0));
    expect(grown(Float64Array.of(0.5), 2)).toEqual(Float64Array.of(0.5, 0));
  });
});

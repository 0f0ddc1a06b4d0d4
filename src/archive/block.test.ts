import { describe, expect, it } from 'vitest';
import { ActivityClass } from '../model/activity.ts';
import { BlockError, decodeBlocks } from './block.ts';
import { blockOf, START, statement } from './testkit.ts';

const two = Buffer.concat([
  blockOf([statement(), statement({ time: START + 1, principal: 'bob' })]),
  blockOf([statement({ class: ActivityClass.authentication, statement: '' })]),
]);

describe('a block', () => {
  it('holds columns, and each text once', () => {
    const [first, second] = [...decodeBlocks(two)];

    expect([first!.rows, second!.rows]).toEqual([2, 1]);
    expect([...first!.columns.time]).toEqual([START, START + 1]);
    expect([...first!.columns.principal]).toEqual([1, 2]);
    expect(first!.dictionary).toMatchObject({
      principals: ['alice', 'bob'],
      databases: ['orders'],
      sources: ['orders.csv'],
    });
    expect(first!.dictionary.statements).toHaveLength(1);
    expect(first!.columns.fingerprintLow[0]).toBe(first!.columns.fingerprintLow[1]);
    expect(second!.columns.fingerprintLow[0]).toBe(0);
    expect(second!.offset).toBe(blockOf([statement(), statement({ time: START + 1, principal: 'bob' })]).length);
  });

  it.each([
    ['cut', two.subarray(0, two.length - 1)],
    ['of another program', Buffer.from('not a block at all, but long enough')],
    ['changed', Buffer.from(two.map((byte, i) => (i === 300 ? byte ^ 1 : byte)))],
  ])('is refused when it is %s', (_, bytes) => {
    expect(() => [...decodeBlocks(bytes)]).toThrow(BlockError);
  });
});

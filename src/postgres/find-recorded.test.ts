import { describe, expect, it } from 'vitest';
import { findRecorded } from './find-recorded.ts';

function recordedOf(message: string): string {
  const bytes = Buffer.from(`${message}\0\0\0\0\0\0\0\0`);
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const { start, end } = findRecorded(words, { start: 0, end: message.length }, { start: 0, end: 0 });
  return message.slice(start, end);
}

describe('what is the same when a statement comes again', () => {
  it.each([
    ['statement: SELECT 1', 'statement: SELECT 1'],
    ['execute S_1: SELECT $1', 'execute S_1: SELECT $1'],
    ['duration: 0.123 ms  statement: SELECT 1', 'statement: SELECT 1'],
    ['duration: 1834.5 ms  execute <unnamed>: SELECT 1', 'execute <unnamed>: SELECT 1'],
    ['AUDIT: SESSION,12,1,READ,SELECT,,,"select 1, 2",<none>', 'READ,SELECT,,,"select 1, 2",<none>'],
    ['AUDIT: OBJECT,1,1,READ,SELECT,TABLE,public.t,select 1,<none>,7', 'READ,SELECT,TABLE,public.t,select 1,<none>,7'],
  ])('of %j is %j', (message, recorded) => {
    expect(recordedOf(message)).toBe(recorded);
  });

  it.each(['AUDIT: ', 'AUDIT: SESSION', `AUDIT: SESSION,${'1'.repeat(60)},1,READ`])(
    'is all of %j but its name',
    (message) => {
      expect(recordedOf(message)).toBe(message.slice(7));
    },
  );
});

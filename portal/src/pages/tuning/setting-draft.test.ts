import { describe, expect, it } from 'vitest';
import type { DetectorSetting } from '../../api/tuning.ts';
import { changesOf, problemOf, wordsOf } from './setting-draft.ts';

const count: DetectorSetting = {
  name: 'failureCount',
  description: '',
  type: 'integer',
  default: 10,
  minimum: 2,
  maximum: 1000,
};
const ratio: DetectorSetting = { name: 'ratio', description: '', type: 'number', default: 0.5 };
const choice: DetectorSetting = { name: 'sensitivity', description: '', type: 'string', default: 'medium' };

describe('problemOf', () => {
  it.each([
    ['', 'Write a number.'],
    ['ten', 'Write a number.'],
    ['2.5', 'Write a whole number.'],
    ['1', 'Not less than 2.'],
    ['1001', 'Not more than 1000.'],
    ['2', undefined],
    ['1000', undefined],
  ])('of %j', (value, problem) => {
    expect(problemOf(count, value)).toBe(problem);
  });

  it('of words and switches there is none', () => {
    expect(problemOf(choice, 'low')).toBeUndefined();
    expect(problemOf(choice, true)).toBeUndefined();
  });
});

describe('changesOf', () => {
  it('gives what differs from what holds, as numbers where numbers are wanted', () => {
    const held = { failureCount: 10, ratio: 0.5, sensitivity: 'medium' };
    const draft = { failureCount: '20', ratio: '0.50', sensitivity: 'medium' };

    expect(changesOf([count, ratio, choice], held, draft)).toEqual({ failureCount: 20 });
  });
});

it('names of settings are read as words', () => {
  expect(wordsOf('yearlyFalseAlarmCount')).toBe('Yearly false alarm count');
});

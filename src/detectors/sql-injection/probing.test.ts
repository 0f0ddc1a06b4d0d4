import { expect, it } from 'vitest';
import { activityOf, day, orders } from '../testkit.ts';
import { createVocabulary } from '../testkit-vocabulary.ts';
import { addProbe, createProbing, linesOf, suspicionOf } from './probing.ts';
import { statement } from './testkit.ts';

const suspect = {
  principal: 'web',
  application: 'shop-web',
  firstTime: day(0),
  statements: 0,
  shapes: 0,
  probing: undefined,
  faults: undefined,
};

it('shows what a state of 0.1 holds, and what came after', () => {
  const activity = activityOf(statement('SELECT 1'), 2, createVocabulary(1));
  const probing = createProbing(activity, suspect, orders);
  delete probing.records;
  probing.rawLines = [{ source: 'test.csv', byteOffset: 1, text: 'before' }];

  expect(linesOf(probing).map(({ byteOffset }) => byteOffset)).toEqual([1]);

  const suspicion = suspicionOf([{ reason: 'a wait', votes: 8, technique: 'time' }], false);
  addProbe(probing, { key: '1', suspicion, shown: () => 'SELECT ?', isError: false, wasLetPass: false }, activity);

  expect(linesOf(probing).map(({ byteOffset }) => byteOffset)).toEqual([1, 2]);
});

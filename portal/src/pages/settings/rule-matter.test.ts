import { expect, it } from 'vitest';
import { matterOfSuppression } from './rule-matter.ts';

it('says in words what is suppressed', () => {
  const conditions = [
    { field: 'entities.account.name', oneOf: ['a', 'b'] },
    { field: 'entities.host.name', contains: 'x' },
  ];

  expect(matterOfSuppression({ alertType: '*', conditions })).toBe(
    'every type, principal a or b, entities.host.name contains x',
  );
});

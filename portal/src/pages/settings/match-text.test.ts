import { expect, it } from 'vitest';
import { matchText, rulesText } from './match-text.ts';

it('says in words which alerts are meant', () => {
  expect(matchText({})).toBe('every alert');
  expect(matchText({ severities: ['High', 'Medium'], resources: ['pay-*'], tags: { team: 'a', env: 'p*' } })).toBe(
    'High or Medium; resources pay-*; tags team=a and env=p*',
  );
});

it('says in words what a channel tells', () => {
  expect(rulesText({ minimalSeverity: 'Low', only: [], except: [] })).toBe('From Low on');
  expect(
    rulesText({
      minimalSeverity: 'Medium',
      only: [{ resources: ['a'] }, { resources: ['b'] }],
      except: [{ alertTypes: ['weak-authentication'] }],
    }),
  ).toBe('From Medium on; only resources a, or resources b; except types weak-authentication');
});

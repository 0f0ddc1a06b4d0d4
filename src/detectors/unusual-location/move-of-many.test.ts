import { expect, it } from 'vitest';
import { at, brazil, replay, signIn } from '../testkit.ts';
import { unusualLocation } from './unusual-location.ts';

it('tells of two who come from a new place, not of all who follow them: a move of many', () => {
  const names = ['alice', 'bob', 'carol', 'dave'];
  const history = Array.from({ length: 14 }, (_, n) =>
    names.map((principal) => signIn({ time: at(n, 8), principal })),
  ).flat();
  const move = names.map((principal, n) => signIn({ time: at(14 + n, 9), address: brazil, principal }));

  expect(replay(unusualLocation, [...history, ...move]).map(({ finding }) => finding.entities.principal)).toEqual([
    'alice',
    'bob',
  ]);
});

it('only notes the second person that comes from a new place: their VPN has another exit', () => {
  const names = ['alice', 'bob'];
  const workdays = Array.from({ length: 21 }, (_, n) => n).filter((n) => n % 7 < 5);
  const history = workdays.flatMap((n) => names.map((principal) => signIn({ time: at(n, 8), principal })));
  const move = names.map((principal, n) => signIn({ time: at(21 + n, 9), address: brazil, principal }));
  const raised = replay(unusualLocation, [...history, ...move]).map(({ finding }) => finding);

  expect(raised.map(({ entities, severity }) => [entities.principal, severity])).toEqual([
    ['alice', 'Low'],
    ['bob', 'Informational'],
  ]);
  expect(raised[1].observed['Other principals reported from there']).toBe('1');
});

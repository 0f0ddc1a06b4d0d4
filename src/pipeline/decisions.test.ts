import { expect, it } from 'vitest';
import { createAlertBook } from '../alerts/alert-book.ts';
import { orders } from '../alerts/testkit.ts';
import type { Decision } from '../model/decision.ts';
import { createDecisions } from './decisions.ts';
import type { Watcher } from './watchers.ts';

/** Decisions that note for whom they were applied. */
function started(state = {}) {
  const applied: string[] = [];
  const watch = { revise: ({ fact }: { fact: { principal: string } }) => applied.push(fact.principal) };
  const watchers = [{ id: 'it', watch } as unknown as Watcher];
  const directory = {} as Parameters<typeof createDecisions>[1]['directory'];
  const judges = { watchers, book: createAlertBook(orders), directory, rename: () => undefined };
  return { applied, state, decisions: createDecisions(state, judges) };
}

function decision(sequence: number, eventTime?: number): Decision {
  const fact = { about: 'place', principal: `n${sequence}`, value: '' } as const;
  return { sequence, body: { kind: 'forget', fact }, ...(eventTime !== undefined && { eventTime }) };
}

it('holds from now on where it has no place yet, and is given one, once', () => {
  const { decisions, applied } = started();

  expect(decisions.add([decision(1), decision(2)], 500)).toEqual([
    { sequence: 1, eventTime: 500 },
    { sequence: 2, eventTime: 500 },
  ]);
  expect(decisions.add([decision(1), decision(2)], 900)).toEqual([]);
  expect(applied).toEqual(['n1', 'n2']);
});

it('holds from its place on when records are judged again', () => {
  const { decisions, applied } = started();
  decisions.add([decision(1, 500), decision(2, 700)], 0);
  const dueTimes = [decisions.dueTime];
  decisions.passTo(500); // what is of the same moment was judged without it
  const before = [...applied];
  decisions.passTo(501);
  dueTimes.push(decisions.dueTime);
  decisions.passTo(9000);

  expect([before, applied]).toEqual([[], ['n1', 'n2']]);
  expect([...dueTimes, decisions.dueTime]).toEqual([500, 700, Number.POSITIVE_INFINITY]);
});

it('keeps the order: a new one brings forward those before it', () => {
  const { decisions, applied } = started();

  expect(decisions.add([decision(1, 500), decision(2)], 100)).toEqual([
    { sequence: 1, eventTime: 500 },
    { sequence: 2, eventTime: 100 },
  ]);
  expect(applied).toEqual(['n1', 'n2']);
});

it('goes on where it was saved', () => {
  const { state, decisions } = started();
  decisions.add([decision(1), decision(2)], 500);
  decisions.add([decision(3, 800)], 500);
  const next = started(structuredClone(state));
  next.decisions.add([decision(1, 500), decision(2, 500), decision(3, 800)], 500);
  next.decisions.passTo(801);

  expect(next.applied).toEqual(['n3']);
});

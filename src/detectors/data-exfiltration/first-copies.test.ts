import { describe, expect, it } from 'vitest';
import { at, brazil } from '../testkit.ts';
import { alice, backup, dump, TABLES, TRIED, told, visit } from './testkit.ts';

/** Tables that Alice looks at each day, and never copied. */
const KNOWN = TABLES.slice(0, 3);

describe('fires', () => {
  it.each([
    [
      'through a tool that dumps',
      visit(at(TRIED, 10), { ...alice, application: 'pg_dump' }, dump(KNOWN)),
      'unusual client Low',
    ],
    ['at night', visit(at(TRIED, 22), alice, dump(KNOWN.slice(0, 2))), 'off hours Low'],
    [
      'from a new place',
      visit(at(TRIED, 10), { ...alice, address: brazil }, dump(KNOWN.slice(0, 1))),
      'unusual client Medium',
    ],
    ['and many others', visit(at(TRIED, 10), alice, dump(TABLES.slice(0, 9))), 'breadth of tables Low'],
  ])('on tables that are copied by whoever only looked at them, %s', (_, deed, expected) => {
    expect(told(...deed)).toEqual([`alice: ${expected}`]);
  });
});

describe('stays quiet', () => {
  it.each([
    ['for one table copied at night', visit(at(TRIED, 22), alice, dump(KNOWN.slice(0, 1)))],
    ['for few tables copied by day', visit(at(TRIED, 10), alice, dump(KNOWN))],
    ['for a second backup by day', visit(at(TRIED, 10), backup, dump(TABLES))],
    [
      'for tables that she copied in the first week',
      [...visit(at(3, 10), alice, dump(KNOWN)), ...visit(at(TRIED, 22), alice, dump(KNOWN))],
    ],
  ])('%s', (_, deed) => {
    expect(told(...deed)).toEqual([]);
  });
});

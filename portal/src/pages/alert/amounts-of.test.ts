import { expect, it } from 'vitest';
import { amountsOf } from './amounts-of.ts';

it('compares bytes on one scale', () => {
  const rows = [
    ['Usual (median of its active hours)', '640 kB'],
    ['Largest in 60 days', '1.5 MB'],
    ['Suspicious from', '50 MB'],
    ['This one', '1.2 GB'],
  ];

  expect(amountsOf({ columns: ['Hour', 'Bytes read'], rows })?.map(({ amount, kind }) => [amount, kind])).toEqual([
    [640_000, 'usual'],
    [1_500_000, 'usual'],
    [50_000_000, 'limit'],
    [1_200_000_000, 'seen'],
  ]);
});

it('leaves out days among tables, and what is no amount', () => {
  const rows = [
    ['A usual day with such reads', '0'],
    ['Days with such reads', '3'],
    ['Hostile', '1e9 <b>'],
    ['Now', '4'],
  ];

  expect(amountsOf({ columns: ['When', 'Tables'], rows })?.map(({ label }) => label)).toEqual([
    'A usual day with such reads',
    'Now',
  ]);
});

it('is not for other tables', () => {
  expect(amountsOf({ columns: ['Place', 'Count'], rows: [['Germany', '4']] })).toBeUndefined();
  expect(amountsOf({})).toBeUndefined();
});

it('shows names that were guessed at, whoever got in first', () => {
  const columns = ['Name', 'Role', 'Failed logins', 'Outcome'];
  const rows = [
    ['admin', 'does not exist', '3', 'did not get in'],
    ['root', 'does not exist', '1,200', 'did not get in'],
    ['report', 'seems to exist', '2', 'got in'],
  ];

  expect(amountsOf({ columns, rows })?.map(({ label, amount, kind }) => [label, amount, kind])).toEqual([
    ['report', 2, 'seen'],
    ['root', 1200, 'limit'],
    ['admin', 3, 'limit'],
  ]);
  expect(amountsOf({ columns, rows: [rows[0]!, ['guest', 'does not exist', '3', 'did not get in']] })).toBeUndefined();
});

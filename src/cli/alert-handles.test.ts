import { describe, expect, it } from 'vitest';
import { UserError } from '../lib/user-error.ts';
import { alertHandles, findAlert } from './alert-handles.ts';

describe('handles', () => {
  it.each([
    ['are six characters where these tell names apart', ['1_aaaaaa111111', '1_aaaaaa222222'], ['111111', '222222']],
    [
      'grow together until all differ',
      ['1_aaaa0111111', '1_aaaa1111111', '1_bbbb2222222'],
      ['0111111', '1111111', '2222222'],
    ],
    ['are whole names where only the beginning differs', ['1_abcdef', '2_abcdef'], ['1_abcdef', '2_abcdef']],
    ['are whole names where these are short', ['a'], ['a']],
    ['are none for no names', [], []],
  ])('%s', (_, names, handles) => {
    expect(alertHandles(names)).toEqual(handles);
  });
});

describe('finding an alert', () => {
  const names = ['251_AAAA111111', '251_bbbb111111', '251_cccc222222', 'c222222'];

  it.each([
    ['by a handle', 'c222222', 3],
    ['by its whole name', '251_bbbb111111', 1],
    ['in any letter case', 'aaaa111111', 0],
    ['by a handle that another name only contains', 'cc222222', 2],
  ])('%s', (_, typed, index) => {
    expect(findAlert(names, typed)).toBe(index);
  });

  it.each([
    ['of another run', 'ffffff', '--alert "ffffff" is none of the 4 alerts of this run; leave it out to list them'],
    ['without a name', '', '--alert "" is none of the 4 alerts of this run; leave it out to list them'],
    ['by an end that two share', '111111', '--alert "111111" fits 2 alerts; write one of AA111111, bb111111'],
  ])('is refused %s', (_, typed, message) => {
    expect(() => findAlert(names, typed)).toThrow(new UserError(message));
  });
});

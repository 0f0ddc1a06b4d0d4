import { expect, it } from 'vitest';
import { plainTable } from './plain-table.ts';

it('is as wide as its cells, however many lines and colors these have', () => {
  const rows = [
    ['数据', 'x\nlonger'],
    ['\x1b[31mred\x1b[39m', ''],
  ];

  expect(plainTable(['a', 'b'], rows)).toBe(
    [
      '┌──────┬────────┐',
      '│ a    │ b      │',
      '├──────┼────────┤',
      '│ 数据 │ x      │',
      '│      │ longer │',
      '├──────┼────────┤',
      '│ \x1b[31mred\x1b[39m  │        │',
      '└──────┴────────┘',
    ].join('\n'),
  );
});

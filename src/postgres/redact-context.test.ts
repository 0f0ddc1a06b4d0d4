import { describe, expect, it } from 'vitest';
import { redactContext } from './redact-context.ts';

describe('redactContext', () => {
  it.each([
    [
      'PL/pgSQL function pay(integer,text) line 3 at SQL statement',
      'PL/pgSQL function pay(integer,text) line 3 at SQL statement',
    ],
    ['PL/pgSQL function inline_code_block line 1 at RAISE', 'PL/pgSQL function inline_code_block line 1 at RAISE'],
    ['SQL function "pay" statement 1', 'SQL function "pay" statement 1'],
    ['SQL statement "UPDATE t SET pw = \'hunter2\'"', 'SQL statement ?'],
    ['PL/pgSQL assignment "x := \'hunter2\'"', 'PL/pgSQL assignment ?'],
    ['COPY users, line 3, column pw: "hunter2"', 'COPY users, line 3, column pw ?'],
    ['JSON data, line 1: {"pw": hunter2', 'JSON data, line 1 ?'],
    ["unnamed portal with parameters: $1 = 'hunter2'", 'unnamed portal with parameters ?'],
    ['hunter2', ''],
    ['', ''],
  ])('shows %j as %j', (context, shown) => {
    expect(redactContext(context)).toBe(shown);
  });

  it('drops the further lines of a statement', () => {
    const context = `SQL statement "UPDATE t SET pw =\n 'hunter2',\n hunter3"\nPL/pgSQL function pay() line 3 at SQL statement`;
    expect(redactContext(context)).toBe('SQL statement ?\nPL/pgSQL function pay() line 3 at SQL statement');
  });
});

import { expect, it } from 'vitest';
import { lackOf } from './lack-of.ts';

it('tells commands from words', () => {
  expect(
    lackOf(
      "no %h in log_line_prefix: no places; it is read; ALTER SYSTEM SET log_line_prefix = '%m %h '; SELECT pg_reload_conf()",
    ),
  ).toEqual({
    words: 'no %h in log_line_prefix: no places; it is read',
    commands: ["ALTER SYSTEM SET log_line_prefix = '%m %h ';", 'SELECT pg_reload_conf();'],
  });
});

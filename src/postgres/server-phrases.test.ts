import { expect, it } from 'vitest';
import { createPrefixReader } from './log-line-prefix.ts';
import { logBytes, textAt } from './testkit.ts';

/** User and database as a prefix tells them. */
function namesIn(prefix: string, line: string): string[] {
  const reader = createPrefixReader(prefix, 'UTC');
  const source = logBytes(line);
  reader.read(source, 0, source.end);
  const { principal, database } = reader.fields;
  return [textAt(source, principal), textAt(source, database)];
}

it.each([
  ['%m %b %u@%d ', 'client backend ann@shop'],
  ['%m %b %u %d ', 'client backend ann shop'],
  ['%m %b [%p] %u/%d %h ', 'walsender [1] ann/shop 192.0.2.1'],
  ['%m %i %u %d ', 'idle in transaction ann shop'],
  ['%m %i %u %d ', 'idle in transaction (aborted) ann shop'],
  ['%m %i %u@%d ', 'CREATE TABLE AS ann@shop'],
  ['%m %i %u@%d ', 'SELECT ann@shop'],
  ['%m %b %i %u@%d ', 'client backend REFRESH MATERIALIZED VIEW ann@shop'],
])('names are read behind words of the server: %s', (prefix, text) => {
  expect(namesIn(prefix, `2026-11-21 16:48:45.367 UTC ${text} LOG:  text`)).toEqual(['ann', 'shop']);
});

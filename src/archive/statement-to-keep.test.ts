import { describe, expect, it } from 'vitest';
import { statementToKeep } from './statement-to-keep.ts';

describe('a statement that is kept', () => {
  it.each([
    ['strings and numbers', "SELECT * FROM t WHERE a = 'secret' AND b = 42", "SELECT * FROM t WHERE a = '?' AND b = ?"],
    ['a password', "ALTER ROLE app PASSWORD 'hunter2'", "ALTER ROLE app PASSWORD '?'"],
    ['a password in the wrong quotes', 'ALTER ROLE app PASSWORD "hunter2"', 'ALTER ROLE app PASSWORD ?'],
    ['a password without quotes', 'CREATE USER app WITH PASSWORD hunter2;', 'CREATE USER app WITH PASSWORD ?;'],
    ['a connection string', "SELECT dblink('host=db password=hunter2', $$SELECT 1$$)", "SELECT dblink('?', '?')"],
    ['a token in a comment', 'SELECT 1 -- Bearer eyJhbGciOi', 'SELECT ? -- ?'],
    ['what was cut within a string', "INSERT INTO t VALUES ('hunter", "INSERT INTO t VALUES ('?'"],
  ])('has no longer %s', (_, given, kept) => {
    expect(statementToKeep(given, 'postgresql')).toBe(kept);
  });

  it('keeps a column of that name, and the taking away of a password', () => {
    expect(statementToKeep('SELECT password FROM users', 'postgresql')).toBe('SELECT password FROM users');
    expect(statementToKeep('ALTER ROLE app PASSWORD NULL', 'postgresql')).toBe('ALTER ROLE app PASSWORD NULL');
  });

  it('has no strings of Cosmos DB, in either quotes', () => {
    expect(statementToKeep(`SELECT * FROM c WHERE c.k = "AccountKey=x" AND c.n = 'y'`, 'cosmosdb')).toBe(
      `SELECT * FROM c WHERE c.k = "?" AND c.n = '?'`,
    );
  });
});

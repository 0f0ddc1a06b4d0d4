import { describe, expect, it } from 'vitest';
import { at, type Happening, replay } from '../testkit.ts';
import { sqlInjection } from './sql-injection.ts';
import { query } from './testkit.ts';

function found(history: readonly Happening[]) {
  return replay(sqlInjection, history).map(
    ({ finding }) => `${finding.alertType} ${finding.variant} ${finding.severity}`,
  );
}

describe('fires for Cosmos DB', () => {
  it.each([
    ["SELECT * FROM c WHERE c.id = 'x' OR 1=1 --'", 200, 'CosmosDB_SqlInjection.DataExfiltration boolean Medium'],
    [
      `SELECT * FROM c WHERE c.owner = "a" OR "1"="1" OR true`,
      200,
      'CosmosDB_SqlInjection.DataExfiltration boolean Medium',
    ],
    [
      "SELECT * FROM c WHERE c.id = '1' UNION SELECT NULL, version() --",
      400,
      'CosmosDB_SqlInjection.FailedFuzzingAttempt fuzzing Low',
    ],
    [
      "SELECT * FROM c WHERE c.id = ''; DROP TABLE c --'",
      400,
      'CosmosDB_SqlInjection.FailedFuzzingAttempt fuzzing Low',
    ],
  ])('on %s answered with %i', (sql, status, alert) => {
    expect(found([query(sql, { status })])).toEqual([alert]);
  });
});

describe('stays quiet', () => {
  it.each([
    'SELECT * FROM c WHERE c.id = @id',
    `SELECT VALUE COUNT(1) FROM c WHERE (c.a = "x" OR c.b = 'y') AND true`,
    "SELECT * FROM c WHERE c.title = 'DROP TABLE users; -- OR 1=1'",
    'SELECT c.id FROM c JOIN t IN c.tags WHERE t.name IN ("a", "b") OR IS_DEFINED(c.old)',
    '',
  ])('for the query %j of Cosmos DB', (sql) => {
    expect(found([query(sql), query(sql, { status: 400 })])).toEqual([]);
  });

  it('for a typing error in a query of Cosmos DB', () => {
    expect(found([query("SELECT * FROM c WHERE c.id = 'x", { status: 400 })])).toEqual([]);
  });
});

describe('a condition put between those of a known query', () => {
  const page = (slug: string, what: Partial<Happening> = {}) =>
    query(`SELECT * FROM c WHERE c.slug = '${slug}' AND c.lang = 'fr'`, what);
  const usual = Array.from({ length: 240 }, (_, n) => page(`s${n}`, { time: at(Math.floor(n / 20), 8 + (n % 12)) }));
  const sent = (slug: string) => found([...usual, page(slug)]);
  const ALERT = 'CosmosDB_SqlInjection.DataExfiltration boolean Medium';

  it.each(["x' OR c.draft = true OR c.slug = '", "x' OR STARTSWITH(c.secret, 'a') OR c.slug = 'y"])(
    'fires on %s of an application that is steady',
    (slug) => {
      expect(sent(slug)).toEqual([ALERT]);
      expect(found([page(slug)])).toEqual([]);
    },
  );

  it('stays quiet on conditions that an author adds: by AND, in brackets, at the end, as a range', () => {
    const adds = (condition: string) => found([...usual, query(`SELECT * FROM c WHERE ${condition}`)]);

    expect(sent("x' AND c.draft = true AND c.slug != '")).toEqual([]);
    expect(adds("(c.slug = 'a' OR c.alias = 'a') AND c.lang = 'fr'")).toEqual([]);
    expect(adds("c.slug = 'a' OR c.alias = 'a'")).toEqual([]);
    expect(adds("c.slug = 'a' OR (c.alias = 'a' AND c.lang = 'fr')")).toEqual([]);
    expect(adds("c.slug = 'a' OR c.n BETWEEN 1 AND 3")).toEqual([]);
  });
});

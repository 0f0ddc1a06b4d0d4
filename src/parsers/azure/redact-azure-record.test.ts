import { describe, expect, it } from 'vitest';
import { redactAzureRecord } from './redact-azure-record.ts';
import { azureRecord, flexibleRecord, recordOf, SAMPLES, sample } from './testkit.ts';

const redact = (text: string) => redactAzureRecord(Buffer.from(text));

describe('redactAzureRecord', () => {
  it.each([
    ['{"p":"/dbs/a/colls/b/docs/secret"}', '{"p":"/dbs/a/colls/b/docs/?"}'],
    ['{"p":"\\/dbs\\/a\\/docs\\/se\\"cret\\\\","q":1}', '{"p":"/dbs/a/docs/?","q":1}'],
    ['{"p":"/dbs/a/colls/docs"}', '{"p":"/dbs/a/colls/docs"}'],
    ['{"accountKey":"secret","x":1}', '{"accountKey":"?","x":1}'],
    ['{"authorizationToken" : "se\\"cret"}', '{"authorizationToken" : "?"}'],
    ['{"connectionString":"AccountEndpoint=https://x/;AccountKey=secret=="}', '{"connectionString":"?"}'],
    ['{"userAgent":"x AccountKey=secret==;y"}', '{"userAgent":"x AccountKey=?;y"}'],
    ['{"url":"https://x/?sv=1&sig=secret%3D&se=2"}', '{"url":"https://x/?sv=1&sig=?&se=2"}'],
    [
      '{"keyType":"PrimaryMasterKey","authTokenType":"AadToken"}',
      '{"keyType":"PrimaryMasterKey","authTokenType":"AadToken"}',
    ],
  ])('shows %s as %s', (record, shown) => {
    expect(redact(record)).toBe(shown);
  });

  it.each([
    ["LOG:  statement: ALTER ROLE a PASSWORD 'secret'", "LOG:  statement: ALTER ROLE a PASSWORD '?'"],
    ["LOG:  00000: statement: SELECT 'secret'", "LOG:  00000: statement: SELECT '?'"],
    ["LOG:  duration: 1.5 ms  execute a: SELECT 'secret'", "LOG:  duration: 1.5 ms  execute a: SELECT '?'"],
    ["STATEMENT:  SELECT 'secret'", "STATEMENT:  SELECT '?'"],
    ["STATEMENT:  SELECT 'ERROR:  secret'", "STATEMENT:  SELECT '?'"],
    ['DETAIL:  Key (a)=(secret) already exists.', 'DETAIL:  Key (a)=(?) already exists.'],
    ['ERROR:  syntax error at or near "secret"', 'ERROR:  syntax error at or near "?"'],
    ['ERROR:  relation "t" does not exist', 'ERROR:  relation "t" does not exist'],
    [
      'FATAL:  password authentication failed for user "anna"',
      'FATAL:  password authentication failed for user "anna"',
    ],
    ['LOG:  connection received: host=192.0.2.10 port=5', 'LOG:  connection received: host=192.0.2.10 port=5'],
  ])('shows the message %s as %s', (message, shown) => {
    const sqlerrcode = message.includes('syntax') ? '42601' : '42P01';
    expect(JSON.parse(redact(flexibleRecord(message, { sqlerrcode })))).toEqual(
      JSON.parse(flexibleRecord(shown, { sqlerrcode })),
    );
  });

  it('shows nothing of a statement behind a name that looks like a severity', () => {
    const head = '2026-11-19 00:00:59 UTC LOG:  x LOG:  y ';
    const shown = redact(flexibleRecord('', { message: `${head}LOG:  statement: SELECT 'secret'`, errorLevel: 'LOG' }));
    expect(JSON.parse(shown)).toMatchObject({ properties: { message: `${head}LOG:  statement: SELECT '?'` } });
  });

  it('masks what a detail quotes, and parameters', () => {
    const detail = (message: string, text: string, sqlerrcode = '00000') =>
      (JSON.parse(redact(flexibleRecord(message, { detail: text, sqlerrcode }))) as { properties: { detail: string } })
        .properties.detail;
    expect(detail('LOG:  execute a: SELECT $1', "parameters: $1 = 'secret'")).toBe("parameters: $1 = '?'");
    expect(detail('ERROR:  duplicate key', 'Key (email)=(secret) already exists.', '23505')).toBe(
      'Key (email)=(?) already exists.',
    );
    expect(detail('FATAL:  x', 'Role "x" does not exist.', '28P01')).toBe('Role "x" does not exist.');
  });

  it('masks queries of Cosmos DB and their parameters', () => {
    const body = {
      query: 'SELECT * FROM c WHERE c.a = "secret" AND c.b = \'secret\'',
      parameters: [
        { name: '@a', value: 'secret' },
        { name: '@b', value: 31337 },
        { name: '@c', value: { deep: ['secret', 31337] } },
      ],
    };
    const shown = redact(recordOf('QueryRuntimeStatistics', { activityId: 'x', querytext: JSON.stringify(body) }));
    expect(shown).not.toMatch(/secret|31337/);
    expect(shown).toContain('SELECT * FROM c WHERE c.a = \\\\\\"?\\\\\\" AND');
    expect(redact(recordOf('CDB', { QueryText_s: "SELECT 'secret'" }))).toContain("SELECT '?'");
  });

  it('destroys headers with credentials', () => {
    const shown = redact(
      recordOf('Administrative', {
        authorization: 'type%3dmaster%26sig%3dsecret',
        headers: '{"Authorization":"Bearer secret","x-ms-date":"today"}',
        other: 'Bearer secret.secret-secret_',
      }),
    );
    expect(shown).not.toContain('secret');
    expect(shown).toContain('today');
  });

  it('masks in properties that were packed into a string, too', () => {
    const packed = (properties: object) =>
      `${JSON.stringify({ category: 'x', properties: JSON.stringify(properties) })}\n`;
    const shown = redact(
      packed({ errorLevel: 'LOG', message: "a LOG:  statement: SELECT 'secret'", accountKey: 'secret' }),
    );
    expect(shown).not.toContain('secret');
    expect(shown).toContain("SELECT '?'");
  });

  it('shows nothing of a statement that is cut off anywhere', () => {
    for (const record of [
      flexibleRecord("LOG:  statement: SELECT 'secret'"),
      recordOf('QueryRuntimeStatistics', {
        querytext: '{"query":"SELECT \'secret\'","parameters":[{"name":"@a","value":"secret"}]}',
      }),
      `${JSON.stringify({ properties: JSON.stringify({ querytext: "SELECT 'secret'" }) })}\n`,
    ]) {
      for (let cut = 0; cut <= record.length; cut++) {
        expect(redact(record.slice(0, cut))).not.toMatch(/sec/);
      }
    }
  });

  it('shows nothing of a document or a credential that is cut off anywhere', () => {
    const record = azureRecord({
      requestResourceId: '/dbs/a/colls/b/docs/secret',
      masterKey: 'sec"ret',
      z: 'sig=secret',
    });
    for (let cut = 0; cut <= record.length; cut++) {
      expect(redact(record.slice(0, cut))).not.toMatch(/se?c/);
    }
  });

  it.each(SAMPLES)('leaves %s as it is, but for the names of documents', (name) => {
    const text = sample(name).toString();
    const shown = redactAzureRecord(sample(name));
    expect(shown).not.toMatch(/e44608eb|docs\\?\/(?!\?)/);
    const masked = text
      .replace(/^\ufeff/, '')
      .replace(/"[^"]*docs\\?\/\w+"/g, (path) => path.replaceAll('\\/', '/').replace(/\w+"$/, '?"'));
    expect(shown).toBe(masked);
  });

  it.each(['"', '"key":"', '"key":"\\', '\\"', '/docs/', '"key', 'sig=', ' ', '"\\"key":"\\"'])(
    'takes a time linear in the length of many %s',
    (unit) => {
      const begin = performance.now();
      redact(unit.repeat(200_000 / unit.length));
      redact(`"key":"${unit.repeat(200_000 / unit.length)}`);
      expect(performance.now() - begin).toBeLessThan(5000);
    },
  );
});

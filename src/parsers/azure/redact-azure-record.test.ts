import { describe, expect, it } from 'vitest';
import { redactAzureRecord } from './redact-azure-record.ts';
import { azureRecord, SAMPLES, sample } from './testkit.ts';

const redact = (text: string) => redactAzureRecord(Buffer.from(text));

describe('redactAzureRecord', () => {
  it.each([
    ['{"p":"/dbs/a/colls/b/docs/secret"}', '{"p":"/dbs/a/colls/b/docs/?"}'],
    ['{"p":"\\/dbs\\/a\\/docs\\/se\\"cret\\\\","q":1}', '{"p":"\\/dbs\\/a\\/docs\\/?","q":1}'],
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
    expect(shown).toBe(text.replace(/^\ufeff/, '').replace(/(docs\\?\/)\w+/g, '$1?'));
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

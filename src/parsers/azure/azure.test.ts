import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAll, type SeenRecord } from '../testkit.ts';
import { azure } from './azure.ts';
import { azureRecord, SAMPLES, sample } from './testkit.ts';

/** What a record says, wherever it stands and however it is written. */
const said = (record: SeenRecord) =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== 'offset' && name !== 'text'));

async function readOne(text: string): Promise<SeenRecord> {
  const records = await readAll(azure, text);
  expect(records).toHaveLength(1);
  return records[0]!;
}

const AT = Date.UTC(2026, 10, 19, 0, 1);
const ACTIVITY = {
  step: 'activity',
  database: 'catalog',
  container: 'products',
  session: '0.0',
  failure: 0,
  status: 200,
  statement: '',
  resource:
    '/SUBSCRIPTIONS/00000000-0000-0000-0000-000000000000/RESOURCEGROUPS/SHOP/PROVIDERS/MICROSOFT.DOCUMENTDB/DATABASEACCOUNTS/SHOP-CATALOG',
};
/** Named by the same activity id in all samples. */
const QUERY_SESSION = { session: expect.not.stringMatching(/^0\.0$/) };
const EXPECTED = [
  {
    ...ACTIVITY,
    class: 'dataAccess',
    time: AT - 965,
    principal: '2a9be6f4-81c7-4c5d-b0e3-96d4f15c7a28',
    address: '192.0.2.10',
    application: 'cosmos-netstandard-sdk/3.46.1|1|X64|Linux 5.15.0-1075-azure|.NET 8.0.10|N|F 00000010|',
    operation: 'Read',
    responseBytes: 2422,
  },
  {
    ...ACTIVITY,
    ...QUERY_SESSION,
    class: 'dataAccess',
    time: AT + 500,
    principal: 'PrimaryMasterKey',
    address: '192.0.2.11',
    application: 'azsdk-js-cosmos/4.2.0 "beta" (größe)',
    operation: 'Query',
    responseBytes: 104_857_600,
  },
  {
    ...ACTIVITY,
    class: 'dataAccess',
    time: AT + 1123,
    principal: 'PrimaryReadOnlyMasterKey',
    database: '',
    container: '',
    address: '10.0.0.24',
    application: 'Microsoft.Azure.Documents.Common/2.2.0.0',
    operation: 'ReadFeed',
    responseBytes: 372,
  },
  {
    ...ACTIVITY,
    class: 'dataAccess',
    time: AT + 2000,
    principal: 'kZ1aAA==',
    container: 'carts',
    address: '2001:db8::7',
    application: 'shop-app/7',
    operation: 'Read',
    responseBytes: 90,
  },
  {
    ...ACTIVITY,
    ...QUERY_SESSION,
    class: 'dataAccessDenied',
    time: AT + 3000,
    principal: '',
    address: '203.0.113.7',
    application: 'python-requests/2.32',
    operation: 'Query',
    status: 401,
    responseBytes: 0,
  },
  {
    ...ACTIVITY,
    class: 'dataAccessDenied',
    time: AT + 4000,
    principal: '9d1f0d6c-1111-4c5d-b0e3-96d4f15c7a28',
    address: '203.0.113.7',
    application: 'curl/8.9',
    operation: 'Delete',
    status: 403,
    responseBytes: 166,
  },
  { step: 'skipped', time: AT + 5000 },
  {
    ...ACTIVITY,
    ...QUERY_SESSION,
    class: 'statement',
    time: AT + 6000,
    principal: '',
    container: '',
    address: '',
    application: '',
    operation: 'Query',
    status: 0,
    statement: 'SELECT * FROM c WHERE c.id = @id',
    responseBytes: 0,
  },
];

describe.each(SAMPLES)('%s', (name) => {
  it('gives the same activities as every other envelope', async () => {
    expect((await readAll(azure, sample(name))).map(said)).toEqual(EXPECTED);
  });

  it('is read the same for any sizes of the reads', async () => {
    const size = fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 3000 }));
    await fc.assert(
      fc.asyncProperty(fc.array(size, { minLength: 1, maxLength: 5 }), async (sizes) => {
        expect((await readAll(azure, sample(name), { sizes })).map(said)).toEqual(EXPECTED);
      }),
      { numRuns: 6, examples: [[[1]]] },
    );
  });

  it('gives each record with its place in the file', async () => {
    const bytes = sample(name);
    for (const { offset, text } of await readAll(azure, bytes)) {
      expect(bytes.toString('utf8', offset, offset + Buffer.byteLength(text))).toBe(text);
      expect(JSON.parse(text)).toHaveProperty('category');
    }
  });
});

describe('azure', () => {
  it.each([
    [{ aadPrincipalId: 'entra', resourceTokenUserRid: 'token', keyType: 'Key' }, 'entra'],
    [{ aadPrincipalId: '', resourceTokenUserRid: 'token', keyType: 'Key' }, 'token'],
    [{ aadPrincipalId: '', resourceTokenUserRid: '', keyType: 'Key', authTokenType: 'Type' }, 'Key'],
    [{ aadPrincipalId: null, resourceTokenUserRid: null, keyType: null, authTokenType: 'Type' }, 'Type'],
    [{ authTokenType: 'Type', keyType: 'Key', resourceTokenUserRid: 'token', aadPrincipalId: 'entra' }, 'entra'],
    [{ aadPrincipalId: null }, ''],
  ])('names of %j the principal %j', async (properties, principal) => {
    expect((await readOne(azureRecord(properties))).principal).toBe(principal);
  });

  it.each([
    ['200', 'dataAccess'],
    ['404', 'dataAccess'],
    ['429', 'dataAccess'],
    ['401', 'dataAccessDenied'],
    ['403', 'dataAccessDenied'],
    [401, 'dataAccessDenied'],
    [403, 'dataAccessDenied'],
    [null, 'dataAccess'],
  ])('takes status %j for %s', async (statusCode, expected) => {
    expect((await readOne(azureRecord({ statusCode }))).class).toBe(expected);
  });

  it.each([
    ['372', 372],
    ['372.900000', 372],
    [372, 372],
    [372.9, 372],
    ['', 0],
    [null, 0],
    ['-1', 0],
    ['9'.repeat(40), Number.MAX_SAFE_INTEGER],
  ])('reads the length %j as %i', async (responseLength, expected) => {
    expect((await readOne(azureRecord({ responseLength }))).responseBytes).toBe(expected);
  });

  it('takes the last of keys that stand twice, as JSON readers do', async () => {
    const record = azureRecord({ aadPrincipalId: 'first' }).replace(
      '"aadPrincipalId"',
      '"aadPrincipalId":"zeroth","aadPrincipalId"',
    );
    expect((await readOne(record)).principal).toBe('first');
  });

  it('reads names with escapes', async () => {
    expect((await readOne(azureRecord({ aadPrincipalId: 'a"b\\c\né\u0001/' }))).principal).toBe('a"b\\c\né\u0001/');
  });

  it('takes keys of nested objects and arrays for none of its own', async () => {
    const deep = { aadPrincipalId: 'wrong', statusCode: '401', clientIpAddress: 'wrong' };
    const record = await readOne(azureRecord({ nested: { deep, array: [deep, [deep]] } }));
    expect([record.principal, record.address, record.class]).toEqual(['app', '192.0.2.10', 'dataAccess']);
  });

  it.each([{}, { time: null }, { time: 'yesterday' }])(
    'skips records of other categories, also with %j',
    async (more) => {
      expect((await readOne(azureRecord({}, { category: 'DataPlaneRequests5M', ...more }))).step).toBe('skipped');
    },
  );

  it('rejects what other programs log, and passes over what is of other resources', async () => {
    const log = [
      '{"time":"2026-11-19T00:00:57Z","level":"info","msg":"started"}',
      '{"time":"2026-11-19T00:00:57Z","operationName":"x","level":"Warning"}',
      '{"TimeGenerated":"2026-11-19T00:00:57Z","ResourceId":"/subscriptions/0"}',
    ];
    const records = await readAll(azure, log.join('\n'));

    expect(records.map(({ step }) => step)).toEqual(['rejected', 'skipped', 'skipped']);
    expect(records[0]!.reason).toMatch(/^no record of Azure/);
  });

  it('rejects what names neither a category nor a time', async () => {
    expect((await readOne('{"a":1}\n')).reason).toBe('a record without a time');
  });

  it.each([
    [{ time: null }, 'a record without a time'],
    [{ time: '' }, 'does not start with a time'],
    [{ time: 'Fri, 99 Jun 2017 19:29:50.266 GMT' }, 'does not start with a time'],
  ])('rejects a record with %j', async (envelope, reason) => {
    const records = await readAll(azure, azureRecord({}, envelope) + azureRecord());
    expect(records.map((record) => record.reason ?? record.step)).toEqual([reason, 'activity']);
  });

  it('reads the times of exports of 2017', async () => {
    const record = await readOne(azureRecord({}, { time: 'Fri, 23 Jun 2017 19:29:50.266 GMT' }));
    expect(record.time).toBe(Date.UTC(2017, 5, 23, 19, 29, 50, 266));
  });

  it('finds nothing in what is empty', async () => {
    for (const text of ['', '\n\n', '[]', '{"records":[]}\n', ' [ ] ', '\ufeff']) {
      expect(await readAll(azure, text)).toEqual([]);
    }
  });
});

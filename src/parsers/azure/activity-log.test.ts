import { expect, it } from 'vitest';
import { readAll } from '../testkit.ts';
import { azure } from './azure.ts';
import { recordOf } from './testkit.ts';

const ACCOUNT =
  '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.DocumentDB/databaseAccounts/catalog';
const LIST_KEYS = 'Microsoft.DocumentDB/databaseAccounts/listKeys/action';

type Members = Record<string, string | object>;

async function told(envelope: Members, properties: object = {}) {
  const members = { resourceId: ACCOUNT, operationName: LIST_KEYS, resultType: 'Success', ...envelope };
  const [record] = await readAll(azure, recordOf('Administrative', properties as never, members as never));
  return record!;
}

it.each([
  [{ caller: 'a@example.com', claims: { upn: 'b@example.com' } }, 'a@example.com'],
  [{ identity: { claims: { appid: 'app', upn: 'b@example.com' } } }, 'b@example.com'],
  [{ claims: '{"appid":"app","http://schemas.microsoft.com/identity/claims/objectidentifier":"object"}' }, 'object'],
  [{ identity: '{"claims":{"appid":"app"}}' }, 'app'],
  [{ identity: { authorization: { evidence: { upn: 'wrong' } } } }, ''],
])('the caller of %j is %s', async (envelope, principal) => {
  expect((await told(envelope)).principal).toBe(principal);
});

it.each([
  [{ callerIpAddress: '198.51.100.20' }, '198.51.100.20'],
  [{ httpRequest: { clientIpAddress: '198.51.100.21' } }, '198.51.100.21'],
  [{ httpRequest: '{"clientIpAddress":"198.51.100.22"}' }, '198.51.100.22'],
])('the address of %j is %s', async (envelope, address) => {
  expect((await told(envelope)).address).toBe(address);
});

it.each([
  [{ resultSignature: 'Succeeded.OK' }, {}, 200],
  [{ resultSignature: 'Failed.Forbidden' }, {}, 403],
  [{ resultSignature: 'Succeeded.' }, { statusCode: 'Created' }, 201],
  [{ subStatus: { value: 'OK', localizedValue: 'OK (HTTP Status Code: 200)' } }, {}, 200],
  [{ ActivitySubstatusValue: 'Forbidden', ActivitySubstatus: '' }, {}, 403],
  [{}, {}, 0],
])('the status of %j with properties %j is %i', async (envelope, properties, status) => {
  expect((await told(envelope, properties)).status).toBe(status);
});

it.each([
  [{ resultType: 'Start' }, 'skipped'],
  [{ resultType: 'Accept' }, 'skipped'],
  [{ resultType: 'Failure' }, 'activity'],
  [{ resultType: '', ActivityStatusValue: 'Start', ActivityStatus: '' }, 'skipped'],
  [{ resultType: { value: 'Started' } }, 'skipped'],
  [{ resultType: { value: 'Succeeded', localizedValue: 'Started' } }, 'activity'],
  [{ resourceId: '/subscriptions/x/resourceGroups/y/providers/Microsoft.Storage/storageAccounts/z' }, 'skipped'],
  [{ resourceId: '', _ResourceId: ACCOUNT.toLowerCase() }, 'activity'],
  [{ operationName: 'List keys', operationNameValue: LIST_KEYS.toUpperCase() }, 'activity'],
  [{ operationName: 'List keys' }, 'skipped'],
])('a record with %j is %s', async (envelope, step) => {
  expect((await told(envelope)).step).toBe(step);
});

it('names the account or server, not a part of it', async () => {
  const part = { resourceId: `${ACCOUNT}/providers/microsoft.insights/diagnosticSettings/x` };
  const record = await told({ ...part, operationName: 'microsoft.insights/diagnosticSettings/delete' });
  expect([record.class, record.resource]).toEqual(['configurationChange', ACCOUNT]);
});

import type { Row } from '../delivery.ts';
import { guidText, type Random } from '../draws.ts';

/** Who asks, by what, from where. */
export interface Caller {
  /** An Entra object id; or the kind of account key that signs. */
  objectId?: string;
  key?: 'PrimaryMasterKey' | 'SecondaryMasterKey' | 'PrimaryReadOnlyMasterKey';
  agent: string;
  address: string;
}

export interface Request {
  operation: 'Read' | 'Query' | 'Create' | 'Upsert' | 'ReadFeed' | 'Delete';
  container: string;
  bytes: number;
  status?: number;
  /** Its text goes to QueryRuntimeStatistics, where full-text query is on. */
  query?: string;
}

/** A call to Azure's management API that gives out the keys of the account. */
export interface KeyListing {
  caller: string;
  address: string;
  isRefused?: boolean;
}

export interface AccountLog {
  rows: Row[];
  request(time: number, caller: Caller, request: Request): void;
  listKeys(time: number, listing: KeyListing): void;
}

const SUBSCRIPTION = '7b0e5f1c-4c1a-4d53-9b57-2f6b0c7d9a11';

/** DataPlaneRequests, QueryRuntimeStatistics and the Activity Log as a diagnostic setting exports them, a record a line. */
export function createAccountLog(random: Random, account: string, database: string): AccountLog {
  const rows: Row[] = [];
  const resourceId = `/SUBSCRIPTIONS/${SUBSCRIPTION}/RESOURCEGROUPS/RG/PROVIDERS/MICROSOFT.DOCUMENTDB/DATABASEACCOUNTS/${account.toUpperCase()}`;
  function write(time: number, record: object): void {
    const text = `${JSON.stringify({ time: `${new Date(time).toISOString().slice(0, 23)}0000Z`, resourceId, ...record })}\n`;
    rows.push({ time, text });
  }
  return {
    rows,
    request(time, caller, request) {
      const activityId = guidText(random);
      write(time, {
        category: 'DataPlaneRequests',
        operationName: request.operation,
        properties: { activityId, ...propertiesOf(random, database, caller, request) },
      });
      if (request.query !== undefined) {
        write(time + 1, {
          category: 'QueryRuntimeStatistics',
          properties: { activityId, ...statisticsOf(database, caller, request) },
        });
      }
    },
    listKeys: (time, listing) => write(time, { ...keyListingOf(random, resourceId, listing) }),
  };
}

function propertiesOf(
  random: Random,
  database: string,
  { objectId, key, agent, address }: Caller,
  { operation, container, bytes, status }: Request,
) {
  const credential = key ?? 'AadToken';
  return {
    requestResourceType: 'Document',
    requestResourceId: `/dbs/${database}/colls/${container}${operation === 'Read' ? `/docs/${random.below(1e6)}` : '/docs'}`,
    statusCode: String(status ?? (operation === 'Create' ? 201 : 200)),
    duration: `${1 + random.below(40)}.${random.below(1e6)}`,
    userAgent: agent,
    clientIpAddress: address,
    requestCharge: (1 + bytes / 1000).toFixed(6),
    requestLength: String(random.below(1500)),
    responseLength: String(Math.round(bytes)),
    resourceTokenUserRid: '',
    region: 'West Europe',
    partitionId: '',
    aadPrincipalId: objectId ?? '',
    aadAppliedRoleAssignmentId: '',
    authTokenType: credential,
    keyType: credential,
    connectionMode: 'Direct',
    databaseName: database,
    collectionName: container,
  };
}

function statisticsOf(database: string, { agent }: Caller, { container, query }: Request) {
  return {
    databasename: database,
    collectionname: container,
    partitionkeyrangeid: '0',
    useragent: agent,
    partialipaddress: '10.0.1.4',
    regionname: 'West Europe',
    numberofrowsreturned: '12',
    querytext: JSON.stringify({ query, parameters: [] }),
  };
}

function keyListingOf(random: Random, scope: string, { caller, address, isRefused = false }: KeyListing) {
  const action = 'MICROSOFT.DOCUMENTDB/DATABASEACCOUNTS/LISTKEYS/ACTION';
  return {
    operationName: action,
    category: 'Administrative',
    resultType: isRefused ? 'Failure' : 'Success',
    resultSignature: isRefused ? 'Failed.Forbidden' : 'Succeeded.OK',
    callerIpAddress: address,
    correlationId: guidText(random),
    identity: {
      authorization: { scope, action, evidence: { role: 'Contributor' } },
      claims: {
        appid: guidText(random),
        ipaddr: address,
        'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn': caller,
      },
    },
    level: 'Information',
    properties: { eventCategory: 'Administrative', message: action, statusCode: isRefused ? 'Forbidden' : 'OK' },
  };
}

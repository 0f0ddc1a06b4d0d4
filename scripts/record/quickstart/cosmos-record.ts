import type { SeededRandom } from '../seeded-random.ts';

/** The account, as Azure writes it in a log: in capitals. */
const RESOURCE_ID =
  '/SUBSCRIPTIONS/3F5A8C1E-6B2D-4E7F-9A10-C4D8E2B7F051/RESOURCEGROUPS/SHOP/PROVIDERS/MICROSOFT.DOCUMENTDB/DATABASEACCOUNTS/SHOP-CATALOG';

/** Resource id and partition of each container. */
const CONTAINERS = {
  products: { rid: 'mQ5cAKx1Zbo=', partition: '4c1b1a2e-0a37-4a0f-8c55-2f6e7f3a9d10' },
  carts: { rid: 'mQ5cAN7rT2k=', partition: '9e0f7f61-6c1d-4d8b-b7a4-1b53c6f2e8a7' },
  reviews: { rid: 'mQ5cAPdw9nM=', partition: 'd25a6b90-3f4e-47c2-a1d8-70e9b4c5f316' },
} as const;
export type Container = keyof typeof CONTAINERS;

/** How a client proves who it is. */
export type Credential =
  | { keyType: 'PrimaryMasterKey' | 'PrimaryReadOnlyMasterKey' }
  | { aadPrincipalId: string; roleAssignmentId: string };

export interface CosmosClient {
  credential: Credential;
  address: string;
  userAgent: string;
}

/** What one record tells; the rest of it follows from this. */
export interface DataPlaneRequest {
  /** Milliseconds since the epoch, UTC. */
  time: number;
  client: CosmosClient;
  operation: 'Create' | 'Query' | 'Read' | 'ReadFeed' | 'Upsert';
  /** Absent for what concerns the account: listing its databases. */
  container?: Container;
  status: number;
  /** Bytes. */
  requestLength: number;
  responseLength: number;
  /** Request units. */
  charge: number;
}

/**
 * One DataPlaneRequests record, as a line of JSON: every property is a string, numbers included.
 * Source: learn.microsoft.com/azure/cosmos-db/monitor-resource-logs.
 */
export function dataPlaneRecord(request: DataPlaneRequest, random: SeededRandom): string {
  return JSON.stringify({
    time: `${new Date(request.time).toISOString().slice(0, -1)}${random.between(1000, 9999)}Z`,
    resourceId: RESOURCE_ID,
    category: 'DataPlaneRequests',
    operationName: request.operation,
    properties: properties(request, random),
  });
}

function properties(request: DataPlaneRequest, random: SeededRandom): Record<string, string> {
  const { client, container } = request;
  const place = container && CONTAINERS[container];
  const isPoint = request.operation === 'Read' || request.operation === 'Upsert';
  return {
    activityId: random.uuid(),
    requestResourceType: container ? 'Document' : 'Database',
    requestResourceId: container ? `/dbs/catalog/colls/${container}/docs${isPoint ? `/${random.hex(8)}` : ''}` : '/dbs',
    collectionRid: place?.rid ?? '',
    statusCode: `${request.status}`,
    duration: (1 + request.responseLength / 9000 + random.next() * 4).toFixed(6),
    userAgent: client.userAgent,
    clientIpAddress: client.address,
    requestCharge: request.charge.toFixed(6),
    requestLength: `${request.requestLength}`,
    responseLength: `${request.responseLength}`,
    resourceTokenPermissionId: '',
    resourceTokenPermissionMode: '',
    resourceTokenUserRid: '',
    region: 'West Europe',
    partitionId: place?.partition ?? '',
    ...credentialProperties(client.credential),
    connectionMode: 'Gateway',
    databaseName: container ? 'catalog' : '',
    collectionName: container ?? '',
  };
}

function credentialProperties(credential: Credential): Record<string, string> {
  if ('keyType' in credential) {
    const { keyType } = credential;
    return { keyType, authTokenType: keyType, aadPrincipalId: '', aadAppliedRoleAssignmentId: '' };
  }
  const { aadPrincipalId, roleAssignmentId } = credential;
  return { keyType: '', authTokenType: 'AadToken', aadPrincipalId, aadAppliedRoleAssignmentId: roleAssignmentId };
}

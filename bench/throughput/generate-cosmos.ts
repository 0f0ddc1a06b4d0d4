import { ensureGenerated, type GeneratedFile, type Write } from './generated-file.ts';
import { createRandom, type Random, randomAddress } from './random.ts';
import { SPAN_MS, START_TIME } from './time-text.ts';

/** Account that all records are of. */
const ACCOUNT_ID =
  '/SUBSCRIPTIONS/7B0E5F1C-4C1A-4D53-9B57-2F6B0C7D9A11/RESOURCEGROUPS/RG-SHOP/PROVIDERS/MICROSOFT.DOCUMENTDB/DATABASEACCOUNTS/COSMOS-SHOP';
const SUBSCRIPTION_ID = '7b0e5f1c-4c1a-4d53-9b57-2f6b0c7d9a11';

const ENTRA_PRINCIPALS = 2800;
/** Share of the requests that carry an Entra token; the others are signed with an account key. */
const ENTRA_SHARE = 0.6;
/** Applications that sign with an account key. */
const KEY_APPLICATIONS = 40;
const ADDRESSES = 1200;
const MAX_HOMES = 4;
/** Requests from an address that nobody has used before. */
const TRAVEL_SHARE = 0.0002;
/** Requests by a tool that is not the client's own. */
const TOOL_SHARE = 0.002;
/** Thefts: somebody's credentials read the whole of a container, some megabytes at a time. */
const THEFTS = 20;
const REQUESTS_PER_THEFT = 20;
const THEFT_BYTES = 2_000_000;
/** Share of the requests that a theft makes while it lasts. */
const THEFT_INTENSITY = 0.5;
const FAILURE_SHARE = 0.01;
/** Raised when the generator's output changes, so that old files are not taken for new ones. */
const GENERATOR_VERSION = 2;

const KEY_KINDS = [
  'PrimaryMasterKey',
  'SecondaryMasterKey',
  'PrimaryReadOnlyMasterKey',
  'SecondaryReadOnlyMasterKey',
] as const;
const SDK_AGENTS = [
  'cosmos-netstandard-sdk/3.46.1|1|X64|Microsoft Windows 10.0.20348|.NET 8.0.11|N|F 00000010|',
  'azsdk-python-cosmos/4.9.0 Python/3.12.3 (Linux-6.8.0-1021-azure-x86_64-with-glibc2.39)',
  'azsdk-java-cosmos/4.65.0 Linux/6.8.0-1021-azure JRE/21.0.5',
  'azsdk-js-cosmos/4.2.0 (Node.js/v22.11.0; linux; x64)',
] as const;
const TOOL_AGENTS = ['curl/8.5.0', 'python-requests/2.32.3', 'Data Explorer'] as const;

interface Operation {
  name: string;
  type: string;
  /** When it succeeds. */
  status: number;
  minBytes: number;
  maxBytes: number;
}

/** How often a request is made, out of 100. */
const OPERATIONS = [
  { share: 45, name: 'Read', type: 'Document', status: 200, minBytes: 0, maxBytes: 3000 },
  { share: 25, name: 'Query', type: 'Document', status: 200, minBytes: 0, maxBytes: 40_000 },
  { share: 13, name: 'Create', type: 'Document', status: 201, minBytes: 0, maxBytes: 1500 },
  { share: 10, name: 'Upsert', type: 'Document', status: 200, minBytes: 0, maxBytes: 1500 },
  { share: 3, name: 'Delete', type: 'Document', status: 204, minBytes: 0, maxBytes: 1 },
  { share: 3, name: 'ReadFeed', type: 'Document', status: 200, minBytes: 0, maxBytes: 40_000 },
  { share: 1, name: 'Execute', type: 'StoredProcedure', status: 200, minBytes: 0, maxBytes: 3000 },
] as const satisfies readonly (Operation & { share: number })[];
const THEFT: Operation = {
  name: 'ReadFeed',
  type: 'Document',
  status: 200,
  minBytes: THEFT_BYTES / 2,
  maxBytes: THEFT_BYTES,
};
const OPERATION_BY_PERCENT: readonly Operation[] = OPERATIONS.flatMap((operation) =>
  Array.from({ length: operation.share }, () => operation),
);
const FAILURE_STATUSES = [401, 403, 404, 429] as const;

interface Client {
  /** The part of a record that tells who: constant for a client. */
  identity: string;
  agent: string;
  homes: readonly string[];
}

/** One container; its texts are constant parts of a record. */
interface Container {
  path: string;
  rids: string;
  partitions: readonly string[];
  names: string;
}

/** Writes DataPlaneRequests of one account, one JSON object a line, that span 20 days. */
export function generateCosmos(name: string, records: number, seed: number): GeneratedFile {
  return ensureGenerated(name, records, { version: GENERATOR_VERSION, seed }, (write) =>
    writeRequests(records, createRandom(seed), write),
  );
}

function writeRequests(records: number, random: Random, write: Write): void {
  const addresses = Array.from({ length: ADDRESSES }, () => randomAddress(random));
  const entra = Array.from({ length: ENTRA_PRINCIPALS }, () => createClient(random, addresses, guid(random)));
  const keys = Array.from({ length: KEY_APPLICATIONS }, () => createClient(random, addresses));
  const containers = createContainers(random);
  const stepMs = SPAN_MS / records;
  let thief = entra[0]!;
  let theftLeft = 0;
  for (let written = 0; written < records; written++) {
    const time = START_TIME + (written + random.fraction()) * stepMs;
    const container = random.pick(containers);
    if (theftLeft === 0 && random.fraction() < THEFTS / records) {
      theftLeft = REQUESTS_PER_THEFT;
      thief = random.pick(entra);
    }
    if (theftLeft > 0 && random.fraction() < THEFT_INTENSITY) {
      theftLeft--;
      write(requestLine(random, time, thief, random.pick(thief.homes), container, THEFT));
      continue;
    }
    const client = random.pick(random.fraction() < ENTRA_SHARE ? entra : keys);
    const address = random.fraction() < TRAVEL_SHARE ? randomAddress(random) : random.pick(client.homes);
    write(requestLine(random, time, client, address, container, random.pick(OPERATION_BY_PERCENT)));
  }
}

/** Order and names of the members as Azure exports them. Source: learn.microsoft.com/azure/cosmos-db/monitor-reference. */
function requestLine(
  random: Random,
  time: number,
  client: Client,
  address: string,
  container: Container,
  operation: Operation,
): string {
  const status = random.fraction() < FAILURE_SHARE ? random.pick(FAILURE_STATUSES) : operation.status;
  const agent = random.fraction() < TOOL_SHARE ? random.pick(TOOL_AGENTS) : client.agent;
  const document = operation.name === 'Read' ? `/docs/${eightHex(random)}` : '';
  return (
    `{"time":"${tickText(random, time)}","resourceId":"${ACCOUNT_ID}","category":"DataPlaneRequests","operationName":"${operation.name}"` +
    `,"properties":{"activityId":"${guid(random)}","requestResourceType":"${operation.type}","requestResourceId":"${container.path}${document}"` +
    `${container.rids},"statusCode":"${status}","duration":"${random.below(50)}.${100_000 + random.below(900_000)}","userAgent":"${agent}"` +
    `,"clientIpAddress":"${address}","requestCharge":"${1 + random.below(30)}.${100_000 + random.below(900_000)}"` +
    `,"requestLength":"${random.below(2000)}","responseLength":"${operation.minBytes + random.below(operation.maxBytes - operation.minBytes)}"` +
    `,"resourceTokenPermissionId":"","resourceTokenPermissionMode":"","resourceTokenUserRid":"","region":"West Europe"` +
    `,"partitionId":"${random.pick(container.partitions)}"${client.identity}` +
    `,"connectionMode":"${random.below(10) < 6 ? 'Direct' : 'Gateway'}","subscriptionId":"${SUBSCRIPTION_ID}"${container.names}}}\n`
  );
}

/** With an object id: an Entra principal; without: an application that signs with an account key. */
function createClient(random: Random, addresses: readonly string[], objectId = ''): Client {
  const kind = objectId === '' ? random.pick(KEY_KINDS) : 'AadToken';
  const role = objectId === '' ? '' : guid(random);
  return {
    identity: `,"aadAppliedRoleAssignmentId":"${role}","aadPrincipalId":"${objectId}","authTokenType":"${kind}","keyType":"${kind}"`,
    agent: random.pick(SDK_AGENTS),
    homes: Array.from({ length: 1 + random.below(MAX_HOMES) }, () => random.pick(addresses)),
  };
}

function createContainers(random: Random): Container[] {
  return ['orders', 'users', 'telemetry'].flatMap((database) => {
    const databaseRid = eightHex(random).slice(0, 6);
    return ['items', 'events', 'carts', 'profiles'].map((container) => ({
      path: `/dbs/${database}/colls/${container}`,
      rids: `,"collectionRid":"${databaseRid}${fourHex(random)}0=","databaseRid":"${databaseRid}=="`,
      partitions: Array.from({ length: 3 }, () => guid(random)),
      names: `,"databaseName":"${database}","collectionName":"${container}"`,
    }));
  });
}

/** `2026-03-02T09:00:00.1234567Z`: ticks of 100 ns, seven digits. */
function tickText(random: Random, time: number): string {
  return `${new Date(time).toISOString().slice(0, 23)}${1000 + random.below(9000)}Z`;
}

const FOUR_HEX_DIGITS = Array.from({ length: 0x1_0000 }, (_, value) => value.toString(16).padStart(4, '0'));

function fourHex(random: Random): string {
  return FOUR_HEX_DIGITS[random.below(0x1_0000)]!;
}

function eightHex(random: Random): string {
  return fourHex(random) + fourHex(random);
}

/** A version 4 GUID, as Azure writes activity and object ids. */
function guid(random: Random): string {
  const version = FOUR_HEX_DIGITS[0x4000 + random.below(0x1000)];
  const variant = FOUR_HEX_DIGITS[0x8000 + random.below(0x4000)];
  return `${eightHex(random)}-${fourHex(random)}-${version}-${variant}-${fourHex(random)}${eightHex(random)}`;
}

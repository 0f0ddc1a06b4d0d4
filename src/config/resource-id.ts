import type { Engine, Resource } from '../model/resource.ts';

/** Subscription and group of what is named by a short name only. */
const LOCAL_GROUP = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/local';

/** Types of the resources, as Azure writes them: learn.microsoft.com/azure/templates. */
const TYPE: Record<Engine, string> = {
  postgresql: 'Microsoft.DBforPostgreSQL/servers',
  cosmosdb: 'Microsoft.DocumentDB/databaseAccounts',
};
const ENGINE: Record<string, Engine> = {
  'microsoft.dbforpostgresql/servers': 'postgresql',
  'microsoft.dbforpostgresql/flexibleservers': 'postgresql',
  'microsoft.documentdb/databaseaccounts': 'cosmosdb',
};

const SHORT_NAME = /^[A-Za-z0-9-]{1,63}$/;
/** Azure compares ids without letter case; resource groups: 90 characters of letters, digits and `-_.()`, not ending in a full stop. */
const ARM_ID = new RegExp(
  [
    '^/subscriptions/(?<subscription>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})',
    'resourceGroups/(?<group>[\\p{L}\\p{N}_.()-]{0,89}[\\p{L}\\p{N}_()-])',
    'providers/(?<type>[a-z.]+/[a-z]+)',
    '(?<name>[a-z0-9-]{1,63})$',
  ].join('/'),
  'iu',
);

/**
 * A whole Azure Resource Manager id, or a short name that becomes one in the local group.
 * A `problem` is the end of a sentence that begins with the setting.
 */
export function parseResourceId(text: string, engine: Engine): Resource | { problem: string } {
  const id = SHORT_NAME.test(text) ? `${LOCAL_GROUP}/providers/${TYPE[engine]}/${text}` : text;
  const parts = ARM_ID.exec(id)?.groups;
  const engineOfId = parts && ENGINE[parts.type.toLowerCase()];
  if (!parts || !engineOfId) {
    return { problem: problemOf(text, engine) };
  }
  if (engineOfId !== engine) {
    return { problem: `names a resource of kind ${engineOfId}, but its kind is ${engine}; make them agree` };
  }
  return {
    key: resourceKey(id),
    id,
    engine,
    name: parts.name,
    subscriptionId: parts.subscription,
    resourceGroup: parts.group,
    location: 'local',
  };
}

/** Azure's two generations of PostgreSQL servers are one to us: an id of either names the same server. */
function resourceKey(id: string): string {
  return id.toLowerCase().replace('/flexibleservers/', '/servers/');
}

function problemOf(text: string, engine: Engine): string {
  if (!text.startsWith('/')) {
    return `${JSON.stringify(text)} is not a resource name; use 1 to 63 letters, digits and hyphens`;
  }
  const example = `/subscriptions/{guid}/resourceGroups/{group}/providers/${TYPE[engine]}/{name}`;
  return `${JSON.stringify(text)} is not a resource id; write ${example} or a short name`;
}

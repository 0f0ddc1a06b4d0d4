import type { Engine, Resource } from './resource.ts';
import { scopeKey } from './scope.ts';

/** Subscription of what runs outside of Azure: Vedette itself, too. */
export const LOCAL_SUBSCRIPTION = '00000000-0000-0000-0000-000000000000';
/** Subscription and group of what is named by a short name only. */
export const LOCAL_GROUP = `/subscriptions/${LOCAL_SUBSCRIPTION}/resourceGroups/local`;

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
/** `project:instance` of Google Cloud SQL; the project may begin with a domain: `example.com:project:instance`. */
const CLOUD_SQL_NAME = /^((?:[a-z][a-z0-9.-]{0,60}:)?[a-z][a-z0-9-]{0,29}):([a-z][a-z0-9-]{0,62})$/;
/** Azure compares ids without letter case; resource groups: 90 characters of letters, digits and `-_.()`, not ending in a full stop. */
const ARM_ID = new RegExp(
  [
    '^/subscriptions/(?<subscription>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})',
    'resourceGroups/(?<group>[\\p{L}\\p{N}_.()-]{0,89}[\\p{L}\\p{N}_()-])',
    'providers/(?<type>[a-z.]+/[a-z]+)',
    '(?<name>[a-z0-9-]{1,63})(?<child>$|/)',
  ].join('/'),
  'iu',
);

/**
 * What an operator names: a whole Azure Resource Manager id, `project:instance` of Cloud SQL, or a short name that
 * becomes an id in the local group. A `problem` is the end of a sentence that begins with the setting.
 */
export function parseResourceId(text: string, engine: Engine): Resource | { problem: string } {
  const resource = resourceNamed(SHORT_NAME.test(text) ? `${LOCAL_GROUP}/providers/${TYPE[engine]}/${text}` : text);
  if (resource === undefined || resource.id.length < text.length) {
    return { problem: problemOf(text, engine) };
  }
  if (resource.engine !== engine) {
    return { problem: `names a resource of kind ${resource.engine}, but its kind is ${engine}; make them agree` };
  }
  return resource;
}

/** What the id in a record names: the database server or account, where it is that of something in it, too. */
export function resourceNamed(text: string): Resource | undefined {
  const [, project, instance] = CLOUD_SQL_NAME.exec(text) ?? [];
  const id = instance === undefined ? text : cloudSqlId(project!, instance);
  const match = ARM_ID.exec(id);
  const { subscription, group, type, name, child } = match?.groups ?? {};
  const engine = ENGINE[type?.toLowerCase() ?? ''];
  if (match === null || engine === undefined) {
    return undefined;
  }
  const own = match[0].slice(0, match[0].length - child!.length);
  return {
    key: scopeKey(own),
    id: own,
    engine,
    name: name!,
    subscriptionId: subscription!,
    resourceGroup: group!,
    location: 'local',
  };
}

/** Whether a resource was named by a short name, which says nothing of where it is. */
export function hasLocalName({ id }: Resource): boolean {
  return id.startsWith(`${LOCAL_GROUP}/`);
}

/** Google's projects take the place of Azure's resource groups. */
function cloudSqlId(project: string, instance: string): string {
  return `/subscriptions/${LOCAL_SUBSCRIPTION}/resourceGroups/${project.replace(':', '.')}/providers/${TYPE.postgresql}/${instance}`;
}

function problemOf(text: string, engine: Engine): string {
  if (!text.startsWith('/')) {
    return `${JSON.stringify(text)} is not a resource name; use 1 to 63 letters, digits and hyphens`;
  }
  const example = `/subscriptions/{guid}/resourceGroups/{group}/providers/${TYPE[engine]}/{name}`;
  return `${JSON.stringify(text)} is not a resource id; write ${example} or a short name`;
}

import type { Alert } from '../../model/alert.ts';
import type { AlertClient, AlertFacts } from '../alert-facts.ts';
import { EXTENDED } from '../extended-properties.ts';

/** Entra ids are of this form. */
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const HOST_NAME = /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,252})$/;

/** OCSF's `user`. What signs in to Cosmos DB without an identity is the kind of an account key, not a name. */
interface User {
  name?: string;
  uid?: string;
}

/** OCSF's `network_endpoint` of the client. */
interface Endpoint {
  ip?: string;
  hostname?: string;
  name?: string;
  zone?: string;
  location?: Record<string, unknown>;
  autonomous_system?: Record<string, unknown>;
}

/** OCSF's `evidences`. */
interface Evidence {
  name: string;
  actor?: { user?: User; app_name?: string };
  user?: User;
  src_endpoint?: Endpoint;
  dst_endpoint?: Record<string, unknown>;
  database?: Record<string, unknown>;
  uid?: string;
  data?: Record<string, unknown>;
}

/** First the access itself, then further principals that were tried, then the raw records with their byte offsets. */
export function evidencesOf(alert: Alert, facts: AlertFacts): Evidence[] {
  const { evidence, otherPrincipals } = facts;
  return [
    accessOf(alert, facts),
    ...otherPrincipals.map((name) => ({ name: 'Principal', user: userOf(name) })),
    ...(evidence?.rawLines ?? []).map(({ source, byteOffset, text }) => ({
      name: 'Log record',
      uid: `${source}@${byteOffset}`,
      data: { source, byte_offset: byteOffset, text },
    })),
  ];
}

function accessOf({ properties }: Alert, facts: AlertFacts): Evidence {
  const { principal, client, resource } = facts;
  const application = facts.extended(EXTENDED.application);
  const actor = {
    ...(principal !== undefined && { user: userOf(principal) }),
    ...(application !== undefined && { app_name: application }),
  };
  return {
    name: 'Access',
    ...(Object.keys(actor).length > 0 && { actor }),
    ...(client && { src_endpoint: endpointOf(client, facts.extended(EXTENDED.namedNetwork)) }),
    dst_endpoint: {
      name: properties.compromisedEntity,
      ...(resource.engine !== undefined && { svc_name: resource.engine }),
      type_id: 1,
      type: 'Server',
    },
    ...databaseOf(facts),
  };
}

function databaseOf(facts: AlertFacts): Pick<Evidence, 'database'> {
  const name = facts.extended(EXTENDED.database);
  const { engine } = facts.resource;
  if (name === undefined || engine === undefined) {
    return {};
  }
  const isRelational = engine === 'postgresql';
  return { database: { name, type_id: isRelational ? 1 : 6, type: isRelational ? 'Relational' : 'NoSQL' } };
}

function userOf(name: string): User {
  return GUID.test(name) ? { uid: name } : { name };
}

function endpointOf({ text, kind, where }: AlertClient, zone: string | undefined): Endpoint {
  const { countryCode, countryName, city, latitude, longitude, asn, organization } = where;
  const hasPlace = countryCode !== undefined || city !== undefined;
  return {
    ...(kind === 'name' ? { [HOST_NAME.test(text) ? 'hostname' : 'name']: text } : { ip: text }),
    ...(zone !== undefined && { zone }),
    ...(hasPlace && { location: { city, country: countryCode, desc: countryName, lat: latitude, long: longitude } }),
    ...((asn ?? organization) !== undefined && { autonomous_system: { number: asn, name: organization } }),
  };
}

/** OCSF's `observables`: what people search other logs for, each with the member that holds it. */
export function observablesOf(evidences: readonly Evidence[], { resource }: AlertFacts): Record<string, unknown>[] {
  const observables = evidences.flatMap(({ actor, user, src_endpoint }, i) => [
    observable(`evidences[${i}].src_endpoint.ip`, 2, 'IP Address', src_endpoint?.ip),
    observable(`evidences[${i}].src_endpoint.hostname`, 1, 'Hostname', src_endpoint?.hostname),
    ...userObservables(`evidences[${i}].actor.user`, actor?.user),
    ...userObservables(`evidences[${i}].user`, user),
  ]);
  return [...observables, observable('resources[0].uid', 10, 'Resource UID', resource.id)].flat();
}

function userObservables(path: string, user: User | undefined): Record<string, unknown>[] {
  return [
    ...observable(`${path}.name`, 4, 'User Name', user?.name),
    ...observable(`${path}.uid`, 31, 'User Object: uid', user?.uid),
  ];
}

function observable(name: string, typeId: number, type: string, value: string | undefined): Record<string, unknown>[] {
  return value === undefined ? [] : [{ name, type_id: typeId, type, value }];
}

/** OCSF's `enrichments`: the data centre of the client, for which an endpoint has no member. */
export function enrichmentsOf({ client }: AlertFacts): Record<string, unknown>[] | undefined {
  const { cloudProvider, systemService } = client?.where ?? {};
  if (client === undefined || cloudProvider === undefined) {
    return undefined;
  }
  const data = { provider: cloudProvider, region: systemService };
  return [{ name: 'evidences[0].src_endpoint.ip', value: client.text, type: 'Cloud region', data }];
}

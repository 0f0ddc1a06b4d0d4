import { z } from 'zod';
import { parseIp } from '../lib/ip.ts';
import type { Alert } from '../model/alert.ts';
import type { Engine } from '../model/resource.ts';
import { EXTENDED } from './extended-properties.ts';

const Evidence = z.object({
  title: z.string(),
  columns: z.array(z.string()),
  rows: z.array(z.array(z.string())),
  observed: z.record(z.string(), z.string()),
  score: z.object({ value: z.number(), threshold: z.number(), unit: z.string() }),
  rawLines: z.array(z.object({ source: z.string(), byteOffset: z.number(), text: z.string() })),
});
/** What stands in an alert's `supportingEvidence`. */
export type AlertEvidence = z.infer<typeof Evidence>;

const Where = z.object({
  countryCode: z.string().optional(),
  countryName: z.string().optional(),
  city: z.string().optional(),
  latitude: z.number().optional(),
  longitude: z.number().optional(),
  asn: z.number().optional(),
  organization: z.string().optional(),
  cloudProvider: z.string().optional(),
  systemService: z.string().optional(),
});
const IpEntity = z.object({ type: z.literal('ip'), address: z.string(), location: Where.default({}) });
const AccountEntity = z.object({ type: z.literal('account'), name: z.string() });

/** The client that an alert is about. */
export interface AlertClient {
  /** As the log told it: an address, a host name, `[local]`. */
  text: string;
  kind: 'ipv4' | 'ipv6' | 'name';
  where: z.infer<typeof Where>;
}

/** A protected server or account, as its Azure Resource Manager id tells. */
export interface AlertResource {
  id: string;
  /** Provider and type, as in `Microsoft.DBforPostgreSQL/servers`; absent where the id names none. */
  type: string | undefined;
  engine: Engine | undefined;
  subscriptionId: string | undefined;
  resourceGroup: string | undefined;
}

/** What an alert holds in text and open shapes, for the formats made of it. */
export interface AlertFacts {
  resource: AlertResource;
  client: AlertClient | undefined;
  principal: string | undefined;
  /** Without `principal`. */
  otherPrincipals: readonly string[];
  /** Absent where an alert was not raised by a detector. */
  evidence: AlertEvidence | undefined;
  /** An extended property; undefined where the alert has none of that name. */
  extended(name: (typeof EXTENDED)[keyof typeof EXTENDED]): string | undefined;
}

export function factsOf({ properties }: Alert): AlertFacts {
  const { extendedProperties, entities } = properties;
  const principal = extendedProperties[EXTENDED.principal];
  const accounts = entities.flatMap((entity) => AccountEntity.safeParse(entity).data?.name ?? []);
  return {
    resource: resourceOf(properties.resourceIdentifiers[0]?.azureResourceId ?? ''),
    client: entities.flatMap((entity) => IpEntity.safeParse(entity).data ?? []).map(clientOf)[0],
    principal,
    otherPrincipals: accounts.filter((name) => name !== principal),
    evidence: Evidence.safeParse(properties.supportingEvidence).data,
    extended: (name) => extendedProperties[name],
  };
}

function clientOf({ address, location }: z.infer<typeof IpEntity>): AlertClient {
  const lanes = parseIp(address)?.lanes.length;
  return { text: address, kind: lanes === undefined ? 'name' : lanes === 1 ? 'ipv4' : 'ipv6', where: location };
}

/** `/subscriptions/{id}/resourceGroups/{group}/providers/{provider}/{type}/{name}`, in any letter case. */
const ARM_ID = /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/([^/]+\/[^/]+)\/[^/]+$/i;

function resourceOf(id: string): AlertResource {
  const [, subscriptionId, resourceGroup, type] = ARM_ID.exec(id) ?? [];
  return { id, subscriptionId, resourceGroup, type, engine: engineOf(type?.toLowerCase() ?? '') };
}

function engineOf(type: string): Engine | undefined {
  if (type.startsWith('microsoft.dbforpostgresql/')) {
    return 'postgresql';
  }
  return type.startsWith('microsoft.documentdb/') ? 'cosmosdb' : undefined;
}

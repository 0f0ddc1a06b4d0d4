/** What a change of an account is about. */
export type ControlPlaneSubject = 'keys' | 'configuration' | undefined;

/** `Account keys updated`, `AccountKeysRegenerate`, `ListKeys`, but not `PartitionKeyDelete`. */
const KEYS =
  /(?<!partition)keys?(?=list|read|get|update|regenerate|rotate|start|complete|$)|(?:list|regenerate|rotate)\w*keys?/;
/**
 * Whether connections are let in, who may do what, and what is logged. An account's IP filter is changed by an update of
 * the account.
 */
const CONFIGURATION =
  /^account(?:update|delete)|virtualnetwork|diagnosticlog|firewall|iprange|networkacl|privateendpoint|role(?:definition|assignment)/;
/** Operations that take a while are told twice; what became of them stands in the second record. */
const START = /start(?:ed)?$/;

/** What an operation of category ControlPlaneRequests is about; undefined: none of our business, or not ended yet. */
export function subjectOf(operationName: string): ControlPlaneSubject {
  const name = operationName.toLowerCase().replace(/[^a-z]/g, '');
  if (START.test(name)) {
    return undefined;
  }
  return KEYS.test(name) ? 'keys' : CONFIGURATION.test(name) ? 'configuration' : undefined;
}

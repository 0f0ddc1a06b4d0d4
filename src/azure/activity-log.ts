/** What an operation of Azure Resource Manager does to a database account or server. */
export type ManagedSubject = 'keys' | 'configuration' | undefined;

/** Gives out or replaces the keys of a Cosmos DB account. */
const KEYS =
  /^microsoft\.documentdb\/databaseaccounts\/(?:listkeys|readonlykeys|listconnectionstrings|regeneratekey)\//;
/** The account or server itself: its network rules, its administrator's password, whether it exists. */
const WHOLE = /\/(?:databaseaccounts|servers|flexibleservers|servergroupsv2)\/(?:write|delete)$/;
/** Parts that decide who gets in and what is logged. */
const PARTS =
  /\/(?:firewallrules|virtualnetworkrules|networkrulesets?|iprules|privateendpointconnections|configurations|administrators|sqlrole(?:assignments|definitions)|securityalertpolicies|advancedthreatprotectionsettings|diagnosticsettings|locks|roleassignments)\/(?:write|delete)$/;

/** What an operation (`Microsoft.DocumentDB/databaseAccounts/listKeys/action`, in any case) is about. */
export function managedSubjectOf(operationName: string): ManagedSubject {
  const name = operationName.toLowerCase();
  return KEYS.test(name) ? 'keys' : WHOLE.test(name) || PARTS.test(name) ? 'configuration' : undefined;
}

/** Start, Started, Accept, Accepted, InProgress: another record tells how it ended. */
const UNFINISHED = /^(?:start|accept|inprogress)/i;

/** Whether a record tells how its operation ended. One that does not say so is taken to. */
export function isFinal(resultType: string): boolean {
  return !UNFINISHED.test(resultType);
}

/** Names of System.Net.HttpStatusCode that Azure Resource Manager answers with. */
const STATUS_BY_NAME: ReadonlyMap<string, number> = new Map([
  ['ok', 200],
  ['created', 201],
  ['accepted', 202],
  ['nocontent', 204],
  ['badrequest', 400],
  ['unauthorized', 401],
  ['forbidden', 403],
  ['notfound', 404],
  ['methodnotallowed', 405],
  ['conflict', 409],
  ['gone', 410],
  ['preconditionfailed', 412],
  ['toomanyrequests', 429],
  ['internalservererror', 500],
  ['notimplemented', 501],
  ['badgateway', 502],
  ['serviceunavailable', 503],
  ['gatewaytimeout', 504],
]);

/** The HTTP status that `Forbidden`, `403`, `Failed.Forbidden` or `OK (HTTP Status Code: 200)` tells; 0 for others. */
export function httpStatusOf(text: string): number {
  const digits = /(?:^|\D)([1-5]\d\d)(?!\d)/.exec(text)?.[1];
  if (digits !== undefined) {
    return Number(digits);
  }
  const name = text.slice(text.lastIndexOf('.') + 1).toLowerCase();
  return STATUS_BY_NAME.get(name) ?? 0;
}

import { shellWord } from '../lib/quote.ts';
import type { Resource } from '../model/resource.ts';

/** Whether a principal is an account key, which anyone may hold, and no identity. */
export function isAccountKey(principal: string): boolean {
  return /^(?:Primary|Secondary)(?:ReadOnly)?MasterKey$/i.test(principal);
}

/** https://learn.microsoft.com/cli/azure/cosmosdb/keys#az-cosmosdb-keys-regenerate */
export function regenerateKey(resource: Resource, key: string): string {
  const kind = /^secondary/i.test(key) ? 'secondary' : 'primary';
  const access = /readonly/i.test(key) ? 'Readonly' : '';
  return `az cosmosdb keys regenerate ${account('--name', resource)} --key-kind ${kind}${access}`;
}

/** Replaces the list of networks that may reach the account. */
export function allowNetworks(resource: Resource): string {
  return `az cosmosdb update ${account('--name', resource)} --ip-range-filter YOUR-NETWORKS`;
}

export function listRoles(resource: Resource): string {
  return `az cosmosdb sql role assignment list ${account('--account-name', resource)}`;
}

export function deleteRole(resource: Resource): string {
  const assignment = '--role-assignment-id ASSIGNMENT-ID';
  return `az cosmosdb sql role assignment delete ${account('--account-name', resource)} ${assignment}`;
}

/** A query over the account's requests in Log Analytics (resource-specific tables). */
export function queryRequests(address: string, summary: string): string {
  return `CDBDataPlaneRequests | where ClientIpAddress == ${kustoString(address)} | summarize ${summary}`;
}

function account(option: string, resource: Resource): string {
  return `${option} ${shellWord(resource.name)} --resource-group ${shellWord(resource.resourceGroup)}`;
}

/** Kusto's string literals take JSON's escapes. Characters that reorder text are escaped, too. */
function kustoString(text: string): string {
  return JSON.stringify(text).replace(
    /[\p{Cf}\p{Zl}\p{Zp}\u007f-\u009f]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

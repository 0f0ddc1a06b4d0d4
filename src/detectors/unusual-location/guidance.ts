import { shellWord, sqlIdentifier, sqlLiteral } from '../../lib/quote.ts';
import type { FindingEntities, Guidance } from '../../model/finding.ts';
import type { Resource } from '../../model/resource.ts';

/** What a person can do about an access from an unusual location, filled in with who and from where. */
export function guidance(resource: Resource, entities: FindingEntities): Guidance {
  const principal = entities.principal ?? '';
  const address = entities.address?.address ?? '';
  return {
    causes: [
      'Stolen credentials are being used from elsewhere.',
      'The person travels, works from home or uses another provider or VPN.',
      'The application moved, or its way out of the network changed.',
    ],
    ...(resource.engine === 'postgresql' ? postgresql(principal, address) : cosmosdb(resource, principal, address)),
  };
}

function postgresql(principal: string, address: string): Omit<Guidance, 'causes'> {
  return {
    investigation: [
      'Ask the owner of the role whether it was them.',
      `Is it still connected, and what does it do: SELECT pid, usename, datname, client_addr, application_name, backend_start, state, query FROM pg_stat_activity WHERE usename = ${sqlLiteral(principal)} OR client_addr = ${sqlLiteral(address)};`,
      `What the role may do: SELECT rolname, rolsuper, rolcreaterole, rolreplication, rolbypassrls FROM pg_roles WHERE rolname = ${sqlLiteral(principal)};`,
    ],
    remediation: [
      `If it was not them, end its sessions: SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE client_addr = ${sqlLiteral(address)};`,
      `Stop the login until it is cleared up: ALTER ROLE ${sqlIdentifier(principal)} NOLOGIN;`,
      `Then change its password: \\password ${sqlIdentifier(principal)}`,
      `Allow the role only from its usual networks in pg_hba.conf, or put first: host all all ${address}/${address.includes(':') ? 128 : 32} reject  -- then: SELECT pg_reload_conf();`,
    ],
  };
}

function cosmosdb(resource: Resource, principal: string, address: string): Omit<Guidance, 'causes'> {
  const account = `--name ${shellWord(resource.name)} --resource-group ${shellWord(resource.resourceGroup)}`;
  const isKey = principal.endsWith('MasterKey');
  const kind = principal.startsWith('Secondary') ? 'secondary' : 'primary';
  const kindOfKey = principal.includes('ReadOnly') ? `${kind}Readonly` : kind;
  return {
    investigation: [
      `Find out what runs at ${address}, and who holds ${isKey ? 'this key' : `the identity ${principal}`}.`,
      `See what else came from there: CDBDataPlaneRequests | where ClientIpAddress == ${kustoString(address)} | summarize count(), sum(ResponseLength) by OperationName, CollectionName, StatusCode`,
    ],
    remediation: isKey
      ? [
          'Move the applications to the other key, then regenerate this one:',
          `az cosmosdb keys regenerate ${account} --key-kind ${kindOfKey}`,
          `Allow only known networks: az cosmosdb update ${account} --ip-range-filter <your addresses>`,
        ]
      : [
          `Revoke the identity's sessions: az rest --method POST --url ${shellWord(`https://graph.microsoft.com/v1.0/users/${encodeURIComponent(principal)}/revokeSignInSessions`)}`,
          `Review its data-plane roles: az cosmosdb sql role assignment list --account-name ${shellWord(resource.name)} --resource-group ${shellWord(resource.resourceGroup)}`,
        ],
  };
}

function kustoString(text: string): string {
  return JSON.stringify(text);
}

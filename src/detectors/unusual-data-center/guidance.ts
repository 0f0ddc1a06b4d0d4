import { shellWord, sqlLiteral } from '../../lib/quote.ts';
import type { CloudRegion } from '../../model/address-facts.ts';
import type { FindingEntities, Guidance } from '../../model/finding.ts';
import type { Resource } from '../../model/resource.ts';
import { allowNetworks, isAccountKey, listRoles, queryRequests, regenerateKey } from '../cosmosdb-commands.ts';
import { named } from '../describe.ts';
import {
  changePassword,
  endSessions,
  forbidLogin,
  isClient,
  rejectClient,
  showSessions,
} from '../postgresql-commands.ts';

/** What a person can do about an access from an unusual data centre, filled in with who and from where. */
export function guidance(resource: Resource, entities: FindingEntities, region: CloudRegion): Guidance {
  const principal = entities.principal ?? '';
  const address = entities.address?.address ?? '';
  const isPostgresql = resource.engine === 'postgresql';
  return {
    causes: [
      `Somebody rents a machine at ${region.provider} for an hour to use a stolen ${isPostgresql ? 'password' : 'key or token'} from there.`,
      'A workload moved, failed over, or was deployed to another region.',
      'A service in the cloud connects on behalf of people: a BI tool, a query editor, a build agent.',
    ],
    investigation: [
      ...ownersOf(region, address),
      ...(isPostgresql ? onPostgresql(principal, address) : onCosmosdb(address)),
    ],
    remediation: isPostgresql ? stopRole(principal, address) : stopCaller(resource, principal),
  };
}

/** Whether the address is one's own, asked of the provider. */
function ownersOf({ provider }: CloudRegion, address: string): string[] {
  const commands = {
    Azure: `az network public-ip list --query ${shellWord(`[?ipAddress=='${address}']`)}`,
    AWS: `aws ec2 describe-network-interfaces --filters ${shellWord(`Name=association.public-ip,Values=${address}`)}`,
    'Google Cloud': `gcloud compute addresses list --filter=${shellWord(`address=${address}`)}`,
  };
  return [`Is the address one of yours: ${commands[provider]}`];
}

function onPostgresql(role: string, address: string): string[] {
  return [
    `Ask whoever owns ${named(role)} which deployment runs there.`,
    `Is it still connected, and what does it do: ${showSessions(`usename = ${sqlLiteral(role)} OR ${isClient(address)}`)}`,
  ];
}

function onCosmosdb(address: string): string[] {
  return [
    `What was done from there: ${queryRequests(address, 'count(), sum(ResponseLength) by OperationName, DatabaseName, CollectionName, StatusCode')}`,
  ];
}

function stopRole(role: string, address: string): string[] {
  return [
    `If it is not yours, first stop the login: ${forbidLogin(role)}`,
    `Then end its sessions: ${endSessions(`usename = ${sqlLiteral(role)} OR ${isClient(address)}`)}`,
    `Set a new password before it may log in again: ${changePassword(role)}`,
    `Keep the address out: put this line first in pg_hba.conf, then SELECT pg_reload_conf(); (on a managed server: its firewall rules)  ${rejectClient(address)}`,
    'If it is yours, name its network in the configuration, so that everybody knows what it is.',
  ];
}

function stopCaller(resource: Resource, principal: string): string[] {
  const worthless = isAccountKey(principal)
    ? [`Move the applications to the other key, then make this one worthless: ${regenerateKey(resource, principal)}`]
    : [
        `If it is not yours, revoke the sessions of ${named(principal)} and disable it in Entra ID.`,
        `See which data-plane roles it has: ${listRoles(resource)}`,
      ];
  return [
    ...worthless,
    `Let only known networks reach the account (replaces its whole list): ${allowNetworks(resource)}`,
    'If it is yours, name its network in the configuration, so that everybody knows what it is.',
  ];
}

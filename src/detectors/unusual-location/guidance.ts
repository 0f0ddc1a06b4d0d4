import { sqlLiteral } from '../../lib/quote.ts';
import type { FindingEntities, Guidance } from '../../model/finding.ts';
import type { Resource } from '../../model/resource.ts';
import {
  allowNetworks,
  deleteRole,
  isAccountKey,
  listRoles,
  queryRequests,
  regenerateKey,
} from '../cosmosdb-commands.ts';
import { named } from '../describe.ts';
import {
  changePassword,
  endSessions,
  forbidLogin,
  isClient,
  rejectClient,
  showRights,
  showSessions,
} from '../postgresql-commands.ts';

/** What a person can do about an access from an unusual location, filled in with who and from where. */
export function guidance(resource: Resource, entities: FindingEntities): Guidance {
  const principal = entities.principal ?? '';
  const address = entities.address?.address ?? '';
  if (resource.engine === 'postgresql') {
    return postgresql(principal, address);
  }
  return isAccountKey(principal) ? accountKey(resource, principal, address) : identity(resource, principal, address);
}

function postgresql(role: string, address: string): Guidance {
  return {
    causes: [
      'The password was stolen and is used from elsewhere.',
      'A person travels, works from home, or goes through another VPN or provider.',
      'An application moved, or its way out of the network changed.',
    ],
    investigation: [
      `Ask whoever owns ${named(role)} whether it was them.`,
      `Is it still connected, and what does it do: ${showSessions(`usename = ${sqlLiteral(role)} OR ${isClient(address)}`)}`,
      `What it may do, also through other roles: ${showRights(role)}`,
    ],
    remediation: [
      `If it was not them, first stop the login: ${forbidLogin(role)}`,
      `Then end its sessions: ${endSessions(`usename = ${sqlLiteral(role)} OR ${isClient(address)}`)}`,
      `Set a new password before it may log in again: ${changePassword(role)}`,
      `Keep the address out: put this line first in pg_hba.conf, then SELECT pg_reload_conf(); (on a managed server: its firewall rules)  ${rejectClient(address)}`,
    ],
  };
}

function accountKey(resource: Resource, key: string, address: string): Guidance {
  return {
    causes: [
      'The account key leaked: from a repository, a pipeline, a developer machine.',
      'An application that holds the key moved, or its way out of the network changed.',
      'Someone uses the key by hand, as from a notebook or the Data Explorer of another tool.',
    ],
    investigation: [
      `A key has no person behind it: find out what runs at ${named(address)}, and which applications hold the ${named(key)}.`,
      `What was done from there: ${queryRequests(address, 'count(), sum(ResponseLength) by OperationName, DatabaseName, CollectionName, StatusCode')}`,
    ],
    remediation: [
      `Move the applications to the other key, then make this one worthless: ${regenerateKey(resource, key)}`,
      `Let only known networks reach the account (replaces its whole list): ${allowNetworks(resource)}`,
      'Give applications Entra identities of their own and turn account keys off (disableLocalAuth).',
    ],
  };
}

function identity(resource: Resource, principal: string, address: string): Guidance {
  return {
    causes: [
      'A token or the credentials behind it were stolen and are used from elsewhere.',
      'A person travels, works from home, or goes through another VPN or provider.',
      'A workload moved to another region or provider.',
    ],
    investigation: [
      `Find the owner of ${named(principal)} in Entra ID, look at its sign-in log, and ask them.`,
      `What was done from there: ${queryRequests(address, 'count(), sum(ResponseLength) by OperationName, DatabaseName, CollectionName, StatusCode')}`,
    ],
    remediation: [
      `If it was not them, revoke the sessions of ${named(principal)} and disable it in Entra ID.`,
      `See which data-plane roles it has: ${listRoles(resource)}`,
      `Take away those that it does not need: ${deleteRole(resource)}`,
      `Let only known networks reach the account (replaces its whole list): ${allowNetworks(resource)}`,
    ],
  };
}

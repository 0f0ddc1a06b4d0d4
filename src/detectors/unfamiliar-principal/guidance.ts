import { shellWord, sqlLiteral } from '../../lib/quote.ts';
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
import { endSessions, forbidLogin, isClient, showRights, showSessions } from '../postgresql-commands.ts';

/** What a person can do about an access by an unfamiliar principal, filled in with who and from where. */
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
      'An intruder made a role of their own, or uses one that nobody looks after any more.',
      'A new colleague, service or deployment got a role.',
      'The database was restored or moved, and other people use it now.',
      'A job that runs a few times a year.',
    ],
    investigation: [
      `Who made ${named(role)}, and when? Search the log for CREATE ROLE, CREATE USER and ALTER ROLE with that name, and ask its owner.`,
      `Is it still connected, and what does it do: ${showSessions(`usename = ${sqlLiteral(role)}`)}`,
      `What it may do, also through other roles: ${showRights(role)}`,
      `Who else comes from there: ${showSessions(isClient(address))}`,
    ],
    remediation: [
      `If nobody answers for it, first stop the login: ${forbidLogin(role)}`,
      `Then end its sessions: ${endSessions(`usename = ${sqlLiteral(role)}`)}`,
      'Take away what it may do, and drop it once nothing is missing.',
    ],
  };
}

function accountKey(resource: Resource, key: string, address: string): Guidance {
  return {
    causes: [
      'The keys were read by an intruder who may list them, and one that no application uses is used now.',
      'The keys are being rotated: the applications move to the other one.',
      'A tool was given a key of its own, such as a read-only one.',
    ],
    investigation: [
      `Is a rotation planned? Who listed the keys: az monitor activity-log list --resource-id ${shellWord(resource.id)} --offset 7d`,
      `What was done from ${named(address)}: ${queryRequests(address, 'count(), sum(ResponseLength) by OperationName, DatabaseName, CollectionName, StatusCode')}`,
    ],
    remediation: [
      `If no application is meant to hold it, make it worthless: ${regenerateKey(resource, key)}`,
      `Let only known networks reach the account (replaces its whole list): ${allowNetworks(resource)}`,
      'Give applications Entra identities of their own and turn account keys off (disableLocalAuth).',
    ],
  };
}

function identity(resource: Resource, principal: string, address: string): Guidance {
  return {
    causes: [
      'An intruder gave an identity of theirs a role in the account, or uses one that nobody looks after any more.',
      'A new colleague, workload or managed identity got a role.',
    ],
    investigation: [
      `Find the owner of ${named(principal)} in Entra ID (az ad sp show or az ad user show --id), and ask them.`,
      `Which data-plane roles it has: ${listRoles(resource)}`,
      `What was done from there: ${queryRequests(address, 'count(), sum(ResponseLength) by OperationName, DatabaseName, CollectionName, StatusCode')}`,
    ],
    remediation: [
      `If nobody answers for it, take its role away: ${deleteRole(resource)}`,
      `Revoke the sessions of ${named(principal)} and disable it in Entra ID.`,
    ],
  };
}

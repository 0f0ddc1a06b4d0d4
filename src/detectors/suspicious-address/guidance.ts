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
import type { Variant } from './matter.ts';

const LIST_IS_OLD =
  'The list is old or coarse: the address has another owner now, or many customers share it. Its note and date tell more.';
const HIDING = 'A person hides where they are, as journalists, researchers and penetration testers do.';

/** What a person can do about it, filled in with who and from where. */
export function guidance(resource: Resource, entities: FindingEntities, variant: Variant): Guidance {
  const principal = entities.principal ?? '';
  const address = entities.address?.address ?? '';
  if (resource.engine === 'cosmosdb') {
    return cosmosdb(resource, principal, address, variant);
  }
  return variant === 'success' ? loggedIn(principal, address) : keptOut(address, variant);
}

function loggedIn(role: string, address: string): Guidance {
  return {
    causes: ['The password was stolen and is used by whoever is behind the address.', HIDING, LIST_IS_OLD],
    investigation: [
      `Ask whoever owns ${named(role)} whether it was them.`,
      `Is it still connected, and what does it do: ${showSessions(`usename = ${sqlLiteral(role)} OR ${isClient(address)}`)}`,
      `What it may do, also through other roles: ${showRights(role)}`,
      'Read in the log what the session did, and look for new roles, functions and extensions since.',
    ],
    remediation: [
      `Unless it was them, treat it as an intrusion and first stop the login: ${forbidLogin(role)}`,
      `Then end its sessions: ${endSessions(`usename = ${sqlLiteral(role)} OR ${isClient(address)}`)}`,
      `Set a new password before it may log in again: ${changePassword(role)}`,
      blockClient(address),
    ],
  };
}

function keptOut(address: string, variant: Variant): Guidance {
  return {
    causes: [
      variant === 'probe'
        ? 'The internet is scanned for databases, and this one answers.'
        : 'Passwords are guessed, or a stolen one is tried that does not work.',
      HIDING,
      LIST_IS_OLD,
    ],
    investigation: [
      `Did anybody get in from there: ${showSessions(isClient(address))}`,
      'Which networks may connect at all, line by line: SELECT * FROM pg_hba_file_rules;',
    ],
    remediation: [
      blockClient(address),
      'Better, let only the networks that need it reach the port: firewall, listen_addresses, pg_hba.conf.',
    ],
  };
}

function blockClient(address: string): string {
  return `Keep the address out: put this line first in pg_hba.conf, then SELECT pg_reload_conf(); (on a managed server: its firewall rules)  ${rejectClient(address)}`;
}

function cosmosdb(resource: Resource, principal: string, address: string, variant: Variant): Guidance {
  const isKey = isAccountKey(principal);
  const worthless = isKey
    ? [`Move the applications to the other key, then make this one worthless: ${regenerateKey(resource, principal)}`]
    : [
        `If it was not them, revoke the sessions of ${named(principal)} and disable it in Entra ID.`,
        `See which data-plane roles it has: ${listRoles(resource)}`,
        `Take away those that it does not need: ${deleteRole(resource)}`,
      ];
  return {
    causes: [
      variant === 'success'
        ? `The ${isKey ? 'account key leaked' : 'token or the credentials behind it were stolen'}, and whoever is behind the address uses it.`
        : 'A key or token is tried that does not work, or no longer.',
      HIDING,
      LIST_IS_OLD,
    ],
    investigation: [
      `What was done from there: ${queryRequests(address, 'count(), sum(ResponseLength) by OperationName, DatabaseName, CollectionName, StatusCode')}`,
      isKey
        ? `A key has no person behind it: find out which applications hold the ${named(principal)}.`
        : `Find the owner of ${named(principal)} in Entra ID, look at its sign-in log, and ask them.`,
    ],
    remediation: [
      ...(variant === 'success' ? worthless : []),
      `Let only known networks reach the account (replaces its whole list): ${allowNetworks(resource)}`,
      ...(isKey
        ? ['Give applications Entra identities of their own and turn account keys off (disableLocalAuth).']
        : []),
    ],
  };
}

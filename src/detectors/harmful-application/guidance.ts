import { sqlLiteral } from '../../lib/quote.ts';
import type { FindingEntities, Guidance } from '../../model/finding.ts';
import type { Resource } from '../../model/resource.ts';
import { allowNetworks, isAccountKey, queryRequests, regenerateKey } from '../cosmosdb-commands.ts';
import { named } from '../describe.ts';
import {
  changePassword,
  endSessions,
  forbidLogin,
  isClient,
  rejectClient,
  showSessions,
} from '../postgresql-commands.ts';

const KEEP_OUT =
  'Keep the address out: put this line first in pg_hba.conf, then SELECT pg_reload_conf(); (on a managed server: its firewall rules)  ';

export function probeGuidance(address: string): Guidance {
  return {
    causes: [
      'A scanner looks which services answer, and which version they are.',
      'A tool for guessing passwords does not speak the authentication of this server, and leaves bare connections only.',
      'A monitor, a load balancer or an inventory tool of your own was pointed at the port.',
    ],
    investigation: [
      `Did anybody get in from there: ${showSessions(isClient(address))}`,
      'Which networks may connect at all, line by line: SELECT * FROM pg_hba_file_rules;',
      'If the address is one of yours, find out what runs there, and who started it.',
    ],
    remediation: [
      `${KEEP_OUT}${rejectClient(address)}`,
      'Better, let only the networks that need it reach the port: firewall, listen_addresses.',
      'A scanner of your own: name its network in the configuration and call it trusted.',
    ],
  };
}

export function clientGuidance(resource: Resource, { principal = '', address }: FindingEntities): Guidance {
  const from = address?.address ?? '[local]';
  return resource.engine === 'cosmosdb' ? cosmosdb(resource, principal, from) : postgresql(principal, from);
}

function postgresql(role: string, address: string): Guidance {
  const client = address === '[local]' ? 'client_addr IS NULL' : isClient(address);
  const sessions = `usename = ${sqlLiteral(role)} AND ${client}`;
  return {
    causes: [
      `The password of ${named(role)} is used by a tool or a script that is not its usual application.`,
      'A release, another driver or a change of its settings gave the application another name.',
      'Somebody who may do so works under this name by hand.',
    ],
    investigation: [
      `Ask whoever owns ${named(role)} whether it was them, and whether there was a release.`,
      `Is it still connected, and what does it do: ${showSessions(sessions)}`,
      'Read in the log what the session did after the login.',
    ],
    remediation: [
      `If it was not them, first stop the login: ${forbidLogin(role)}`,
      `Then end its sessions: ${endSessions(sessions)}`,
      `Set a new password before it may log in again: ${changePassword(role)}`,
      ...(address === '[local]' ? [] : [`${KEEP_OUT}${rejectClient(address)}`]),
    ],
  };
}

function cosmosdb(resource: Resource, principal: string, address: string): Guidance {
  const isKey = isAccountKey(principal);
  return {
    causes: [
      `The ${isKey ? 'account key' : 'token'} is used by a tool or a script, not by its usual application.`,
      'A release moved the application to another SDK.',
      'Somebody who may do so works with it by hand, as in the Data Explorer.',
    ],
    investigation: [
      `What was done from there: ${queryRequests(address, 'count(), sum(ResponseLength) by UserAgent, OperationName, DatabaseName, CollectionName')}`,
      isKey
        ? `A key has no person behind it: find out which applications hold the ${named(principal)}.`
        : `Find the owner of ${named(principal)} in Entra ID, and ask them.`,
    ],
    remediation: [
      isKey
        ? `Move the applications to the other key, then make this one worthless: ${regenerateKey(resource, principal)}`
        : `If it was not them, revoke the sessions of ${named(principal)} and disable it in Entra ID.`,
      `Let only known networks reach the account (replaces its whole list): ${allowNetworks(resource)}`,
    ],
  };
}

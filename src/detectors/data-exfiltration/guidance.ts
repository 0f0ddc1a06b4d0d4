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

/** What a person can do about an unusual amount of data read, filled in with who and from where. */
export function guidance(resource: Resource, entities: FindingEntities & { principal: string }): Guidance {
  const { principal } = entities;
  const { address } = entities.address ?? {};
  const isKey = isAccountKey(principal);
  return {
    causes: [
      'Someone copies the data out with stolen or misused credentials.',
      'An export, migration or reindexing such as was not run in the last 60 days.',
      'A faulty query or a retry loop that reads whole containers.',
    ],
    investigation: [
      isKey
        ? `Ask the owners of the applications that hold the ${named(principal)} whether an export was planned.`
        : `Ask whoever owns ${named(principal)} whether an export was planned.`,
      ...(address === undefined
        ? []
        : [
            `What was read: ${queryRequests(address, 'sum(ResponseLength), count() by OperationName, DatabaseName, CollectionName, bin(TimeGenerated, 5m)')}`,
            `Where the data went: look at what runs at ${named(address)}, and at what left its network in that hour.`,
          ]),
    ],
    remediation: [
      ...(isKey
        ? [
            `If it was not planned, move the applications to the other key, then make this one worthless: ${regenerateKey(resource, principal)}`,
          ]
        : [
            `If it was not planned, see which data-plane roles the identity has: ${listRoles(resource)}`,
            `Take them away: ${deleteRole(resource)}`,
          ]),
      `Let only known networks reach the account (replaces its whole list): ${allowNetworks(resource)}`,
      'Tell the owner of the data: where it is personal, the law may want it reported within 72 hours.',
    ],
  };
}

/** The same for a PostgreSQL server. */
export function serverGuidance(resource: Resource, entities: FindingEntities & { principal: string }): Guidance {
  const { principal } = entities;
  const { address } = entities.address ?? {};
  const sessions = address === undefined ? `usename = ${sqlLiteral(principal)}` : isClient(address);
  return {
    causes: [
      'Someone copies the data out with a stolen or misused password.',
      'A backup, an export or a migration that was not run in the last 60 days, or from elsewhere.',
      'A new tool that looks at every table, as BI and replication tools do when they are set up.',
    ],
    investigation: [
      `Ask whoever owns ${named(principal)} whether an export was planned.`,
      `What is connected to ${resource.name} from there: ${showSessions(sessions)}`,
      `What ${named(principal)} may read, also through other roles: ${showRights(principal)}`,
      ...(address === undefined
        ? []
        : [`Where the data went: look at what runs at ${named(address)}, and at what left its network since.`]),
    ],
    remediation: [
      `If it was not planned, stop the login: ${forbidLogin(principal)}`,
      `Then end its sessions: ${endSessions(sessions)}`,
      `Set a new password before ${named(principal)} may log in again: ${changePassword(principal)}`,
      ...(address === undefined
        ? []
        : [`Keep the address out, as the first line of pg_hba.conf: ${rejectClient(address)}`]),
      'Tell the owner of the data: where it is personal, the law may want it reported within 72 hours.',
    ],
  };
}

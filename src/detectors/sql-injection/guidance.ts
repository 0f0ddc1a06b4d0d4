import { sqlLiteral } from '../../lib/quote.ts';
import type { FindingEntities, Guidance } from '../../model/finding.ts';
import type { Resource } from '../../model/resource.ts';
import { isAccountKey, queryRequests, regenerateKey } from '../cosmosdb-commands.ts';
import { describeAddress, named } from '../describe.ts';
import { changePassword, endSessions, isClient, showRights, showSessions } from '../postgresql-commands.ts';

type Who = FindingEntities & { principal: string };

const MEND =
  'Mend the code: pass input as parameters ($1, @name), never as part of the text; the statements show which query it is.';

/** What a person can do about an injection. */
export function injectionGuidance(resource: Resource, who: Who): Guidance {
  return {
    causes: [
      'Somebody sends input to the application that changes its queries, mostly with a tool that tries out many.',
      'A scanner that was agreed on, or a test of the application.',
      'A new version of the application that builds its queries in an unusual way, or somebody who writes them by hand under its name.',
    ],
    ...(resource.engine === 'postgresql' ? postgresqlSteps(resource, who) : cosmosdbSteps(resource, who)),
  };
}

function postgresqlSteps(resource: Resource, { principal, application, address }: Who): Omit<Guidance, 'causes'> {
  const sessions = `usename = ${sqlLiteral(principal)} AND application_name = ${sqlLiteral(application ?? '')}`;
  return {
    investigation: [
      `Requests to ${named(application ?? '')} at that time, in the log of its web server: which address, which parameter?`,
      ...(address === undefined
        ? []
        : [
            `What is connected from ${describeAddress(address)}, the application's own address: ${showSessions(isClient(address.address))}`,
          ]),
      `What could be read: tables that ${named(principal)} may select from: SELECT table_schema, table_name FROM information_schema.role_table_grants WHERE grantee = ${sqlLiteral(principal)} AND privilege_type = 'SELECT';`,
      `What else ${named(principal)} may do, also through other roles: ${showRights(principal)}`,
    ],
    remediation: [
      `Take the part of ${named(application ?? '')} off the network that the statements come from, or block the attacker in front of it; the database sees the application only.`,
      `End sessions that still run such statements: ${endSessions(sessions)}`,
      MEND,
      `Give ${named(principal)} no more than ${resource.name} needs of it, and a new password if it could be read: ${changePassword(principal)}`,
    ],
  };
}

function cosmosdbSteps(resource: Resource, { principal, address }: Who): Omit<Guidance, 'causes'> {
  return {
    investigation: [
      'Requests to the application at that time: which user, which parameter?',
      ...(address === undefined
        ? []
        : [
            `What came from ${describeAddress(address)}: ${queryRequests(address.address, 'count(), sum(ResponseLength) by OperationName, StatusCode')}`,
          ]),
    ],
    remediation: [
      MEND,
      'Answer each user with a token for its own partition only, so that a changed query cannot reach further.',
      ...(isAccountKey(principal) ? [`If the key may be known outside: ${regenerateKey(resource, principal)}`] : []),
    ],
  };
}

/** What a person can do about an application that can be injected. */
export function faultyGuidance(resource: Resource, { principal, application, address }: Who): Guidance {
  return {
    causes: [
      "Input with a quote in it, such as the name O'Brien, was pasted into a statement: the application can be injected.",
      'Somebody tries out whether it can.',
      'A new version of the application builds a wrong statement.',
    ],
    investigation: [
      `Which query of ${named(application ?? '')} it is: the statement is in the raw lines.`,
      ...(address === undefined
        ? []
        : [`Whether other statements came from there: ${showSessions(isClient(address.address))}`]),
      `What an intruder could reach as ${named(principal)} at ${resource.name}: ${showRights(principal)}`,
    ],
    remediation: [MEND, `Give ${named(principal)} no more rights than the application needs.`],
  };
}

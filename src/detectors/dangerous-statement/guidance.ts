import { sqlIdentifier, sqlLiteral } from '../../lib/quote.ts';
import type { FindingEntities, Guidance } from '../../model/finding.ts';
import type { Resource } from '../../model/resource.ts';
import { describeAddress, named } from '../describe.ts';
import {
  changePassword,
  endSessions,
  forbidLogin,
  isClient,
  rejectClient,
  showRights,
  showSessions,
} from '../postgresql-commands.ts';
import type { Variant } from './actions-of.ts';

interface Steps {
  cause: string;
  investigate: string;
  remedy: (principal: string) => string;
}

const HASHED = 'Treat every password of the server as known: change them, and use scram-sha-256.';

const STEPS: Record<Variant, Steps> = {
  program: {
    cause: 'An import or export that an administrator runs through a program on the server.',
    investigate:
      'What the server started: children of the postgres processes, cron tables and ~/.ssh of the server account.',
    remedy: (role) =>
      `Take the right to run programs: REVOKE pg_execute_server_program FROM ${role}; and take SUPERUSER from roles that need none.`,
  },
  file: {
    cause: 'A bulk load from a file that lies on the server, or a monitoring agent.',
    investigate: 'Which files: look at the raw lines, and at what the server account may read.',
    remedy: (role) => `Take the right to reach files: REVOKE pg_read_server_files, pg_write_server_files FROM ${role};`,
  },
  language: {
    cause: 'An extension that an administrator installs.',
    investigate:
      "Functions in untrusted languages: SELECT oid::regprocedure, proowner::regrole, probin FROM pg_proc WHERE prolang IN (SELECT oid FROM pg_language WHERE NOT lanpltrusted AND lanname NOT IN ('internal', 'c')) OR (prolang = 13 AND probin NOT LIKE '$libdir%');",
    remedy: () => 'Drop the function and the language: DROP FUNCTION …; DROP EXTENSION …;',
  },
  privilege: {
    cause: 'An administrator sets up a role.',
    investigate:
      'Who has power now: SELECT rolname, rolsuper, rolcreaterole, rolreplication, rolbypassrls FROM pg_roles WHERE rolsuper OR rolcreaterole OR rolreplication OR rolbypassrls;',
    remedy: () =>
      'Take it back: ALTER ROLE … NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS; REVOKE … FROM …; and drop roles that nobody knows.',
  },
  'password hashes': {
    cause: 'A backup of roles (pg_dumpall), or a pooler that asks for one password at a time.',
    investigate:
      "Who may read them: only superusers, unless someone granted it: SELECT grantee, table_name FROM information_schema.role_table_grants WHERE table_name IN ('pg_authid', 'pg_shadow');",
    remedy: () => HASHED,
  },
  'audit off': {
    cause: 'An administrator makes the log smaller, or keeps a password out of it for one statement.',
    investigate:
      "What is logged now: SELECT name, setting, source, sourcefile FROM pg_settings WHERE name LIKE 'log%' OR name LIKE 'pgaudit%'; and SELECT * FROM pg_db_role_setting;",
    remedy: () => 'Set it back: ALTER SYSTEM RESET …; ALTER ROLE … RESET …; SELECT pg_reload_conf();',
  },
  'outside connection': {
    cause: 'A report or a migration that reads from another database.',
    investigate: 'Where to: SELECT srvname, srvoptions, srvowner::regrole FROM pg_foreign_server; and the raw lines.',
    remedy: () =>
      'Let the server reach only the hosts that it needs, and drop servers and subscriptions that nobody knows.',
  },
  ransom: {
    cause: 'A table that happens to bear such a name, in a clean-up.',
    investigate: 'What is left: SELECT schemaname, relname, n_live_tup FROM pg_stat_user_tables ORDER BY 1, 2;',
    remedy: () =>
      'Do not pay: such data is nearly always gone. Take the server off the network and restore a backup elsewhere.',
  },
};

/** What a person can do about a dangerous statement, filled in with who and from where. */
export function guidance(
  resource: Resource,
  variant: Variant,
  entities: FindingEntities & { principal: string },
): Guidance {
  const { principal, address } = entities;
  const steps = STEPS[variant];
  const from = address === undefined ? `usename = ${sqlLiteral(principal)}` : isClient(address.address);
  return {
    causes: [
      'Somebody who got in, by a stolen password or through an application, makes use of it.',
      steps.cause,
      'A test of security that was agreed on.',
    ],
    investigation: [
      ...(address === undefined
        ? []
        : [`Whose is ${describeAddress(address)}, and was it ${named(principal)} who sat there?`]),
      `What is connected to ${resource.name} from there: ${showSessions(from)}`,
      `What ${named(principal)} may do, also through other roles: ${showRights(principal)}`,
      steps.investigate,
    ],
    remediation: [
      `Unless it was meant, stop the login: ${forbidLogin(principal)}`,
      `Then end its sessions: ${endSessions(from)}`,
      steps.remedy(sqlIdentifier(principal)),
      `Set a new password before ${named(principal)} may log in again: ${changePassword(principal)}`,
      ...(address === undefined
        ? []
        : [`Keep the address out, as the first line of pg_hba.conf: ${rejectClient(address.address)}`]),
    ],
  };
}

import { parseIp } from '../lib/ip.ts';
import { sqlIdentifier, sqlLiteral } from '../lib/quote.ts';

/** Columns of pg_stat_activity that tell who is connected and what it does. */
const SESSION_COLUMNS = 'pid, usename, datname, client_addr, application_name, backend_start, state, query';

/** A condition on pg_stat_activity. Under `log_hostname` an address may be a host name, which `client_addr` is not. */
export function isClient(address: string): string {
  return parseIp(address) === undefined
    ? `client_hostname = ${sqlLiteral(address)}`
    : `client_addr = ${sqlLiteral(address)}`;
}

export function showSessions(condition: string): string {
  return `SELECT ${SESSION_COLUMNS} FROM pg_stat_activity WHERE ${condition};`;
}

export function endSessions(condition: string): string {
  return `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${condition};`;
}

/** What a role may do by itself and through the roles that it is a member of. */
export function showRights(role: string): string {
  const rights = 'rolname, rolsuper, rolcreaterole, rolreplication, rolbypassrls';
  return `SELECT ${rights} FROM pg_roles WHERE pg_has_role(${sqlLiteral(role)}, oid, 'member');`;
}

/** Stops further logins of a role; sessions that are open go on. */
export function forbidLogin(role: string): string {
  return `ALTER ROLE ${sqlIdentifier(role)} NOLOGIN;`;
}

/** Asks for the new password in psql and sends it hashed, so that it stays out of the server's log. */
export function changePassword(role: string): string {
  return `\\password ${sqlIdentifier(role)}`;
}

/** A line of pg_hba.conf; of several that match the first one counts. */
export function rejectClient(address: string): string {
  const ip = parseIp(address);
  return `host all all ${ip === undefined ? sqlIdentifier(address) : `${ip.text}/${32 * ip.lanes.length}`} reject`;
}

import { sqlIdentifier, sqlLiteral } from '../../lib/quote.ts';
import type { FindingEntities, Guidance } from '../../model/finding.ts';
import type { Resource } from '../../model/resource.ts';

/** What a person can do about guessing, filled in with who and from where. */
export function guidance(resource: Resource, entities: FindingEntities, gotIn: readonly string[]): Guidance {
  const address = entities.address?.address ?? '';
  const block = `host all all ${address}/${address.includes(':') ? 128 : 32} reject`;
  const stop = `Put this line first in pg_hba.conf, then SELECT pg_reload_conf();  ${block}`;
  return {
    causes: [
      'Someone is guessing passwords.',
      'A security scan that was agreed on.',
      'A new or moved application with a wrong password.',
    ],
    investigation: [
      `Whose address is ${address}, and should it reach ${resource.name} at all?`,
      `What is connected from there: SELECT pid, usename, datname, application_name, backend_start, state, query FROM pg_stat_activity WHERE client_addr = ${sqlLiteral(address)};`,
      ...gotIn.slice(0, 3).map((name) => `What ${name} may do: SELECT rolname, rolsuper, rolcreaterole, rolreplication FROM pg_roles WHERE rolname = ${sqlLiteral(name)};`),
    ],
    remediation: gotIn.length === 0 ? [stop, ...lasting()] : [...contain(address, gotIn), stop, ...lasting()],
  };
}

function contain(address: string, gotIn: readonly string[]): string[] {
  return [
    `End its sessions: SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE client_addr = ${sqlLiteral(address)};`,
    ...gotIn.slice(0, 3).map((name) => `Stop the login: ALTER ROLE ${sqlIdentifier(name)} NOLOGIN;  then set a new password: \\password ${sqlIdentifier(name)}`),
    'Review what these sessions did since: new roles, grants, functions, extensions, COPY.',
  ];
}

function lasting(): string[] {
  return ['Let only known networks reach the port; use scram-sha-256; take LOGIN from roles that need none.'];
}

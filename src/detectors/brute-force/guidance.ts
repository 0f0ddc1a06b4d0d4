import type { AddressFacts } from '../../model/address-facts.ts';
import type { Guidance } from '../../model/finding.ts';
import type { Resource } from '../../model/resource.ts';
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

/** Principals for whom commands are spelt out. */
const MAX_SHOWN = 3;

/** What a person can do about guessing, filled in with who and from where. */
export function guidance(resource: Resource, { address }: AddressFacts, entered: readonly string[]): Guidance {
  const block = `Keep the address out: put this line first in pg_hba.conf, then SELECT pg_reload_conf(); (on a managed server: its firewall rules)  ${rejectClient(address)}`;
  return {
    causes: [
      'Someone is guessing passwords.',
      'A new or moved application has a wrong password: then it is one name, in a steady rhythm.',
      'A security scan that was agreed on.',
    ],
    investigation: [
      `Whose address is ${named(address)}, and should it reach ${resource.name} at all?`,
      `What is connected from there: ${showSessions(isClient(address))}`,
      ...entered
        .slice(0, MAX_SHOWN)
        .map((name) => `What ${named(name)} may do, also through other roles: ${showRights(name)}`),
    ],
    remediation: [
      ...(entered.length === 0 ? [] : containment(address, entered.slice(0, MAX_SHOWN))),
      block,
      'Let only known networks reach the port, use scram-sha-256, and take LOGIN from roles that need none.',
    ],
  };
}

function containment(address: string, entered: readonly string[]): string[] {
  return [
    ...entered.map((name) => `Stop the login: ${forbidLogin(name)}`),
    `Then end its sessions: ${endSessions(isClient(address))}`,
    ...entered.map((name) => `Set a new password before ${named(name)} may log in again: ${changePassword(name)}`),
    'Review what these sessions did: new roles, grants, functions and extensions, and COPY.',
  ];
}

import type { AddressFacts } from '../../model/address-facts.ts';
import type { Guidance } from '../../model/finding.ts';
import { allowNetworks, isAccountKey, queryRequests, regenerateKey } from '../cosmosdb-commands.ts';
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
import { isWide } from './evidence.ts';
import type { Guessing } from './guessing.ts';

/** Principals and addresses for which commands are spelt out. */
const MAX_SHOWN = 3;

/** What a person can do about guessing, filled in with who and from where. */
export function guidance(guessing: Guessing, addresses: readonly AddressFacts[], entered: readonly string[]): Guidance {
  const shown = addresses.slice(0, MAX_SHOWN).map(({ address }) => address);
  if (guessing.isMisconfigured) {
    return forProgram(guessing, shown);
  }
  return guessing.resource.engine === 'cosmosdb'
    ? forAccount(guessing, shown, entered)
    : forServer(guessing, shown, entered);
}

function forServer(guessing: Guessing, addresses: readonly string[], entered: readonly string[]): Guidance {
  const { resource } = guessing;
  return {
    causes: [
      isWide(guessing) ? 'Someone is guessing passwords from many addresses.' : 'Someone is guessing passwords.',
      'A new or moved application has a wrong password: then it is one name, in a steady rhythm.',
      'A security scan that was agreed on.',
    ],
    investigation: [
      ...addresses.map((address) => `Whose address is ${named(address)}, and should it reach ${resource.name} at all?`),
      ...addresses.map((address) => `What is connected from there: ${showSessions(isClient(address))}`),
      ...entered
        .slice(0, MAX_SHOWN)
        .map((name) => `What ${named(name)} may do, also through other roles: ${showRights(name)}`),
    ],
    remediation: [
      ...(entered.length === 0 ? [] : containment(addresses, entered.slice(0, MAX_SHOWN))),
      ...addresses.map(
        (address) =>
          `Keep the address out: put this line first in pg_hba.conf, then SELECT pg_reload_conf(); (on a managed server: its firewall rules)  ${rejectClient(address)}`,
      ),
      'Let only known networks reach the port, use scram-sha-256, and take LOGIN from roles that need none.',
    ],
  };
}

/** Nobody guesses: what helps is the right secret. */
function forProgram({ resource }: Guessing, addresses: readonly string[]): Guidance {
  return {
    causes: [
      'A program has an old or wrong secret, as after a rotation or a deploy.',
      'A health check or a monitoring agent whose login was never set up.',
      'Somebody inside who guesses slowly, in the rhythm of a program.',
    ],
    investigation: addresses.map(
      (address) =>
        `Which program at ${named(address)} connects to ${resource.name}, and where does its secret come from?`,
    ),
    remediation: ['Give it the right secret, or stop it: what fails all day hides what should be seen.'],
  };
}

function containment(addresses: readonly string[], entered: readonly string[]): string[] {
  return [
    ...entered.map((name) => `Stop the login: ${forbidLogin(name)}`),
    ...addresses.map((address) => `Then end its sessions: ${endSessions(isClient(address))}`),
    ...entered.map((name) => `Set a new password before ${named(name)} may log in again: ${changePassword(name)}`),
    'Review what these sessions did: new roles, grants, functions and extensions, and COPY.',
  ];
}

function forAccount({ resource }: Guessing, addresses: readonly string[], entered: readonly string[]): Guidance {
  const keys = entered.filter(isAccountKey).slice(0, MAX_SHOWN);
  return {
    causes: [
      'Someone tries keys or tokens that are stolen, old or made up.',
      'An application in a new place holds a key that was regenerated, or lacks a role.',
    ],
    investigation: addresses.map(
      (address) =>
        `What ${named(address)} asked for: ${queryRequests(address, 'count() by StatusCode, AuthTokenType, UserAgent, bin(TimeGenerated, 5m)')}`,
    ),
    remediation: [
      ...keys.map(
        (key) =>
          `Move the applications to the other key, then make this one worthless: ${regenerateKey(resource, key)}`,
      ),
      `Let only known networks reach the account (replaces its whole list): ${allowNetworks(resource)}`,
    ],
  };
}

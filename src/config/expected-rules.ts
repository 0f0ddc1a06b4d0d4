import { parseCidr } from '../lib/ip.ts';
import { UserError } from '../lib/user-error.ts';
import type { ExpectedRule } from '../model/expected-rule.ts';
import { resourceNamed } from '../model/resource-id.ts';
import type { ExpectedEntry } from './expected-schema.ts';

const DAY_MS = 86_400_000;
/** A day without a time. */
const DATE = /^\d{4}-\d\d-\d\d$/;

/** What the rules refer to. */
interface Scope {
  /** The configuration, for messages. */
  file: string;
  /** Names of the named networks. */
  networks: readonly string[];
  /** Keys of the resources by their ids, as written. */
  resourceKeys: ReadonlyMap<string, string>;
}

/** The rules for what is expected; what they name must exist. */
export function expectedRules(entries: readonly ExpectedEntry[], scope: Scope): ExpectedRule[] {
  return entries.map((entry, index) => {
    const { principal, application, network, detector, alertType, resource, until } = entry;
    const where = `${scope.file}: expected[${index}]`;
    if (network !== undefined) {
      requireNetwork(network, where, scope.networks);
    }
    return {
      label: labelOf(entry, index),
      ...(resource !== undefined && { resourceKey: keyOf(resource, where, scope.resourceKeys) }),
      ...(detector !== undefined && { detector }),
      ...(alertType !== undefined && { alertType }),
      ...(principal !== undefined && { principal }),
      ...(application !== undefined && { application }),
      ...(network !== undefined && { network }),
      until: Date.parse(until) + (DATE.test(until) ? DAY_MS : 0),
    };
  });
}

/** `expected[0], j.meyer from 179.118.0.0/16 until 2026-12-24 (DBA team: works from Recife)`. */
function labelOf(
  { principal, application, network, detector, alertType, resource, until, owner, reason }: ExpectedEntry,
  index: number,
): string {
  const what = [
    principal ?? (application === undefined ? 'anybody' : undefined),
    application === undefined ? undefined : `by ${application}`,
    network === undefined ? undefined : `from ${network}`,
    resource === undefined ? undefined : `at ${resource}`,
    detector === undefined && alertType === undefined
      ? undefined
      : `as ${[detector, alertType].filter((name) => name !== undefined).join(', ')}`,
  ];
  return `expected[${index}], ${what.filter((part) => part !== undefined).join(' ')} until ${until} (${owner}: ${reason})`;
}

function requireNetwork(network: string, where: string, names: readonly string[]): void {
  if (parseCidr(network) === undefined && !names.includes(network)) {
    throw new UserError(
      `${where}.network "${network}" is neither a network in CIDR notation nor the name of an entry of networks; mend it or add one`,
    );
  }
}

function keyOf(resource: string, where: string, keys: ReadonlyMap<string, string>): string {
  const key = keys.get(resource) ?? resourceNamed(resource)?.key;
  if (key === undefined) {
    throw new UserError(`${where}.resource "${resource}" is not the id of a resource; write it as under resources`);
  }
  return key;
}

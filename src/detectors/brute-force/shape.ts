import type { TechniqueId } from '../../model/attack.ts';
import type { Finding } from '../../model/finding.ts';
import { isWide } from './evidence.ts';
import type { Guessing } from './guessing.ts';
import { isRefused } from './verdict.ts';

/** From so many names on it is spraying: one password, or a few, tried on many. */
export const SPRAY_NAMES = 5;
/** Tries of one address, and of all in a day, that scanners of the whole internet make. */
const NOISE_TRIES = 2;
const NOISE_PER_DAY = 3;
const DAY_MS = 86_400_000;
const PLAIN = 'Suspected brute force attack';
const ON_VALID_USER = 'Suspected brute force attack using a valid user';

export type Shape = Pick<Finding, 'variant' | 'displayName' | 'severity'>;

/** What kind of guessing it is, and how grave. */
export function shapeOf(guessing: Guessing): Shape {
  if (guessing.logins > 0) {
    return { variant: 'successful', displayName: 'Suspected successful brute force attack', severity: 'High' };
  }
  if (guessing.isMisconfigured) {
    return { variant: 'misconfigured client', displayName: 'Login that keeps failing', severity: 'Informational' };
  }
  if (isRefused(guessing)) {
    const variant = guessing.resource.engine === 'cosmosdb' ? 'not allowed' : 'refused by pg_hba.conf';
    return { variant, displayName: PLAIN, severity: 'Low' };
  }
  return shapeOfGuesses(guessing);
}

function shapeOfGuesses(guessing: Guessing): Shape {
  const isValid = [...guessing.names.values()].some(({ role }) => role === 'seems to exist');
  if (isWide(guessing)) {
    const displayName = guessing.subject === 'principal' && isValid ? ON_VALID_USER : PLAIN;
    return { variant: 'distributed', displayName, severity: isNoise(guessing) ? 'Low' : 'Medium' };
  }
  if (guessing.brokenRule?.kind === 'sequential') {
    const isAimed = isValid || guessing.resource.engine === 'cosmosdb';
    return {
      variant: 'low and slow',
      displayName: isValid ? ON_VALID_USER : PLAIN,
      severity: isAimed ? 'Medium' : 'Low',
    };
  }
  if (guessing.resource.engine === 'cosmosdb') {
    return { variant: 'wrong credential', displayName: PLAIN, severity: 'Medium' };
  }
  if (guessing.names.size >= SPRAY_NAMES) {
    return { variant: 'spray', displayName: PLAIN, severity: 'Medium' };
  }
  return isValid
    ? { variant: 'valid user', displayName: ON_VALID_USER, severity: 'Medium' }
    : { variant: 'unknown users', displayName: PLAIN, severity: 'Medium' };
}

/** Whether it is what every open port sees: a try or two of each address, a few a day. */
function isNoise({ addresses, failures, firstTime, lastFailureTime }: Guessing): boolean {
  const isLight = [...addresses.values()].every((tries) => tries <= NOISE_TRIES);
  return isLight && (failures - 1) * DAY_MS < NOISE_PER_DAY * (lastFailureTime - firstTime);
}

export function techniqueOf({ names }: Guessing): TechniqueId {
  return names.size >= SPRAY_NAMES ? 'T1110.003' : 'T1110.001';
}

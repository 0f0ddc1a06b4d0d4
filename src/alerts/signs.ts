import type { Finding } from '../model/finding.ts';
import { kindOf } from './alert-kind.ts';

/** What an alert says of an intrusion: how somebody tried to come, how they came, what they did. */
export type Sign =
  | 'guessing'
  | 'success after guessing'
  | 'new country or data centre'
  | 'new network'
  | 'listed address'
  | 'unfamiliar principal'
  | 'unusual client'
  | 'bulk read'
  | 'SQL injection'
  | 'dangerous statement'
  | 'extraction of keys';

/** Signs by kind of alert: see `kindOf`. Kinds that are not here (weak authentication, forged lines) are none. */
const SIGNS: Readonly<Record<string, (finding: Finding) => Sign | undefined>> = {
  BruteForce: ({ displayName }) => (displayName.includes('successful') ? 'success after guessing' : 'guessing'),
  GeoAnomaly: ({ variant }) => (variant === 'new country' ? 'new country or data centre' : 'new network'),
  DataCenterAnomaly: () => 'new country or data centre',
  CloudProviderAnomaly: () => 'new country or data centre',
  SuspiciousIpAnomaly: listed,
  SuspiciousIp: listed,
  TorAnomaly: listed,
  PrincipalAnomaly: () => 'unfamiliar principal',
  DomainAnomaly: () => 'unfamiliar principal',
  HarmfulApplication: clientSign,
  DataExfiltrationAnomaly: () => 'bulk read',
  PotentialSqlInjection: () => 'SQL injection',
  'SqlInjection.DataExfiltration': () => 'SQL injection',
  DangerousStatement: () => 'dangerous statement',
  'SuspiciousListKeys.SuspiciousPrincipal': () => 'extraction of keys',
};

/** What was guessed before somebody came. */
export const GUESSES: readonly Sign[] = ['guessing', 'success after guessing'];
/** How somebody came who got in: each of another kind than the others, the two of places but once. */
export const FAR: readonly Sign[] = ['new country or data centre', 'listed address'];
export const UNUSUAL: readonly Sign[] = [...FAR, 'new network', 'unfamiliar principal', 'unusual client'];
/** What somebody did who was in. */
export const ACTIONS: readonly Sign[] = ['bulk read', 'SQL injection', 'dangerous statement', 'extraction of keys'];

export function signOf(finding: Finding): Sign | undefined {
  const kind = kindOf(finding.alertType);
  return Object.hasOwn(SIGNS, kind) ? SIGNS[kind]!(finding) : undefined;
}

/** Who only tries from a listed address is not in. */
function listed({ variant }: Finding): Sign | undefined {
  return variant === 'success' ? 'listed address' : undefined;
}

/** A tool that copies databases says the same as the copy that it makes: both together are no more than one. */
function clientSign({ variant }: Finding): Sign | undefined {
  return variant.includes('probe') ? undefined : variant === 'copying tool' ? 'bulk read' : 'unusual client';
}

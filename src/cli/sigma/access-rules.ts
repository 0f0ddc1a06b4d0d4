import { settings as bruteForceSettings } from '../../detectors/brute-force/settings.ts';
import { ATTACK_TOOLS } from '../../detectors/harmful-application/client-kind.ts';
import {
  ACTIVITY_LOG,
  correlationRule,
  eventRule,
  POSTGRESQL_FIELDS,
  POSTGRESQL_LOG,
  type SigmaRule,
} from './sigma-rule.ts';

const FAILED = 'vedette_failed_login';
const AUTHORIZED = 'vedette_authorized_login';
const GUESS = { tactic: 'TA0006', technique: 'T1110.001' } as const;
const VALID = { tactic: 'TA0001', technique: 'T1078' } as const;

/** Guessing: single failures mean nothing, so that they are of the lowest level. */
function guessingRules(): SigmaRule[] {
  const { failureCount, windowMinutes } = bruteForceSettings.parse({});
  return [
    eventRule(
      {
        name: FAILED,
        title: 'PostgreSQL login failed',
        description: 'A login was refused: class 28 of SQLSTATE. Counted by the rules for guessing.',
        severity: 'Informational',
        attack: GUESS,
        falsePositives: ['Mistyped passwords', 'Secrets that were rotated'],
      },
      POSTGRESQL_LOG,
      { refused: { error_severity: 'FATAL', 'state_code|re': '^28(?:P01|000)$' }, condition: 'refused' },
      POSTGRESQL_FIELDS,
    ),
    eventRule(
      {
        name: AUTHORIZED,
        title: 'PostgreSQL login succeeded',
        description: 'A session was authorized. Counted by the rules for guessing.',
        severity: 'Informational',
        attack: VALID,
        falsePositives: ['Every login'],
      },
      POSTGRESQL_LOG,
      { authorized: { 'message|startswith': 'connection authorized:' }, condition: 'authorized' },
      POSTGRESQL_FIELDS,
    ),
    correlationRule(
      {
        name: 'vedette_brute_force',
        title: 'PostgreSQL passwords are guessed from one address',
        description: `${failureCount} failed logins of one address within ${windowMinutes} minutes: the threshold of Vedette’s detector brute-force.`,
        severity: 'Medium',
        attack: GUESS,
        falsePositives: ['A service whose secret was rotated', 'A load balancer in front of many clients'],
      },
      {
        type: 'event_count',
        rules: [FAILED],
        'group-by': ['remote_host'],
        timespan: `${windowMinutes}m`,
        condition: { gte: failureCount },
      },
    ),
    correlationRule(
      {
        name: 'vedette_brute_force_successful',
        title: 'PostgreSQL login succeeded after passwords were guessed',
        description: 'An address that guessed passwords got in.',
        severity: 'High',
        attack: GUESS,
        falsePositives: ['A person who mistyped a password often'],
      },
      {
        type: 'temporal_ordered',
        rules: ['vedette_brute_force', AUTHORIZED],
        'group-by': ['remote_host'],
        timespan: `${windowMinutes}m`,
      },
    ),
  ];
}

/** Deterministic ones about who comes in, and how. */
export function accessRules(): SigmaRule[] {
  return [
    ...guessingRules(),
    eventRule(
      {
        name: 'vedette_harmful_application',
        title: 'PostgreSQL client is called like a tool for attacks',
        description:
          'The client gives the name of a tool made for attacks; Vedette also tells such tools by what they do.',
        severity: 'High',
        attack: { tactic: 'TA0043', technique: 'T1595' },
        falsePositives: ['Penetration tests'],
      },
      POSTGRESQL_LOG,
      { tool: { 'application_name|contains': [...ATTACK_TOOLS] }, condition: 'tool' },
      POSTGRESQL_FIELDS,
    ),
    eventRule(
      {
        name: 'vedette_weak_authentication_trust',
        title: 'PostgreSQL asks for no password',
        description: 'A session came in by the method trust from another machine.',
        severity: 'Informational',
        attack: VALID,
        falsePositives: ['Networks that are closed to everybody else'],
      },
      POSTGRESQL_LOG,
      {
        trust: { 'message|contains': 'method=trust' },
        local: { remote_host: ['[local]', '127.0.0.1', '::1'] },
        condition: 'trust and not local',
      },
      POSTGRESQL_FIELDS,
    ),
    eventRule(
      {
        name: 'vedette_weak_authentication_unencrypted',
        title: 'PostgreSQL session is not encrypted',
        description: 'A session was authorized from another machine without TLS.',
        severity: 'Informational',
        attack: { tactic: 'TA0006', technique: 'T1040' },
        falsePositives: ['Networks that encrypt by themselves'],
      },
      POSTGRESQL_LOG,
      {
        authorized: { 'message|startswith': 'connection authorized:' },
        encrypted: { 'message|contains': ['SSL enabled', 'GSS ('] },
        local: { remote_host: ['[local]', '127.0.0.1', '::1'] },
        condition: 'authorized and not encrypted and not local',
      },
      POSTGRESQL_FIELDS,
    ),
    eventRule(
      {
        name: 'vedette_key_extraction',
        title: 'Keys of a Cosmos DB account are listed or regenerated',
        description: 'Whoever has the keys has the data. Vedette tells it only of principals that never did so before.',
        severity: 'Medium',
        attack: { tactic: 'TA0006', technique: 'T1555.006' },
        falsePositives: ['Deployments and applications that fetch the keys as a matter of routine'],
      },
      ACTIVITY_LOG,
      {
        keys: {
          operationName: [
            'MICROSOFT.DOCUMENTDB/DATABASEACCOUNTS/LISTKEYS/ACTION',
            'MICROSOFT.DOCUMENTDB/DATABASEACCOUNTS/REGENERATEKEY/ACTION',
          ],
        },
        condition: 'keys',
      },
      ['time', 'caller', 'callerIpAddress', 'resourceId', 'operationName'],
    ),
  ];
}

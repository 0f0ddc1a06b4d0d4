/** MITRE ATT&CK release that the ids below belong to. */
export const ATTACK_VERSION = '19';

export interface Tactic {
  name: string;
  /** The word Azure's alert schema has for it in `intent`. */
  intent: string;
}

/** The tactics we use. Source: attack.mitre.org/tactics/enterprise. */
export const TACTICS = {
  TA0001: { name: 'Initial Access', intent: 'InitialAccess' },
  TA0006: { name: 'Credential Access', intent: 'CredentialAccess' },
  TA0009: { name: 'Collection', intent: 'Collection' },
  TA0010: { name: 'Exfiltration', intent: 'Exfiltration' },
  TA0043: { name: 'Reconnaissance', intent: 'PreAttack' },
} as const satisfies Record<string, Tactic>;
export type TacticId = keyof typeof TACTICS;

export interface Technique {
  name: string;
  tactics: readonly TacticId[];
}

/** The techniques we use, each with the tactics it serves. Source: attack.mitre.org/techniques/enterprise. */
export const TECHNIQUES = {
  T1078: { name: 'Valid Accounts', tactics: ['TA0001'] },
  'T1078.004': { name: 'Valid Accounts: Cloud Accounts', tactics: ['TA0001'] },
  T1110: { name: 'Brute Force', tactics: ['TA0006'] },
  'T1110.001': { name: 'Brute Force: Password Guessing', tactics: ['TA0006'] },
  'T1110.003': { name: 'Brute Force: Password Spraying', tactics: ['TA0006'] },
  'T1213.006': { name: 'Data from Information Repositories: Databases', tactics: ['TA0009'] },
  T1567: { name: 'Exfiltration Over Web Service', tactics: ['TA0010'] },
  T1595: { name: 'Active Scanning', tactics: ['TA0043'] },
} as const satisfies Record<string, Technique>;
export type TechniqueId = keyof typeof TECHNIQUES;

/** One tactic with the technique that serves it. */
export interface Attack {
  tactic: TacticId;
  technique: TechniqueId;
}

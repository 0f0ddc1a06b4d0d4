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
  TA0002: { name: 'Execution', intent: 'Execution' },
  TA0003: { name: 'Persistence', intent: 'Persistence' },
  TA0007: { name: 'Discovery', intent: 'Discovery' },
  TA0040: { name: 'Impact', intent: 'Impact' },
  TA0112: { name: 'Defense Impairment', intent: 'DefenseEvasion' },
} as const satisfies Record<string, Tactic>;
export type TacticId = keyof typeof TACTICS;

export interface Technique {
  name: string;
  tactics: readonly TacticId[];
}

/** The techniques we use, each with the tactics it serves. Source: attack.mitre.org/techniques/enterprise. */
export const TECHNIQUES = {
  T1078: { name: 'Valid Accounts', tactics: ['TA0001'] },
  'T1078.001': { name: 'Valid Accounts: Default Accounts', tactics: ['TA0001'] },
  'T1078.004': { name: 'Valid Accounts: Cloud Accounts', tactics: ['TA0001'] },
  T1110: { name: 'Brute Force', tactics: ['TA0006'] },
  'T1110.001': { name: 'Brute Force: Password Guessing', tactics: ['TA0006'] },
  'T1110.003': { name: 'Brute Force: Password Spraying', tactics: ['TA0006'] },
  'T1213.006': { name: 'Data from Information Repositories: Databases', tactics: ['TA0009'] },
  T1567: { name: 'Exfiltration Over Web Service', tactics: ['TA0010'] },
  T1595: { name: 'Active Scanning', tactics: ['TA0043'] },
  T1003: { name: 'OS Credential Dumping', tactics: ['TA0006'] },
  T1005: { name: 'Data from Local System', tactics: ['TA0009'] },
  T1040: { name: 'Network Sniffing', tactics: ['TA0006', 'TA0007'] },
  T1048: { name: 'Exfiltration Over Alternative Protocol', tactics: ['TA0010'] },
  T1059: { name: 'Command and Scripting Interpreter', tactics: ['TA0002'] },
  T1083: { name: 'File and Directory Discovery', tactics: ['TA0007'] },
  T1098: { name: 'Account Manipulation', tactics: ['TA0003'] },
  'T1098.001': { name: 'Account Manipulation: Additional Cloud Credentials', tactics: ['TA0003'] },
  T1190: { name: 'Exploit Public-Facing Application', tactics: ['TA0001'] },
  T1485: { name: 'Data Destruction', tactics: ['TA0040'] },
  'T1555.006': { name: 'Credentials from Password Stores: Cloud Secrets Management Stores', tactics: ['TA0006'] },
  'T1505.001': { name: 'Server Software Component: SQL Stored Procedures', tactics: ['TA0003'] },
  T1685: { name: 'Disable or Modify Tools', tactics: ['TA0112'] },
  'T1565.001': { name: 'Data Manipulation: Stored Data Manipulation', tactics: ['TA0040'] },
} as const satisfies Record<string, Technique>;
export type TechniqueId = keyof typeof TECHNIQUES;

/** One tactic with the technique that serves it. */
export interface Attack {
  tactic: TacticId;
  technique: TechniqueId;
}

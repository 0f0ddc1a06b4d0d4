import { LEAVING_FUNCTIONS } from '../../detectors/dangerous-statement/actions-of.ts';
import type { Attack } from '../../model/attack.ts';
import type { Severity } from '../../model/severity.ts';
import { eventRule, POSTGRESQL_FIELDS, POSTGRESQL_LOG, type RuleHead, type SigmaRule } from './sigma-rule.ts';

interface Kind {
  variant: string;
  title: string;
  severity: Severity;
  attack: Attack;
  /** Regular expressions, any of which the logged statement fits; letter case does not matter. */
  patterns: readonly string[];
  falsePositives: readonly string[];
}

const KINDS: readonly Kind[] = [
  {
    variant: 'program',
    title: 'PostgreSQL statement runs a program of the server',
    severity: 'High',
    attack: { tactic: 'TA0002', technique: 'T1059' },
    patterns: [String.raw`\bcopy\b.+\b(?:from|to)\s+program\b`, String.raw`\balter\s+system\s+set\s+\w+_command\b`],
    falsePositives: ['Maintenance that loads or archives files by a program'],
  },
  {
    variant: 'file',
    title: 'PostgreSQL statement reads or writes a file of the server',
    severity: 'High',
    attack: { tactic: 'TA0009', technique: 'T1005' },
    patterns: [functionPattern('file'), String.raw`\bcopy\b.+\b(?:from|to)\s+'/`],
    falsePositives: ['Monitoring that reads the server’s own files', 'Bulk loads from files of the server'],
  },
  {
    variant: 'language',
    title: 'PostgreSQL statement allows code that the server runs unconfined',
    severity: 'High',
    attack: { tactic: 'TA0003', technique: 'T1505.001' },
    patterns: [
      String.raw`\bcreate\s+(?:extension|language|trusted\s+language)\s+.*\bpl(?:python[23]?|perl|tcl|ruby|lua)u\b`,
      String.raw`\bcreate\s+(?:or\s+replace\s+)?function\b.+\blanguage\s+'?c\b`,
    ],
    falsePositives: ['Installation of an extension by its vendor’s script'],
  },
  {
    variant: 'privilege',
    title: 'PostgreSQL role is given powers over the server',
    severity: 'High',
    attack: { tactic: 'TA0003', technique: 'T1098' },
    patterns: [
      String.raw`\b(?:alter|create)\s+(?:role|user)\b.+\bsuperuser\b`,
      String.raw`\bgrant\s+pg_(?:execute_server_program|(?:read|write)_server_files)\b`,
    ],
    falsePositives: ['Set-up of an administrator'],
  },
  {
    variant: 'password hashes',
    title: 'PostgreSQL password hashes are read',
    severity: 'High',
    attack: { tactic: 'TA0006', technique: 'T1003' },
    patterns: [String.raw`\bfrom\b.*\bpg_(?:authid|shadow)\b`],
    falsePositives: ['pg_dumpall', 'A pooler’s auth_query for single roles'],
  },
  {
    variant: 'audit off',
    title: 'PostgreSQL logs less from now on',
    severity: 'High',
    attack: { tactic: 'TA0112', technique: 'T1685' },
    patterns: [
      String.raw`\b(?:alter\s+(?:system|role|user|database)\b.+)?\bset\s+(?:log_(?:connections|disconnections|statement|min_duration_statement|min_messages|min_error_statement)|logging_collector|pgaudit\.log)\s*(?:=|\bto\b)\s*'?(?:off|none|false|no|0|-1|fatal|panic)\b`,
    ],
    falsePositives: ['Sessions of tools that keep secrets out of the log'],
  },
  {
    variant: 'outside connection',
    title: 'PostgreSQL server connects to another database',
    severity: 'Low',
    attack: { tactic: 'TA0010', technique: 'T1048' },
    patterns: [functionPattern('outside connection'), String.raw`\bcreate\s+server\b.+\bforeign\s+data\s+wrapper\b`],
    falsePositives: ['Federation and migrations by foreign data wrappers'],
  },
];

/** Statements that need no habit to be told dangerous. */
export function statementRules(): SigmaRule[] {
  return KINDS.map(({ variant, patterns, ...kind }) =>
    eventRule(headOf(variant, kind), POSTGRESQL_LOG, detectionOf(patterns), POSTGRESQL_FIELDS),
  );
}

function headOf(variant: string, kind: Omit<Kind, 'variant' | 'patterns'>): RuleHead {
  return {
    ...kind,
    name: `vedette_dangerous_statement_${variant.replaceAll(' ', '_')}`,
    description: `What Vedette tells as ${variant} by its detector dangerous-statement, without what is usual for the principal.`,
  };
}

/** What is logged as `statement: …`, as `AUDIT: …` or as a duration with its statement. */
function detectionOf(patterns: readonly string[]) {
  return {
    logged: { 'message|contains': ['statement:', 'AUDIT:', 'execute '] },
    dangerous: { 'message|re|i': [...patterns] },
    condition: 'logged and dangerous',
  };
}

/** Calls of the functions that the detector knows for a variant. */
function functionPattern(variant: string): string {
  const names = [...LEAVING_FUNCTIONS].filter(([, action]) => action.variant === variant).map(([name]) => name);
  return String.raw`\b(?:${names.join('|')})\s*\(`;
}

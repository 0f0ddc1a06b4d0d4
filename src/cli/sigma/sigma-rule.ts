import { v5 as uuid } from 'uuid';
import { type Attack, TACTICS } from '../../model/attack.ts';
import type { Severity } from '../../model/severity.ts';

/** Namespace of the ids of our rules: the same rule has the same id in every export. */
const NAMESPACE = '2f8a1a63-43a5-5b0f-8a76-0f7f0b0f5d1c';
/** When the rules were first written. */
const DATE = '2026-11-29';

/** A rule of Sigma's specification 2.1: github.com/SigmaHQ/sigma-specification. Plain data, in the order of its members. */
export type SigmaRule = Readonly<Record<string, unknown>>;

/** What a rule of ours has beside what it looks for. */
export interface RuleHead {
  /** Unique; the file is called so. */
  name: string;
  title: string;
  description: string;
  severity: Severity;
  attack: Attack;
  falsePositives: readonly string[];
}

/** `logsource` of PostgreSQL: members are those of jsonlog, since every collector can split JSON. */
export const POSTGRESQL_LOG = {
  category: 'database',
  product: 'postgresql',
  definition:
    "log_destination = 'jsonlog', log_connections = on, log_statement = 'all' (or pgaudit). Fields are jsonlog's members.",
};

/** Members that tell an analyst what happened. */
export const POSTGRESQL_FIELDS = ['timestamp', 'user', 'dbname', 'remote_host', 'application_name', 'message'];

/** `logsource` of Azure's activity log, which tells what was done to accounts. */
export const ACTIVITY_LOG = { product: 'azure', service: 'activitylogs' };

/** A rule about single events. */
export function eventRule(
  head: RuleHead,
  logsource: object,
  detection: Readonly<Record<string, unknown>>,
  fields: readonly string[],
): SigmaRule {
  return { ...headOf(head), logsource, detection, fields, falsepositives: head.falsePositives, level: levelOf(head) };
}

/** A rule about several events that other rules find: of Sigma's correlation rules. */
export function correlationRule(head: RuleHead, correlation: Readonly<Record<string, unknown>>): SigmaRule {
  return { ...headOf(head), correlation, falsepositives: head.falsePositives, level: levelOf(head) };
}

function headOf({ name, title, description, attack }: RuleHead): SigmaRule {
  return {
    title,
    id: uuid(name, NAMESPACE),
    name,
    status: 'experimental',
    description,
    references: ['https://www.postgresql.org/docs/current/runtime-config-logging.html'],
    author: 'Vedette',
    date: DATE,
    tags: [`attack.${tacticTag(attack)}`, `attack.${attack.technique.toLowerCase()}`],
  };
}

/** `TA0006`, Credential Access: `credential-access`. */
function tacticTag({ tactic }: Attack): string {
  return TACTICS[tactic].name.toLowerCase().replaceAll(' ', '-');
}

function levelOf({ severity }: RuleHead): string {
  return severity.toLowerCase();
}

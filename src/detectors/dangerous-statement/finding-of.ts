import { type EvidenceTable, type Finding, type FindingHead, lazyFinding } from '../../model/finding.ts';
import { counted, day, describeAddress, listed, minute, named } from '../describe.ts';
import type { Variant } from './actions-of.ts';
import { guidance } from './guidance.ts';
import type { Matter } from './matter.ts';

/** Customs shown. */
const MAX_ROWS = 12;
/** Control characters, line separators and what reorders text. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

const TITLES: Record<Variant, string> = {
  program: 'Program run through the database',
  file: 'Files of the server reached through the database',
  language: 'Code for the server put into the database',
  privilege: 'Power over the server given to a role',
  'password hashes': 'Password hashes read',
  'audit off': 'Logging turned down',
  'outside connection': 'Connection from the server to elsewhere',
  ransom: 'Data destroyed and a ransom note left',
};

/** The dangerous statements of one kind by one principal, as one finding: later ones with the same start replace it. */
export function findingOf(matter: Matter): Finding {
  const { dedupKey, severity, startTime, endTime, count } = matter;
  const copy = { ...matter, deeds: new Set(matter.deeds), statements: new Set(matter.statements) };
  return lazyFinding({ dedupKey, severity, startTime, endTime, count }, () => spellOut(copy));
}

function spellOut(matter: Matter): Omit<Finding, keyof FindingHead> {
  const { variant, action, entities, count, resource } = matter;
  const isAttempt = matter.refused >= count;
  return {
    alertType: 'SQL.PostgreSQL_DangerousStatement',
    variant: isAttempt ? `${variant}, attempted` : variant,
    displayName: isAttempt ? `Attempt refused: ${lowerFirst(TITLES[variant])}` : TITLES[variant],
    summary: summaryOf(matter, isAttempt),
    confidence: isAttempt ? 'medium' : 'high',
    attack: { tactic: action.tactic, technique: action.technique },
    entities,
    score: { value: count, threshold: 1, unit: 'dangerous statements' },
    baseline: baselineOf(matter),
    observed: observedOf(matter),
    rawLines: [...matter.rawLines],
    guidance: guidance(resource, variant, entities),
    isLate: matter.isLate,
  };
}

function summaryOf(matter: Matter, isAttempt: boolean): string {
  const { entities, deeds, resource, statement, customs, action, count } = matter;
  const from = entities.address === undefined ? '' : ` from ${describeAddress(entities.address)}`;
  const others = [...deeds].filter((deed) => deed !== action.deed);
  const did = isAttempt ? 'tried to' : 'used SQL to';
  const often = count === 1 ? '' : ` (${counted(count, 'statement')})`;
  const usual =
    customs.length === 0
      ? 'it had done nothing of the kind before'
      : `${counted(customs.length, 'other such statement')} of it are known from before`;
  return `${named(entities.principal)}${from} ${did} ${listed([action.deed, ...others])} at ${resource.name}${often}: ${visible(statement)}; ${usual}.`;
}

function baselineOf({ entities, variant, customs }: Matter): EvidenceTable {
  return {
    title: `What ${named(entities.principal)} did of this kind (${variant}) before`,
    columns: ['Statement', 'First seen (UTC)', 'Last seen (UTC)', 'Days', 'Count'],
    rows: customs
      .slice(0, MAX_ROWS)
      .map((custom) => [
        visible(custom.statement),
        minute(custom.firstTime),
        minute(custom.lastTime),
        String(custom.days),
        String(custom.uses),
      ]),
  };
}

function observedOf(matter: Matter): Record<string, string> {
  const { statements, count, refused, entities, startTime, endTime } = matter;
  return {
    Statements: [...statements].map(visible).join('\n'),
    Outcome:
      refused === 0
        ? 'no error followed'
        : refused >= count
          ? 'refused or failed'
          : `${refused} of ${count} refused or failed`,
    ...(entities.application !== undefined && { Application: named(entities.application) }),
    ...(entities.database !== undefined && { Database: named(entities.database) }),
    'First and last (UTC)': `${minute(startTime)} – ${minute(endTime)}`,
    Day: day(startTime),
  };
}

function visible(text: string): string {
  return text.replace(INVISIBLE, '\ufffd');
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

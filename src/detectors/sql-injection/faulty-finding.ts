import { type Finding, type FindingHead, lazyFinding } from '../../model/finding.ts';
import { counted, day, describeAddress, minute, named } from '../describe.ts';
import type { Faults } from './faulty.ts';
import { faultyGuidance } from './guidance.ts';

/** Different faulty statements from which it is no slip of one customer's keyboard. */
const MANY = 3;

/** The key of the alert about an application's faulty statements. */
export function faultyKey({ principal, application }: Faults['entities']): string {
  return `faulty|${principal}|${application}`;
}

/** Statements of one application that broke at somebody's input, as one finding. */
export function faultyFinding(faults: Faults): Finding {
  const { entities, startTime, endTime, count, statements } = faults;
  const severity = statements.size >= MANY ? 'Medium' : 'Low';
  const copy = { ...faults, statements: new Set(statements), rawLines: [...faults.rawLines] };
  return lazyFinding({ dedupKey: faultyKey(entities), severity, startTime, endTime, count }, () => spellOut(copy));
}

function spellOut(faults: Faults): Omit<Finding, keyof FindingHead> {
  const { entities, resource, count, statements, usual, startTime, endTime } = faults;
  const [first] = statements;
  const application = `${named(entities.application ?? '')} as ${named(entities.principal)}`;
  const from = entities.address === undefined ? '' : ` from ${describeAddress(entities.address)}`;
  const kinds = counted(usual.shapes, 'kind', 'kinds');
  return {
    alertType: 'SQL.PostgreSQL_VulnerabilityToSqlInjection',
    variant: 'faulty statement',
    displayName: 'Potential vulnerability to SQL injection',
    summary: `${application}${from} sent ${resource.name} ${counted(count, 'statement')} that broke behind a literal, as when input is pasted into the text: ${first ?? ''}; it usually repeats ${kinds} of statement without fault (${counted(usual.statements, 'statement')} since ${day(usual.since)}).`,
    confidence: statements.size >= MANY ? 'high' : 'medium',
    attack: { tactic: 'TA0001', technique: 'T1190' },
    entities,
    score: { value: statements.size, threshold: 1, unit: 'different faulty statements' },
    baseline: {
      title: `Statements of ${application} before`,
      columns: ['What', 'Value'],
      rows: [
        ['Statements seen', String(usual.statements)],
        ['Different ones, apart from literals', String(usual.shapes)],
        ['Known since (UTC)', minute(usual.since)],
      ],
    },
    observed: {
      'Faulty statements': String(count),
      Statements: [...statements].join('\n'),
      'First and last (UTC)': `${minute(startTime)} – ${minute(endTime)}`,
    },
    rawLines: faults.rawLines,
    guidance: faultyGuidance(resource, entities),
    isLate: faults.isLate,
  };
}

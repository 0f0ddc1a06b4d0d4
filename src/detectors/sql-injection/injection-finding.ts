import { type EvidenceTable, type Finding, type FindingHead, lazyFinding } from '../../model/finding.ts';
import type { Severity } from '../../model/severity.ts';
import { counted, day, describeAddress, duration, listed, minute, named } from '../describe.ts';
import { injectionGuidance } from './guidance.ts';
import { linesOf, type Probing, reasonsOf, scoreOf } from './probing.ts';
import { techniqueOf } from './votes.ts';

/** Reasons and statements shown. */
const MAX_REASONS = 8;
const MAX_STATEMENTS = 6;

/** Suspicious statements of one application, as one finding: later ones with the same start replace it. */
export function injectionFinding(probing: Probing): Finding {
  const { entities, startTime, endTime, count } = probing;
  const dedupKey = `${entities.principal}|${entities.application}`;
  const copy = { ...probing, probes: new Map(probing.probes), records: [...(probing.records ?? [])] };
  return lazyFinding({ dedupKey, severity: probing.severity, startTime, endTime, count }, () => spellOut(copy));
}

/** Whether something was answered, and not only refused. */
function hasWorked({ count, failed }: Probing): boolean {
  return failed < count;
}

/** How grave it is as far as is known. */
export function severityOf(probing: Probing): Severity {
  if (probing.engine === 'cosmosdb') {
    return hasWorked(probing) ? 'Medium' : 'Low';
  }
  return hasWorked(probing) ? 'High' : 'Medium';
}

function spellOut(probing: Probing): Omit<Finding, keyof FindingHead> {
  const { entities, threshold, resource } = probing;
  const score = scoreOf(probing);
  const reasons = reasonsOf(probing);
  return {
    ...kindOf(probing),
    variant: techniqueOf(reasons),
    summary: summaryOf(probing),
    confidence: score >= 1.5 * threshold ? 'high' : 'medium',
    attack: { tactic: 'TA0001', technique: 'T1190' },
    entities,
    score: { value: score, threshold, unit: 'votes' },
    baseline: baselineOf(probing),
    observed: observedOf(probing),
    rawLines: linesOf(probing),
    guidance: injectionGuidance(resource, entities),
    isLate: probing.isLate,
  };
}

function kindOf(probing: Probing): Pick<Finding, 'alertType' | 'displayName'> {
  if (probing.engine === 'postgresql') {
    return { alertType: 'SQL.PostgreSQL_PotentialSqlInjection', displayName: 'Potential SQL injection' };
  }
  return hasWorked(probing)
    ? {
        alertType: 'CosmosDB_SqlInjection.DataExfiltration',
        displayName: 'SQL injection: potential data exfiltration',
      }
    : { alertType: 'CosmosDB_SqlInjection.FailedFuzzingAttempt', displayName: 'SQL injection: fuzzing attempt' };
}

function summaryOf(probing: Probing): string {
  const { entities, resource, count, best, startTime, endTime, usual, engine } = probing;
  const application = `${named(entities.application ?? '')} as ${named(entities.principal)}`;
  const from = entities.address === undefined ? '' : ` from ${describeAddress(entities.address)}`;
  const noun = engine === 'postgresql' ? 'statement' : 'query';
  const many = engine === 'postgresql' ? 'statements' : 'queries';
  const when = count === 1 ? '' : ` ${duration(endTime - startTime)}`;
  const reasons = listed(
    [...best.votes].sort((a, b) => b.votes - a.votes).map(({ reason }) => reason),
    3,
  );
  const before = `${counted(usual.statements, noun, many)} of ${counted(usual.shapes, 'kind')} since ${day(usual.since)}`;
  return `${application}${from} sent ${resource.name} ${counted(count, noun, many)}${when} that look put together from a query and somebody's input (${reasons}): ${best.statement}; before, it had sent ${before}.`;
}

function baselineOf({ usual, entities }: Probing): EvidenceTable {
  return {
    title: `Statements of ${named(entities.application ?? '')} as ${named(entities.principal)} before`,
    columns: ['What', 'Value'],
    rows: [
      ['Statements seen', String(usual.statements)],
      ['Different ones, apart from literals', String(usual.shapes)],
      ['Known since (UTC)', minute(usual.since)],
    ],
  };
}

function observedOf(probing: Probing): Record<string, string> {
  const { probes, count, failed, startTime, endTime } = probing;
  const gravest = [...probes.values()].sort((a, b) => b.score - a.score);
  return {
    'Suspicious statements': String(count),
    'Of them refused or failed': String(failed),
    'Different ones': String(probes.size),
    'What was seen': reasonsOf(probing)
      .slice(0, MAX_REASONS)
      .map(({ reason, votes }) => `${reason} (${votes})`)
      .join('; '),
    Statements: gravest
      .slice(0, MAX_STATEMENTS)
      .map(({ statement }) => statement)
      .join('\n'),
    'First and last (UTC)': `${minute(startTime)} – ${minute(endTime)}`,
  };
}

import { type Finding, type FindingHead, lazyFinding } from '../../model/finding.ts';
import { counted, describeAddress, duration, listed, minute, named } from '../describe.ts';
import { clientGuidance } from './guidance.ts';
import type { Missing } from './missing-databases.ts';

/** Names shown in the evidence. */
const MAX_ROWS = 12;

/** Databases that do not exist, as the one finding about them: later ones with the same start replace it. */
export function missingFinding(missing: Missing): Finding {
  const { facts, isSuspect, firstTime: startTime, lastTime: endTime, count } = missing;
  const severity = isSuspect ? 'Medium' : 'Low';
  const head = { dedupKey: `databases|${facts.address}`, severity, startTime, endTime, count } as const;
  return lazyFinding(head, () => spellOut(missing));
}

function spellOut(missing: Missing): Omit<Finding, keyof FindingHead> {
  const { resource, facts, principals, names, firstTime, lastTime, count, threshold } = missing;
  const [principal = '', ...others] = principals;
  const entities = { address: facts, principal, ...(others.length > 0 && { otherPrincipals: others }) };
  const shown = [...names.values()].map(named);
  const who = listed([...principals].map(named));
  return {
    alertType: 'SQL.PostgreSQL_HarmfulApplication',
    variant: 'tool behaviour',
    displayName: 'Login by a potentially harmful application',
    summary: `${who} asked ${resource.name} from ${describeAddress(facts)} for ${counted(names.size, 'database')} that ${names.size === 1 ? 'does' : 'do'} not exist ${duration(lastTime - firstTime)}: ${listed(shown)}; applications know the names of their databases.`,
    confidence: missing.isSuspect ? 'high' : 'medium',
    attack: { tactic: 'TA0001', technique: 'T1078' },
    entities,
    score: { value: names.size, threshold, unit: 'different databases that do not exist' },
    baseline: {
      title: 'Databases asked for that do not exist',
      columns: ['Database'],
      rows: shown.slice(0, MAX_ROWS).map((name) => [name]),
    },
    observed: {
      Logins: String(count),
      'Different databases': String(names.size),
      'First and last (UTC)': `${minute(firstTime)} – ${minute(lastTime)}`,
    },
    rawLines: missing.records.map((record) => record.show()),
    guidance: clientGuidance(resource, entities),
    isLate: missing.isLate,
  };
}

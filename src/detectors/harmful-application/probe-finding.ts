import { type Finding, type FindingHead, lazyFinding } from '../../model/finding.ts';
import type { Severity } from '../../model/severity.ts';
import { counted, describeAddress, duration, listed, minute, named } from '../describe.ts';
import { probeGuidance } from './guidance.ts';
import { countOf, type Probe } from './probe.ts';

/** Failed logins after a probe that make it more than a look: fewer are a scanner's one try. */
export const MEDIUM_FAILURES = 3;

/** A probe as the one finding about it: later ones with the same start replace it. */
export function probeFinding(probe: Probe): Finding {
  const { dedupKey, firstTime: startTime, lastTime: endTime } = probe;
  const head = { dedupKey, severity: severityOf(probe), startTime, endTime, count: countOf(probe) };
  return lazyFinding(head, () => spellOut(probe));
}

function severityOf({ kind, failures, logins }: Probe): Severity {
  if (kind === 'noise') {
    return 'Informational';
  }
  return failures >= MEDIUM_FAILURES || logins > 0 ? 'Medium' : 'Low';
}

function spellOut(probe: Probe): Omit<Finding, keyof FindingHead> {
  const { kind, resource, facts, others, oddities, connections, names, failures, logins } = probe;
  return {
    alertType: 'SQL.PostgreSQL_HarmfulApplication',
    variant: 'probe or scan',
    displayName: kind === 'noise' ? 'Scanned from outside' : 'Probed by a potentially harmful application',
    summary: summaryOf(probe),
    confidence: oddities > 1 ? 'high' : 'medium',
    attack: { tactic: 'TA0043', technique: 'T1595' },
    entities: {
      address: facts,
      ...(others.size > 0 && { otherAddresses: [...others.values()] }),
      ...(names.size === 1 && { principal: [...names][0]! }),
      ...(names.size > 1 && { otherPrincipals: [...names] }),
    },
    score: {
      value: Math.max(connections, oddities),
      threshold: probe.threshold,
      unit: 'connections on which nobody logged in',
    },
    baseline: {
      title: `What clients of ${resource.name} do on a connection`,
      columns: ['', 'Clients of PostgreSQL', 'Seen here'],
      rows: [
        ['Log in, or try to', 'always', String(failures + logins)],
        ['Send packets that are none of the protocol', 'never', String(oddities)],
        [
          'Open connections and say nothing',
          'health checks, once a second at most',
          String(Math.max(0, connections - oddities)),
        ],
      ],
    },
    observed: observedOf(probe),
    rawLines: probe.records.map((record) => record.show()),
    guidance: probeGuidance(facts.address),
    isLate: probe.isLate,
  };
}

function summaryOf(probe: Probe): string {
  const { kind, resource, facts, oddities, connections, firstTime, lastTime } = probe;
  const what =
    oddities > 0
      ? `${counted(oddities, 'packet')} that ${oddities === 1 ? 'is' : 'are'} none of PostgreSQL's protocol`
      : `nothing on ${counted(connections, 'connection')}`;
  if (kind === 'noise') {
    return `${addressesOf(probe)} sent ${resource.name} ${what}; so scanners look what answers at a port.`;
  }
  return `${describeAddress(facts)} sent ${resource.name} ${what} ${duration(lastTime - firstTime)}${aftermathOf(probe)}; clients of PostgreSQL name a user at once.`;
}

function addressesOf({ facts, others, hasMoreAddresses }: Probe): string {
  const all = [facts, ...others.values()].map(({ address }) => named(address));
  return hasMoreAddresses ? `More than ${all.length} addresses` : listed(all);
}

function aftermathOf({ failures, logins, names }: Probe): string {
  const who = names.size === 0 ? '' : ` as ${listed([...names].map(named))}`;
  if (logins > 0) {
    return `, and logged in${who}`;
  }
  return failures === 0 ? '' : `, and then failed ${counted(failures, 'login')}${who}`;
}

function observedOf(probe: Probe): Record<string, string> {
  const { connections, oddities, others, hasMoreAddresses, failures, logins, firstTime, lastTime } = probe;
  const addresses = others.size + 1;
  return {
    Connections: String(Math.max(connections, oddities)),
    'Packets that are none of the protocol': String(oddities),
    Addresses: hasMoreAddresses ? `more than ${addresses}` : String(addresses),
    ...(failures > 0 && { 'Failed logins afterwards': String(failures) }),
    ...(logins > 0 && { 'Logins afterwards': String(logins) }),
    'First and last (UTC)': `${minute(firstTime)} – ${minute(lastTime)}`,
  };
}

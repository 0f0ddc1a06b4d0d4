import { createDisjointSets, type DisjointSets } from '../lib/disjoint-sets.ts';
import type { Finding } from '../model/finding.ts';
import type { MergedAlert } from './access-alerts.ts';
import { OPEN_MS } from './open-time.ts';
import { signOf, UNUSUAL } from './signs.ts';

/** Alerts further apart than this are of different intrusions: as long as an alert stays open. */
const CHAIN_MS = OPEN_MS;
/** A principal that came from more addresses in an unusual way is one that everything uses: it links nothing more. */
const MAX_SOURCES = 3;

/** Where a chain may go on: the alert that told of it last, and from which addresses the principal came. */
interface Link {
  index: number;
  endTime: number;
  sources: Set<string>;
  /** It came from too many of them. */
  isShared: boolean;
}

/**
 * The alerts of each intrusion, in the order in which they were opened; intrusions in that of their first alerts.
 *
 * One follows another within a day when it has the same source address, or the principal of an earlier suspicious
 * success. A trusted network and a Unix socket are no sources: there the principal must be the same, too. What is
 * Informational belongs to nothing.
 *
 * @param alerts of one resource, in the order in which they were opened
 */
export function intrusionsOf(alerts: readonly MergedAlert[]): MergedAlert[][] {
  const sets = createDisjointSets(alerts.length); // of two chains that meet, the older one names both
  const sources: Links = new Map();
  const suspects: Links = new Map();
  for (const [index, alert] of alerts.entries()) {
    if (alert.finding.severity === 'Informational') {
      continue;
    }
    for (const source of sourcesOf(alert.finding)) {
      joinLink(sources, source, alert, index, sets);
    }
    const { principal } = alert.finding.entities;
    if (principal !== undefined && principal !== '') {
      followPrincipal(suspects, principal, alert, index, sets);
    }
  }
  return [...Map.groupBy(alerts, (_, i) => sets.leastOf(i)).values()];
}

type Links = Map<string, Link>;

/** Joins an alert to the latest with the same key, if that is of the same day, and is the latest from now on. */
function joinLink(links: Links, key: string, alert: MergedAlert, index: number, sets: DisjointSets): Link {
  const known = links.get(key);
  const isFresh = known !== undefined && alert.startTime - known.endTime <= CHAIN_MS;
  if (isFresh) {
    sets.join(known.index, index);
  }
  const link = {
    index,
    endTime: Math.max(alert.endTime, isFresh ? known.endTime : alert.endTime),
    sources: isFresh ? known.sources : new Set<string>(),
    isShared: false,
  };
  links.set(key, link);
  return link;
}

/** Joins an alert to an earlier suspicious success of its principal; notes it where it is one itself. */
function followPrincipal(
  suspects: Links,
  principal: string,
  alert: MergedAlert,
  index: number,
  sets: DisjointSets,
): void {
  const known = suspects.get(principal);
  const isFresh = known !== undefined && alert.startTime - known.endTime <= CHAIN_MS;
  if (!isSuspiciousSuccess(alert)) {
    if (isFresh && !known.isShared) {
      sets.join(known.index, index);
    }
    return;
  }
  const source = alert.finding.entities.address?.address ?? '';
  if (isFresh && (known.isShared || (known.sources.size >= MAX_SOURCES && !known.sources.has(source)))) {
    known.isShared = true;
    known.endTime = Math.max(known.endTime, alert.endTime);
  } else {
    joinLink(suspects, principal, alert, index, sets).sources.add(source);
  }
}

function isSuspiciousSuccess({ parts }: MergedAlert): boolean {
  return parts.some(({ finding }) => isSuccessful(finding));
}

/** Somebody got in who perhaps should not have. */
export function isSuccessful(finding: Finding): boolean {
  const sign = signOf(finding);
  return sign !== undefined && (sign === 'success after guessing' || UNUSUAL.includes(sign));
}

/** What stands for the sources of an alert. */
export function sourcesOf({ entities }: Finding): string[] {
  const { address, otherAddresses, principal } = entities;
  return [...(address === undefined ? [] : [address]), ...(otherAddresses ?? [])].flatMap((facts) => {
    if (facts.address === '[local]') {
      return [];
    }
    return facts.namedNetwork?.trusted ? JSON.stringify([facts.address, principal ?? '']) : facts.address;
  });
}

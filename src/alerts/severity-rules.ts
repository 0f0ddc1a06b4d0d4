import { minute } from '../lib/wording.ts';
import { SEVERITIES, type Severity } from '../model/severity.ts';
import { isOfOneAccess, type MergedAlert } from './access-alerts.ts';
import { ACTIONS, FAR, GUESSES, type Sign, signOf, UNUSUAL } from './signs.ts';

/** What raises the severity of an alert: it together with earlier ones of the same intrusion. */
export interface SeverityRule {
  /** What the alert says. */
  what: string;
  /** What it, or earlier alerts of the intrusion, say as well. */
  together: string;
  /** The alert gets this severity at least. */
  severity: Severity;
  holds(own: readonly Sign[], earlier: readonly Sign[]): boolean;
  /** Earlier alerts with these are named as the reason. */
  witnesses: readonly Sign[];
}

/** Unusual alone is Low; together with what else was seen it may wake a person. The gravest rule that holds counts. */
export const SEVERITY_RULES: readonly SeverityRule[] = [
  {
    what: 'a login that is unusual by its place or principal',
    together: 'guessing before',
    severity: 'High',
    holds: (own, earlier) => isLogin(own) && has(earlier, GUESSES),
    witnesses: GUESSES,
  },
  {
    what: 'a bulk read, SQL injection, dangerous statement or extraction of keys',
    together: 'a successful guess before',
    severity: 'High',
    holds: (own, earlier) => has(own, ACTIONS) && earlier.includes('success after guessing'),
    witnesses: ['success after guessing'],
  },
  {
    what: 'a bulk read, SQL injection, dangerous statement or extraction of keys',
    together: 'a login from a new country, a new data centre or a listed address before',
    severity: 'High',
    holds: (own, earlier) => has(own, ACTIONS) && has(earlier, FAR),
    witnesses: FAR,
  },
  {
    what: 'a bulk read, SQL injection, dangerous statement or extraction of keys',
    together: 'two of place, principal and client unusual before',
    severity: 'High',
    holds: (own, earlier) => has(own, ACTIONS) && kindsOf(earlier) > 1,
    witnesses: UNUSUAL,
  },
  {
    what: 'a bulk read, SQL injection, dangerous statement or extraction of keys',
    together: 'one of place, principal and client unusual before',
    severity: 'Medium',
    holds: (own, earlier) => has(own, ACTIONS) && kindsOf(earlier) > 0,
    witnesses: UNUSUAL,
  },
  {
    what: 'an access that is unusual by its place, principal or client',
    together: 'another of the three unusual, too',
    severity: 'Medium',
    holds: (own, earlier) => kindsOf(own) > 0 && kindsOf([...own, ...earlier]) > 1,
    witnesses: UNUSUAL,
  },
];

/**
 * Who comes from a new place through a new client is told by two detectors, and the one that tells of the client has
 * weighed the place: the same access under both signs is no more than under one.
 */
const PLACES: readonly Sign[] = [...FAR, 'new network'];
/** Earlier alerts named in a reason. */
const MAX_NAMED = 3;

/** An alert, how grave it is within its intrusion, and why it is graver than by itself. */
export interface GradedAlert {
  alert: MergedAlert;
  severity: Severity;
  /** Absent where nothing raised it. */
  reason?: string;
}

/** What the earlier alerts of an intrusion say, and the first of them that say it. */
type Earlier = Map<Sign, MergedAlert[]>;

/** @param intrusion its alerts, in the order in which they were opened */
export function gradeAlerts(intrusion: readonly MergedAlert[]): GradedAlert[] {
  const earlier: Earlier = new Map();
  return intrusion.map((alert) => {
    const graded = grade(alert, earlier);
    for (const sign of signsOf(alert)) {
      const witnesses = earlier.get(sign) ?? [];
      if (witnesses.length < MAX_NAMED) {
        earlier.set(sign, [...witnesses, alert]);
      }
    }
    return graded;
  });
}

function grade(alert: MergedAlert, earlier: Earlier): GradedAlert {
  const { severity } = alert.finding;
  const own = signsOf(alert);
  const before = signsBefore(alert, own, earlier);
  const [rule] = SEVERITY_RULES.filter((candidate) => candidate.holds(own, before)).sort(
    (a, b) => level(b.severity) - level(a.severity),
  );
  return rule === undefined || severity === 'Informational' || level(rule.severity) <= level(severity)
    ? { alert, severity }
    : { alert, severity: rule.severity, reason: reasonOf(severity, rule, earlier) };
}

/** What earlier alerts say, but for what is told twice. */
function signsBefore(alert: MergedAlert, own: readonly Sign[], earlier: Earlier): Sign[] {
  const places = PLACES.flatMap((sign) => [...(earlier.get(sign) ?? []), ...(own.includes(sign) ? [alert] : [])]);
  const clients = own.includes('unusual client') ? [alert] : [];
  return [...earlier].flatMap(([sign, told]) => {
    const others = sign === 'unusual client' ? places : PLACES.includes(sign) ? clients : [];
    return told.every((one) => others.some((other) => isOfOneAccess(one, other))) ? [] : sign;
  });
}

function reasonOf(from: Severity, rule: SeverityRule, earlier: Earlier): string {
  const witnesses = new Set(rule.witnesses.flatMap((sign) => earlier.get(sign) ?? []));
  const before = [...witnesses].map(({ finding, startTime }) => `${finding.displayName} (${minute(startTime)} UTC)`);
  const named = before.length === 0 ? '' : ` Before it: ${before.slice(0, MAX_NAMED).join('; ')}.`;
  return `From ${from} to ${rule.severity}: ${rule.what}, and ${rule.together}.${named}`;
}

function signsOf({ parts }: MergedAlert): Sign[] {
  return parts.flatMap(({ finding }) => signOf(finding) ?? []);
}

function has(signs: readonly Sign[], some: readonly Sign[]): boolean {
  return signs.some((sign) => some.includes(sign));
}

/** Who uses an unusual client need not have got in. */
function isLogin(signs: readonly Sign[]): boolean {
  return signs.some((sign) => UNUSUAL.includes(sign) && sign !== 'unusual client');
}

/** How many of place, principal and client are unusual. */
function kindsOf(signs: readonly Sign[]): number {
  const kinds = signs.filter((sign) => UNUSUAL.includes(sign)).map(kindOfSign);
  return new Set(kinds).size;
}

function kindOfSign(sign: Sign): 'place' | 'principal' | 'client' {
  return sign === 'unusual client' ? 'client' : sign === 'unfamiliar principal' ? 'principal' : 'place';
}

function level(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

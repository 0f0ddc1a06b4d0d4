import { EXTENDED } from '../alerts/extended-properties.ts';
import type { AlertMatch, MaintenanceWindow } from '../model/notification-rules.ts';
import { SEVERITIES, type Severity } from '../model/severity.ts';
import type { AlertWrite, StatusChange, StoredAlert } from '../store/alert-store.ts';
import type { NewOutboxMessage } from '../store/outbox.ts';
import { type AlertSubject, fitsMatch } from './alert-match.ts';
import type { Audience, Person } from './audience.ts';
import type { MessagePayload } from './delivery-ports.ts';
import { maintenanceOf } from './maintenance.ts';

/** When an alert of a severity is told at the earliest, milliseconds since the epoch. */
type DueTime = (severity: Severity, time: number) => number;

/** One channel as routing sees it. */
export interface Route {
  /** Name of the channel. */
  id: string;
  /** Milder alerts are not told. */
  minimalSeverity: Severity;
  /** One of them must fit; empty: every alert. */
  only: readonly AlertMatch[];
  /** None of them may fit. */
  except: readonly AlertMatch[];
  /** Absent: at once. */
  dueTime?: DueTime;
  /** Whether it tells what people decide about an alert, too. */
  tellsDecisions?: boolean;
  /** E-mail addresses that it tells: none of them is told twice. */
  addresses?: readonly string[];
}

/** All that decides who is told of what. */
export interface RoutingRules {
  routes: readonly Route[];
  maintenance: readonly MaintenanceWindow[];
  /** How persons are mailed; absent: none is. */
  personal?: { dueTime?: DueTime };
}

/** What is to be told about a new or changed alert. Rejects where the store does not answer. */
export type Routing = (write: AlertWrite) => Promise<NewOutboxMessage[]>;

/** What is to be told of a decision about an alert. */
export type DecisionRouting = (stored: StoredAlert, change: StatusChange) => Promise<NewOutboxMessage[]>;

/** Channel of a person. */
export const PERSON_PREFIX = 'mailto:';

/**
 * An alert is told on each channel when it is new, and again when it has become graver; that it goes on is no news. The
 * severity is the version of the message, so judging the same records again makes no message twice. What is kept from
 * being told (by maintenance, by a suppression) is a message, too, so that people see why they were not told.
 */
export function createRouting(rules: RoutingRules, audienceOf: (resourceKey: string) => Promise<Audience>): Routing {
  return async (write) => {
    const { alert, resourceKey, isHistorical, detectedTime: time } = write;
    if (isHistorical) {
      return [];
    }
    const { tags, people } = await audienceOf(resourceKey);
    const { severity } = alert.properties;
    const subject = { alert, resourceKey, tags };
    const silenced = silenceOf(write.suppressedBy, subject, rules.maintenance);
    return routesFor(subject, rules, people).map(({ id, dueTime }) => {
      const plannedTime = dueTime?.(severity, time) ?? time;
      return {
        alertName: alert.name,
        alertVersion: SEVERITIES.indexOf(severity) + 1,
        channel: id,
        dueTime: plannedTime,
        payload: { plannedTime } satisfies MessagePayload,
        ...(silenced !== undefined && { silenced }),
      };
    });
  };
}

/**
 * What people decide about an alert is told to the channels that want it, behind all that was told before: the moment
 * of the decision is the version.
 */
export function createDecisionRouting(
  { routes }: RoutingRules,
  audienceOf: (resourceKey: string) => Promise<Audience>,
): DecisionRouting {
  return async ({ alert, resourceKey, isHistorical }, { status, time }) => {
    if (isHistorical || status === alert.properties.status) {
      return [];
    }
    const { tags } = await audienceOf(resourceKey);
    const wanted = routes.filter(
      (route) => route.tellsDecisions === true && takes(route, { alert, resourceKey, tags }),
    );
    return wanted.map(({ id }) => ({
      alertName: alert.name,
      alertVersion: time,
      channel: id,
      dueTime: time,
      payload: { plannedTime: time, isDecision: true } satisfies MessagePayload,
    }));
  };
}

/** Channels and persons that are told of an alert; an address that a channel tells is not told as a person, too. */
export function routesFor(
  subject: AlertSubject,
  { routes, personal }: RoutingRules,
  people: readonly Person[],
): Pick<Route, 'id' | 'dueTime'>[] {
  const wanted = routes.filter((route) => takes(route, subject));
  if (personal === undefined) {
    return wanted;
  }
  const told = new Set(wanted.flatMap(({ addresses = [] }) => addresses.map((address) => address.toLowerCase())));
  const rest = people.filter(
    ({ address, minimalSeverity }) => !told.has(address) && isGraveEnough(subject, minimalSeverity),
  );
  return [...wanted, ...rest.map(({ address }) => ({ id: PERSON_PREFIX + address, ...personal }))];
}

/** A channel without addresses of its own is there for its mail server. */
function takes({ minimalSeverity, only, except, addresses }: Route, subject: AlertSubject): boolean {
  return (
    addresses?.length !== 0 &&
    isGraveEnough(subject, minimalSeverity) &&
    (only.length === 0 || only.some((match) => fitsMatch(match, subject))) &&
    !except.some((match) => fitsMatch(match, subject))
  );
}

function isGraveEnough({ alert }: AlertSubject, minimalSeverity: Severity): boolean {
  return isSelfTest({ alert }) || SEVERITIES.indexOf(alert.properties.severity) >= SEVERITIES.indexOf(minimalSeverity);
}

function isSelfTest({ alert }: Pick<AlertSubject, 'alert'>): boolean {
  return alert.properties.extendedProperties[EXTENDED.selfTest] !== undefined;
}

/** Why nobody is to be told of an alert; undefined where they are. */
export function silenceOf(
  suppressedBy: string | undefined,
  subject: AlertSubject,
  windows: readonly MaintenanceWindow[],
): string | undefined {
  if (isSelfTest(subject)) {
    return 'a self-test: it shows who would be told';
  }
  if (suppressedBy !== undefined) {
    return `suppressed by the rule ${suppressedBy}`;
  }
  if (subject.alert.properties.status === 'Dismissed') {
    return 'the alert was dismissed';
  }
  const window = maintenanceOf(subject, windows);
  return window && `maintenance: ${window.reason} (${window.owner})`;
}

import type { Alert } from '../model/alert.ts';
import { SEVERITIES, type Severity } from '../model/severity.ts';
import type { NewOutboxMessage } from '../store/outbox.ts';
import type { MessagePayload } from './delivery-ports.ts';

/** One channel as routing sees it. */
export interface Route {
  /** Name of the channel. */
  id: string;
  /** Milder alerts are not told. */
  minimalSeverity: Severity;
  /** When an alert of this severity is told at the earliest, milliseconds since the epoch. Absent: at once. */
  dueTime?: (severity: Severity, time: number) => number;
}

/** What is to be told about a new or changed alert. */
export type Routing = (alert: Alert, isHistorical: boolean, time: number) => NewOutboxMessage[];

/**
 * An alert is told on each channel when it is new, and again when it has become graver; that it goes on is no news. The
 * severity is the version of the message, so judging the same records again makes no message twice.
 */
export function createRouting(routes: readonly Route[]): Routing {
  return ({ name, properties: { severity } }, isHistorical, time) => {
    if (isHistorical) {
      return [];
    }
    const rank = SEVERITIES.indexOf(severity);
    const wanted = routes.filter(({ minimalSeverity }) => rank >= SEVERITIES.indexOf(minimalSeverity));
    return wanted.map(({ id, dueTime }) => {
      const plannedTime = dueTime?.(severity, time) ?? time;
      const payload: MessagePayload = { plannedTime };
      return { alertName: name, alertVersion: rank + 1, channel: id, dueTime: plannedTime, payload };
    });
  };
}

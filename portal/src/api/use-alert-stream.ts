import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Problem } from './problem.ts';
import { renewAlerts } from './renew-alerts.ts';
import type { AlertSummary } from './schema.ts';
import { send } from './send.ts';

/** A burst of alerts is one look at the server, not hundreds; milliseconds. */
const GATHER_MS = 500;
/** While more and more come, as when history is read, lists are renewed no more often than this; milliseconds. */
const LEAST_APART_MS = 3000;
/** A server that is only started anew is back by then; milliseconds. */
const TELL_DOWN_MS = 4000;
/** A line that the server refused is tried again after so long; milliseconds. */
const REOPEN_MS = 5000;

/** What the line to the server brings. */
export interface AlertStream {
  /** The alert that came last, once it came. */
  newest?: AlertSummary;
  /** Since when the server does not answer; milliseconds since the epoch. */
  downSince?: number;
}

/** Keeps lists and alerts as they are on the server, and knows whether it answers. */
export function useAlertStream(): AlertStream {
  const queries = useQueryClient();
  const [newest, setNewest] = useState<AlertSummary>();
  const [downSince, setDownSince] = useState<number>();
  useEffect(() => {
    const renewal = gatherChanges(queries);
    const line = keepLine({
      onOpen(wasDown) {
        setDownSince(undefined);
        if (wasDown) {
          void queries.invalidateQueries();
        }
        renewal.gather(); // what happened before the line was open, or while it was down, is not told again
      },
      onReset: renewal.gather,
      onAlert(alert) {
        setNewest(alert);
        renewal.gather(alert);
      },
      onDown: setDownSince,
    });
    return () => {
      renewal.stop();
      line.close();
    };
  }, [queries]);
  return { ...(newest && { newest }), ...(downSince !== undefined && { downSince }) };
}

/** Brings lists up to date, of many changes at once. */
function gatherChanges(queries: QueryClient) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let next = 0;
  let changed = new Map<string, AlertSummary>();
  const renew = () => {
    timer = undefined;
    next = Date.now() + LEAST_APART_MS;
    const those = changed;
    changed = new Map();
    void renewAlerts(queries, those);
  };
  return {
    gather: (alert?: AlertSummary) => {
      if (alert !== undefined) {
        changed.set(alert.name, alert);
      }
      timer ??= setTimeout(renew, Math.max(GATHER_MS, next - Date.now()));
    },
    stop: () => clearTimeout(timer),
  };
}

interface LineEvents {
  onOpen: (wasDown: boolean) => void;
  onReset: () => void;
  onAlert: (alert: AlertSummary) => void;
  /** @param since milliseconds since the epoch */
  onDown: (since: number) => void;
}

/** Holds the line open: the browser connects again by itself, but not where the server refused. */
function keepLine({ onOpen, onReset, onAlert, onDown }: LineEvents) {
  let stream: EventSource;
  let since: number | undefined;
  let telling: ReturnType<typeof setTimeout> | undefined;
  let reopening: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    stream = new EventSource('/api/v1/alert-stream');
    stream.addEventListener('open', () => {
      clearTimeout(telling);
      onOpen(since !== undefined);
      since = undefined;
    });
    stream.addEventListener('reset', () => onReset());
    stream.addEventListener('alert', ({ data }) => onAlert(JSON.parse(data as string) as AlertSummary));
    stream.addEventListener('error', () => {
      if (stream.readyState === EventSource.CLOSED) {
        reopening = setTimeout(open, REOPEN_MS);
        void signInWhereRefused();
      }
      if (since === undefined) {
        const from = Date.now();
        since = from;
        telling = setTimeout(() => onDown(from), TELL_DOWN_MS);
      }
    });
  };
  open();
  return {
    close() {
      clearTimeout(telling);
      clearTimeout(reopening);
      stream.close();
    },
  };
}

/** Whose session is over signs in, and comes back to the same page. */
async function signInWhereRefused(): Promise<void> {
  await send('GET', '/api/v1/me').catch((error: unknown) => {
    if (error instanceof Problem && error.status === 401) {
      window.location.reload();
    }
  });
}

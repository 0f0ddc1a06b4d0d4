import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { renewAlerts } from './renew-alerts.ts';
import type { AlertSummary } from './schema.ts';

/** A burst of alerts is one look at the server, not hundreds; milliseconds. */
const GATHER_MS = 500;
/** While more and more come, as when history is read, lists are renewed no more often than this; milliseconds. */
const LEAST_APART_MS = 3000;

/** Keeps lists and alerts as they are on the server. Returns the alert that came last, once it came. */
export function useAlertStream(): AlertSummary | undefined {
  const queries = useQueryClient();
  const [newest, setNewest] = useState<AlertSummary>();
  useEffect(() => {
    const stream = new EventSource('/api/v1/alert-stream');
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
    const gather = () => {
      timer ??= setTimeout(renew, Math.max(GATHER_MS, next - Date.now()));
    };
    // What happened before the line was open, or while it was down, is not told again.
    stream.addEventListener('open', gather);
    stream.addEventListener('reset', gather);
    stream.addEventListener('alert', ({ data }) => {
      const alert = JSON.parse(data as string) as AlertSummary;
      changed.set(alert.name, alert);
      setNewest(alert);
      gather();
    });
    return () => {
      clearTimeout(timer);
      stream.close();
    };
  }, [queries]);
  return newest;
}

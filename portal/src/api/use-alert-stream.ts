import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { AlertSummary } from './schema.ts';

/** A burst of alerts is one look at the server, not hundreds; milliseconds. */
const GATHER_MS = 500;

/** Keeps lists and alerts as they are on the server. Returns the alert that came last, once it came. */
export function useAlertStream(): AlertSummary | undefined {
  const queries = useQueryClient();
  const [newest, setNewest] = useState<AlertSummary>();
  useEffect(() => {
    const stream = new EventSource('/api/v1/alert-stream');
    let timer: ReturnType<typeof setTimeout> | undefined;
    const renew = () => {
      timer = undefined;
      void queries.invalidateQueries({ queryKey: ['alerts'] });
      void queries.invalidateQueries({ queryKey: ['alert'] });
    };
    const gather = () => {
      timer ??= setTimeout(renew, GATHER_MS);
    };
    stream.addEventListener('reset', gather);
    stream.addEventListener('alert', ({ data }) => {
      setNewest(JSON.parse(data as string) as AlertSummary);
      gather();
    });
    return () => {
      clearTimeout(timer);
      stream.close();
    };
  }, [queries]);
  return newest;
}

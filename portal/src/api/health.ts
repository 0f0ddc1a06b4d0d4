import { useQuery } from '@tanstack/react-query';
import type { ResourceHealth } from './schema.ts';
import { send } from './send.ts';

/** Figures of running logs are asked for anew so often; milliseconds. */
const EVERY_MS = 10_000;

export function useHealth() {
  return useQuery({
    queryKey: ['health'],
    queryFn: ({ signal }) => send<{ items: ResourceHealth[] }>('GET', '/api/v1/health', { signal }),
    refetchInterval: EVERY_MS,
  });
}

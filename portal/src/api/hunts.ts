import { useMutation, useQuery } from '@tanstack/react-query';
import { download } from './download.ts';
import type { Answer } from './schema.ts';
import { send } from './send.ts';
import type { SqlFormat } from './sql.ts';

type Hunts = Answer<'get', '/api/v1/hunts'>;
export type Hunt = Hunts['items'][number];
type HuntResult = Answer<'post', '/api/v1/hunts/{id}/run'>;

/** Questions that were thought out before, by which people look for what no alert tells. */
export function useHunts() {
  return useQuery({
    queryKey: ['hunts'],
    queryFn: ({ signal }) => send<Hunts>('GET', '/api/v1/hunts', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useRunHunt(id: string) {
  return useMutation({
    mutationFn: (days: number) => send<HuntResult>('POST', `${pathOf(id)}/run`, { body: { days } }),
  });
}

export function useHuntFile(id: string) {
  return useMutation({
    mutationFn: (body: { days: number; format: SqlFormat }) =>
      download('POST', `${pathOf(id)}/export`, `vedette-${id}.${body.format}`, body),
  });
}

function pathOf(id: string): string {
  return `/api/v1/hunts/${encodeURIComponent(id)}`;
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { resourcePath } from './resources.ts';
import type { Answer, Body } from './schema.ts';
import { send } from './send.ts';

export type Baseline = Answer<'get', '/api/v1/resources/{resource}/baseline'>;
export type UsualFact = Baseline['items'][number];
export type DetectorProgress = Baseline['detectors'][number];
type Change = Body<'post', '/api/v1/resources/{resource}/baseline-changes'>;

/** A decision holds within about a second; then what is usual is read again. Milliseconds. */
const APPLIED_MS = 1500;

/** What is usual on a resource at this moment. */
export function useBaseline(resource: string) {
  return useQuery({
    queryKey: ['resource', resource, 'baseline'],
    queryFn: ({ signal }) => send<Baseline>('GET', `${resourcePath(resource)}/baseline`, { signal }),
  });
}

/** Forgets what is usual, or keeps it so for ever. */
export function useChangeBaseline(resource: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Change) => send<unknown>('POST', `${resourcePath(resource)}/baseline-changes`, { body }),
    onSuccess: () => {
      setTimeout(() => void queries.invalidateQueries({ queryKey: ['resource', resource, 'baseline'] }), APPLIED_MS);
    },
  });
}

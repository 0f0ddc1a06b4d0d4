import { useQuery } from '@tanstack/react-query';
import type { Answer } from './schema.ts';
import { send } from './send.ts';

export type DataFiles = Answer<'get', '/api/v1/data-files'>;
export type DataFile = DataFiles['items'][number];

/** What Vedette knows addresses by, and how old that is. */
export function useDataFiles() {
  return useQuery({
    queryKey: ['data-files'],
    queryFn: ({ signal }) => send<DataFiles>('GET', '/api/v1/data-files', { signal }),
  });
}

import { useMutation, useQuery } from '@tanstack/react-query';
import { download } from './download.ts';
import type { Answer, Body } from './schema.ts';
import { send } from './send.ts';

type Views = Answer<'get', '/api/v1/sql/views'>;
export type SqlView = Views['views'][number];
export type SqlResult = Answer<'post', '/api/v1/sql'>;
export type SqlFormat = Body<'post', '/api/v1/sql/export'>['format'];

export function useSqlViews(enabled: boolean) {
  return useQuery({
    queryKey: ['sql', 'views'],
    queryFn: ({ signal }) => send<Views>('GET', '/api/v1/sql/views', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    enabled,
  });
}

export function useSql() {
  return useMutation({ mutationFn: (sql: string) => send<SqlResult>('POST', '/api/v1/sql', { body: { sql } }) });
}

/** The answer as a file, which the browser keeps. */
export function useSqlFile() {
  return useMutation({
    mutationFn: (body: { sql: string; format: SqlFormat }) =>
      download('POST', '/api/v1/sql/export', `vedette.${body.format}`, body),
  });
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Answer, Body, Resource } from './schema.ts';
import { send } from './send.ts';

export type Survey = Answer<'post', '/api/v1/log-lines/survey'>;
type SurveyBody = Body<'post', '/api/v1/log-lines/survey'>;

/** Finds out how pasted lines are read; the server keeps them nowhere. */
export function useSurvey() {
  return useMutation({
    mutationFn: (body: SurveyBody) => send<Survey>('POST', '/api/v1/log-lines/survey', { body }),
  });
}

/** Lets the server watch a database, beside those of its configuration. */
export function useAddResource() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Body<'post', '/api/v1/resources'>) => send<Resource>('POST', '/api/v1/resources', { body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['resources'] }),
  });
}

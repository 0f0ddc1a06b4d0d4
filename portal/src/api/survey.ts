import { useMutation } from '@tanstack/react-query';
import type { Answer, Body } from './schema.ts';
import { send } from './send.ts';

export type Survey = Answer<'post', '/api/v1/log-lines/survey'>;
type SurveyBody = Body<'post', '/api/v1/log-lines/survey'>;

/** Finds out how pasted lines are read; the server keeps them nowhere. */
export function useSurvey() {
  return useMutation({
    mutationFn: (body: SurveyBody) => send<Survey>('POST', '/api/v1/log-lines/survey', { body }),
  });
}

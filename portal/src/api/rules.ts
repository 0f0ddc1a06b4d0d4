import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Answer, Body, ExpectedRule, Suppression } from './schema.ts';
import { send } from './send.ts';

/** What people said to be expected, and what they keep quiet. */
export type NewExpectedRule = Body<'post', '/api/v1/expected-rules'>;
type ExpectedMatter = Body<'post', '/api/v1/expected-rules/preview'>;
export type NewSuppression = Body<'put', '/api/v1/suppressions/{subscriptionId}/{name}'> & {
  subscriptionId: string;
  name: string;
};
type SuppressionMatter = Body<'post', '/api/v1/suppressions/preview'>;
/** Which alerts of the last 90 days a rule would have hidden. */
export type Hidden = Answer<'post', '/api/v1/expected-rules/preview'>;

export function useExpectedRules() {
  return useQuery({
    queryKey: ['expected-rules'],
    queryFn: ({ signal }) => send<{ items: ExpectedRule[] }>('GET', '/api/v1/expected-rules', { signal }),
  });
}

/** @param matter undefined: there is nothing to ask yet */
export function useExpectedPreview(matter: ExpectedMatter | undefined) {
  return useQuery({
    queryKey: ['expected-rules', 'preview', matter],
    queryFn: ({ signal }) => send<Hidden>('POST', '/api/v1/expected-rules/preview', { body: matter, signal }),
    enabled: matter !== undefined,
  });
}

export function useAddExpected() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewExpectedRule) => send<ExpectedRule>('POST', '/api/v1/expected-rules', { body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['expected-rules'] }),
  });
}

/** Replaces a rule: how long it holds, why, and who answers for it. */
export function useChangeExpected() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (rule: ExpectedRule) => {
      const { id, etag, scope, principal, network, application, detector, alertType, until, owner, reason } = rule;
      return send<ExpectedRule>('PUT', `/api/v1/expected-rules/${encodeURIComponent(id)}`, {
        body: { scope, principal, network, application, detector, alertType, until, owner, reason },
        ifMatch: etag,
      });
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['expected-rules'] }),
  });
}

export function useRemoveExpected() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, etag }: ExpectedRule) =>
      send<undefined>('DELETE', `/api/v1/expected-rules/${encodeURIComponent(id)}`, { ifMatch: etag }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['expected-rules'] }),
  });
}

export function useSuppressions() {
  return useQuery({
    queryKey: ['suppressions'],
    queryFn: ({ signal }) => send<{ items: Suppression[] }>('GET', '/api/v1/suppressions', { signal }),
  });
}

export function useSuppressionPreview(matter: SuppressionMatter | undefined) {
  return useQuery({
    queryKey: ['suppressions', 'preview', matter],
    queryFn: ({ signal }) => send<Hidden>('POST', '/api/v1/suppressions/preview', { body: matter, signal }),
    enabled: matter !== undefined,
  });
}

export function useSuppress() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ subscriptionId, name, ...body }: NewSuppression) =>
      send<Suppression>('PUT', suppressionPath(subscriptionId, name), { body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['suppressions'] }),
  });
}

/** Replaces a rule: how long it holds, why, and whether. */
export function useChangeSuppression() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ subscriptionId, name, etag, alertType, conditions, reason, comment, until, state }: Suppression) =>
      send<Suppression>('PUT', suppressionPath(subscriptionId, name), {
        body: { alertType, conditions, reason, comment, until, isEnabled: state !== 'Disabled' },
        ifMatch: etag,
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['suppressions'] }),
  });
}

export function useRemoveSuppression() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ subscriptionId, name, etag }: Suppression) =>
      send<undefined>('DELETE', suppressionPath(subscriptionId, name), { ifMatch: etag }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['suppressions'] }),
  });
}

function suppressionPath(subscriptionId: string, name: string): string {
  return `/api/v1/suppressions/${subscriptionId}/${encodeURIComponent(name)}`;
}

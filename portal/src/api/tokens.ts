import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Body, ServicePrincipal, Token } from './schema.ts';
import { send } from './send.ts';

type NewToken = Body<'post', '/api/v1/tokens'>;
type NewPrincipal = Body<'post', '/api/v1/service-principals'>;
const PRINCIPALS = '/api/v1/service-principals';

export function useTokens() {
  return useQuery({
    queryKey: ['tokens'],
    queryFn: ({ signal }) => send<{ items: Token[] }>('GET', '/api/v1/tokens', { signal }),
  });
}

/** The secret is told once, in the answer. */
export function useAddToken() {
  const renew = useRenew('tokens');
  return useMutation({
    mutationFn: (body: NewToken) => send<Token & { secret: string }>('POST', '/api/v1/tokens', { body }),
    onSuccess: renew,
  });
}

export function useRevokeToken() {
  const renew = useRenew('tokens');
  return useMutation({
    mutationFn: ({ id }: Token) => send<undefined>('DELETE', `/api/v1/tokens/${encodeURIComponent(id)}`),
    onSettled: renew,
  });
}

export function useServicePrincipals(isAllowed: boolean) {
  return useQuery({
    queryKey: ['service-principals'],
    queryFn: ({ signal }) => send<{ items: ServicePrincipal[] }>('GET', PRINCIPALS, { signal }),
    enabled: isAllowed,
  });
}

/** The secret is told once, in the answer. */
export function useAddPrincipal() {
  const renew = useRenew('service-principals');
  return useMutation({
    mutationFn: (body: NewPrincipal) => send<ServicePrincipal & { secret: string }>('POST', PRINCIPALS, { body }),
    onSuccess: renew,
  });
}

/** Adds a secret, told once, so that an older one can be replaced. */
export function useAddSecret() {
  const renew = useRenew('service-principals');
  return useMutation({
    mutationFn: ({ clientId }: ServicePrincipal) =>
      send<{ id: string; secret: string }>('POST', `${principalPath(clientId)}/secrets`, { body: {} }),
    onSuccess: renew,
  });
}

export function useRemoveSecret() {
  const renew = useRenew('service-principals');
  return useMutation({
    mutationFn: ({ clientId, id }: { clientId: string; id: string }) =>
      send<undefined>('DELETE', `${principalPath(clientId)}/secrets/${encodeURIComponent(id)}`),
    onSettled: renew,
  });
}

export function useRemovePrincipal() {
  const renew = useRenew('service-principals');
  return useMutation({
    mutationFn: ({ clientId }: ServicePrincipal) => send<undefined>('DELETE', principalPath(clientId)),
    onSettled: renew,
  });
}

function useRenew(key: string) {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: [key] });
}

function principalPath(clientId: string): string {
  return `${PRINCIPALS}/${encodeURIComponent(clientId)}`;
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { may, mayAnywhere, type Role } from './may.ts';
import type { Answer } from './schema.ts';
import { keepCsrfToken, send } from './send.ts';

export type Me = Answer<'get', '/api/v1/me'>;

/** Who is signed in. Also brings the token without which nothing can be changed, so the shell waits for it. */
export const ME = {
  queryKey: ['me'],
  queryFn: async ({ signal }: { signal: AbortSignal }) => {
    const me = await send<Me>('GET', '/api/v1/me', { signal });
    keepCsrfToken(me.csrfToken);
    return me;
  },
  staleTime: 60_000,
};

export function useMe() {
  return useQuery(ME);
}

/** Whether who is signed in has a role on a scope. */
export function useMay(role: Role, scope?: string): boolean {
  return may(useMe().data, role, scope);
}

/** Whether who is signed in has a role on something at least. */
export function useMayAnywhere(role: Role): boolean {
  return mayAnywhere(useMe().data, role);
}

/** Signs in with name and password; with the secret of the one-time link, the first Owner. */
export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ secret, ...credentials }: { name: string; password: string; secret?: string }) => {
      const path = secret === undefined ? '/api/v1/sign-in' : '/api/v1/sign-in/setup';
      const { csrfToken } = await send<{ csrfToken: string }>('POST', path, {
        body: secret === undefined ? credentials : { ...credentials, secret },
      });
      keepCsrfToken(csrfToken);
    },
    onSuccess: () => queries.invalidateQueries(),
  });
}

export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => send<undefined>('POST', '/api/v1/sign-out'),
    onSettled: () => {
      queries.clear();
      window.location.assign('/sign-in');
    },
  });
}

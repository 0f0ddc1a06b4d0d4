import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Body, User } from './schema.ts';
import { send } from './send.ts';

export type NewUser = Body<'post', '/api/v1/users'>;
export type UserChange = Body<'patch', '/api/v1/users/{id}'>;
export type RoleOn = User['roles'][number];

export function useUsers() {
  return useQuery({
    queryKey: ['users'],
    queryFn: ({ signal }) => send<{ items: User[] }>('GET', '/api/v1/users', { signal }),
  });
}

export function useAddUser() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewUser) => send<User>('POST', '/api/v1/users', { body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['users'] }),
  });
}

export function useChangeUser() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: UserChange & { id: string }) => send<User>('PATCH', pathOf(id), { body }),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['users'] }),
        queries.invalidateQueries({ queryKey: ['me'] }),
      ]),
  });
}

export function useRemoveUser() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: User) => send<undefined>('DELETE', pathOf(id)),
    onSettled: () => queries.invalidateQueries({ queryKey: ['users'] }),
  });
}

function pathOf(id: string): string {
  return `/api/v1/users/${encodeURIComponent(id)}`;
}

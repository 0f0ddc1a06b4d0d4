import type { Role } from '../api/may.ts';
import { useMe } from '../api/session.ts';
import { Nothing } from './message.tsx';

/** Stands where somebody may not look: which role they have, which is missing, and who can give it. */
export function NoPermission({ needs, what }: { needs: Role; what: string }) {
  const { name = 'You', roles = [] } = useMe().data ?? {};
  const own = [...new Set(roles.map(({ role }) => role))].join(', ');
  return (
    <Nothing title={`You may not see ${what}`}>
      That needs the role {needs} on everything; {name} has {own === '' ? 'no role' : own}. An Owner can give it under
      Settings, Users.
    </Nothing>
  );
}

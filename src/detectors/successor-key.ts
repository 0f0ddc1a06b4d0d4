import type { Habits } from '../baselines/habits.ts';
import type { Activity, Id } from '../model/activity.ts';
import { isAccountKey } from './cosmosdb-commands.ts';

/**
 * A key that an account begins to use takes over what is usual for the other one of its kind: a rotation changes the
 * key, not who holds it. Otherwise each rotation would be followed by a week in which nothing is judged.
 */
export function succeedKey(access: Activity, habits: Habits, others?: Habits): void {
  if (access.engine === 'cosmosdb' && !habits.knows(access.principal)) {
    takeOver(access, others === undefined ? [habits] : [habits, others]);
  }
}

function takeOver(access: Activity, habits: readonly Habits[]): void {
  for (const known of habits) {
    const former = formerKey(access, known.forEachScope.bind(known));
    if (former !== undefined) {
      known.succeed(access.principal, former);
    }
  }
}

/** The other key of the kind of an account key, among principals that are known; undefined where there is none. */
export function formerKey(
  { principal, directory }: Activity,
  forEach: (visit: (id: Id) => void) => void,
): Id | undefined {
  const name = directory.principal(principal);
  if (!isAccountKey(name)) {
    return undefined;
  }
  const other = otherKey(name);
  let former: Id | undefined;
  forEach((id) => {
    former = directory.principal(id).toLowerCase() === other ? id : former;
  });
  return former;
}

/** In small letters. */
function otherKey(name: string): string {
  const key = name.toLowerCase();
  return key.startsWith('primary') ? key.replace('primary', 'secondary') : key.replace('secondary', 'primary');
}

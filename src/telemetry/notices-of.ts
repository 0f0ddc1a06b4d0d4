import type { HealthNoticeKind } from '../model/resource-health.ts';
import type { Observation, OneAddress } from './observe-health.ts';

/** So many logins of so many roles, over so long, must come from one address before a pooler is thought of. */
const MANY_LOGINS = 200;
const MANY_PRINCIPALS = 3;
const LONG_MS = 86_400_000;

/** A notice that holds as long as what it tells; without text it does not hold. What cannot be told is not there. */
export interface StandingNotice {
  kind: HealthNoticeKind;
  text: string | undefined;
}

export function noticesOf({ name, clients, sources }: Observation): StandingNotice[] {
  const troubled = sources?.find(({ state }) => state === 'waiting' || state === 'refused');
  return [
    ...(clients === undefined ? [] : hiddenClients(name, clients)),
    ...(sources === undefined
      ? []
      : [{ kind: 'source' as const, text: troubled && `Nothing comes from ${troubled.name}: ${troubled.problem}.` }]),
  ];
}

/** Until there is enough to tell, an earlier notice stays. */
function hiddenClients(name: string, clients: OneAddress | 'several'): StandingNotice[] {
  if (clients === 'several') {
    return [{ kind: 'hidden-clients', text: undefined }];
  }
  const { address, logins, principals, first, last } = clients;
  if (logins < MANY_LOGINS || principals < MANY_PRINCIPALS || last - first < LONG_MS) {
    return [];
  }
  const text = `All ${logins} logins at ${name} come from ${address}: if a pooler is there, add its log to the resource, or nobody's place can be judged.`;
  return [{ kind: 'hidden-clients', text }];
}

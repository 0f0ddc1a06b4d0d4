import { z } from 'zod';
import { type Activity, ActivityClass } from '../../model/activity.ts';
import type { Resource } from '../../model/resource.ts';
import { defineDetector, type Report } from '../detector.ts';
import { sensitivity } from '../sensitivity.ts';
import { findingOf } from './finding-of.ts';
import { createKeyUsers, isNeedlessKey, type KeyUsers } from './key-users.ts';
import { Sights } from './sights.ts';
import { ATTACK_ON, Superusers, type Weakness, weaknessesOf } from './weakness.ts';

const DAY_MS = 86_400_000;
/** Alerts of one weakness with a principal each; one more stands for all further principals. */
const MAX_PRINCIPALS = 8;

const settings = z.object({
  sensitivity,
  repeatDays: z
    .number()
    .min(1)
    .default(90)
    .describe('Days without a weakness after which it is told again when it comes back; until then it is told once.'),
});
type Settings = z.output<typeof settings>;

interface State {
  keyUsers: KeyUsers;
  superusers: Superusers;
  sights: Sights;
  /** How many principals were told by weakness. */
  told: Map<Weakness, number>;
}

/**
 * Somebody logs in by a way that others could use or watch: without TLS, without or with a weak credential.
 *
 * A note on what to mend; needs no learning. Blind spots: what the log does not tell, as before PostgreSQL 14 the method.
 */
export const weakAuthentication = defineDetector({
  id: 'weak-authentication',
  title: 'Weak authentication',
  attack: Object.values(ATTACK_ON),
  watches: ActivityClass.credentialAccepted | ActivityClass.authentication | ActivityClass.dataAccess,
  settings,
  stateVersion: 3,
  stateClasses: { Sights, Superusers },
  createState: (): State => ({
    keyUsers: createKeyUsers(),
    superusers: new Superusers(),
    sights: new Sights(),
    told: new Map(),
  }),

  evaluate(access, state, options, report, resource) {
    if (access.class === ActivityClass.dataAccess) {
      if (isNeedlessKey(state.keyUsers, access)) {
        tell('account key', access, state, options, report, resource);
      }
      return;
    }
    for (const weakness of weaknessesOf(access, state.superusers, options.sensitivity)) {
      tell(weakness, access, state, options, report, resource);
    }
  },

  accept: () => true, // people know it

  hold({ keyUsers, superusers, sights }, holder) {
    superusers.forgetIds(); // ids that nobody holds are given to others
    sights.forgetIds();
    keyUsers.kinds.fill(0);
    for (const key of keyUsers.keys.keys()) {
      holder.principal(key);
    }
  },
});

function tell(
  weakness: Weakness,
  access: Activity,
  state: State,
  options: Settings,
  report: Report,
  resource: Resource,
): void {
  const { time, principal } = access;
  const sight = state.sights.find(weakness, principal);
  if (sight !== undefined && report.again(sight.dedupKey, time)) {
    sight.lastTime = Math.max(sight.lastTime, time);
  } else {
    tellAtLength(weakness, access, state, options, report, resource);
  }
}

function tellAtLength(
  weakness: Weakness,
  access: Activity,
  { keyUsers, sights, told }: State,
  { repeatDays }: Settings,
  report: Report,
  resource: Resource,
): void {
  const { time, principal, directory } = access;
  const own = `${weakness}|${directory.principal(principal)}`;
  const count = told.get(weakness) ?? 0;
  const isToldAlone = sights.get(own) !== undefined;
  const isCommon = count >= MAX_PRINCIPALS && !isToldAlone;
  const dedupKey = isCommon ? weakness : own;
  const last = sights.get(dedupKey)?.lastTime ?? Number.NEGATIVE_INFINITY;
  const isOpen = report.again(dedupKey, time);
  if (!isOpen && time - last >= repeatDays * DAY_MS) {
    const verdict = { weakness, dedupKey, others: isCommon ? count : 0, identity: keyUsers.identity };
    if (!report.finding(findingOf(access, verdict, resource))) {
      return; // somebody expects it
    }
    told.set(weakness, count + (isToldAlone || isCommon ? 0 : 1));
  }
  if (isOpen && sights.get(dedupKey) === undefined) {
    return; // expected, and counted so
  }
  const sight = sights.get(dedupKey) ?? sights.add(dedupKey, time);
  sight.lastTime = Math.max(sight.lastTime, time);
  sights.putAtHand(weakness, principal, sight);
}

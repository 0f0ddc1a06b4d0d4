import { z } from 'zod';
import { type Activity, ActivityClass, type Id } from '../../model/activity.ts';
import type { Resource } from '../../model/resource.ts';
import { defineDetector, type Report } from '../detector.ts';
import { sensitivity } from '../sensitivity.ts';
import { findingOf } from './finding-of.ts';
import { createKeyUsers, isNeedlessKey, type KeyUsers } from './key-users.ts';
import { ATTACK_ON, type Weakness, weaknessesOf } from './weakness.ts';

const DAY_MS = 86_400_000;
/** Alerts of one weakness with a principal each; one more stands for all further principals. */
const MAX_PRINCIPALS = 8;
/** Principals whose keys are at hand, for each weakness. */
const MAX_KEYS = 4096;

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
  /** When each weakness was last seen, by the key of its alert: as many as there are alerts. */
  seen: Map<string, number>;
  /** How many principals were told by weakness. */
  told: Map<Weakness, number>;
  /** Keys of alerts by weakness and principal, of those seen of late. May lose any entry. */
  keys: Map<Weakness, Map<Id, string>>;
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
  createState: (): State => ({ keyUsers: createKeyUsers(), seen: new Map(), told: new Map(), keys: new Map() }),

  evaluate(access, state, options, report, resource) {
    if (access.class === ActivityClass.dataAccess) {
      if (isNeedlessKey(state.keyUsers, access)) {
        tell('account key', access, state, options, report, resource);
      }
      return;
    }
    for (const weakness of weaknessesOf(access, options.sensitivity)) {
      tell(weakness, access, state, options, report, resource);
    }
  },

  hold({ keyUsers, keys }, holder) {
    keys.clear(); // ids that nobody holds are given to others
    keyUsers.kinds.clear();
    for (const key of keyUsers.keys.keys()) {
      holder.principal(key);
    }
  },
});

function tell(
  weakness: Weakness,
  access: Activity,
  { keyUsers, seen, told, keys }: State,
  { repeatDays }: Settings,
  report: Report,
  resource: Resource,
): void {
  const { time } = access;
  const own = keyOf(keys, weakness, access);
  const count = told.get(weakness) ?? 0;
  const isCommon = count >= MAX_PRINCIPALS && !seen.has(own);
  const dedupKey = isCommon ? weakness : own;
  const last = seen.get(dedupKey) ?? Number.NEGATIVE_INFINITY;
  const isOpen = report.again(dedupKey, time);
  if (!isOpen && time - last >= repeatDays * DAY_MS) {
    const verdict = { weakness, dedupKey, others: isCommon ? count : 0, identity: keyUsers.identity };
    if (!report.finding(findingOf(access, verdict, resource))) {
      return; // somebody expects it
    }
    told.set(weakness, count + (seen.has(own) || isCommon ? 0 : 1));
  }
  if (isOpen && !seen.has(dedupKey)) {
    return; // expected, and counted so
  }
  seen.set(dedupKey, Math.max(last, time));
}

function keyOf(keys: State['keys'], weakness: Weakness, { principal, directory }: Activity): string {
  let ofWeakness = keys.get(weakness);
  if (ofWeakness === undefined || ofWeakness.size >= MAX_KEYS) {
    ofWeakness = new Map();
    keys.set(weakness, ofWeakness);
  }
  let key = ofWeakness.get(principal);
  if (key === undefined) {
    key = `${weakness}|${directory.principal(principal)}`;
    ofWeakness.set(principal, key);
  }
  return key;
}

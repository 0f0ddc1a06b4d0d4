import { z } from 'zod';
import { learnedMembers } from '../../baselines/learned-members.ts';
import type { Gain, Unfamiliar } from '../../baselines/member.ts';
import { Members } from '../../baselines/members.ts';
import { OneDayVisits } from '../../baselines/one-day-visits.ts';
import { BASELINE_CLASSES } from '../../baselines/state-classes.ts';
import { type Activity, ActivityClass } from '../../model/activity.ts';
import type { Resource } from '../../model/resource.ts';
import { Families as ApplicationFamilies } from '../application-families.ts';
import { defineDetector, type Report } from '../detector.ts';
import { principalFamilyOf } from '../principal-family-of.ts';
import { type Sensitivity, sensitivity } from '../sensitivity.ts';
import { isTrusted } from '../trusted.ts';
import { acceptFamily, type Families, kinshipOf, noteName } from './families.ts';
import { findingOf } from './finding-of.ts';
import { isStrange } from './severity-of.ts';
import {
  createSurroundings,
  holdSurroundings,
  learnSurroundings,
  type Surroundings,
  type Usual,
  usualOf,
} from './surroundings.ts';

/** A principal is remembered for so long: until then one that comes back was dormant, after that it is new. */
const MEMORY_DAYS = 180;
/** Who joins mostly comes as the others do; of intruders many do not. */
const STRANGE_NATS = 0.9;
const THRESHOLD_SHIFT: Record<Sensitivity, number> = { low: 0.8, medium: 0, high: -0.8 };

const settings = z.object({
  sensitivity,
  surpriseNats: z
    .number()
    .min(0)
    .default(2.3)
    .describe('Surprise from which a new principal is unusual: 2.3 is one such as comes on one day in ten.'),
  dormantDays: z
    .number()
    .min(7)
    .max(MEMORY_DAYS)
    .default(32)
    .describe('Days without a use after which a principal that comes back was dormant; jobs that run monthly are not.'),
});
type Settings = z.output<typeof settings>;

interface State {
  members: Members;
  surroundings: Surroundings;
  families: Families;
  /** Absent in states of 0.1. */
  visits?: OneDayVisits;
}

/**
 * A principal that was never seen on this resource, or not for long, gets in.
 *
 * Judged against how often the resource gains principals at all. Blind spots: who uses a principal that is usual; a
 * resource to which new principals come all the time.
 */
export const unfamiliarPrincipal = defineDetector({
  id: 'unfamiliar-principal',
  title: 'Access by an unfamiliar principal',
  attack: [
    { tactic: 'TA0001', technique: 'T1078' },
    { tactic: 'TA0001', technique: 'T1078.004' },
  ],
  watches: ActivityClass.authentication | ActivityClass.dataAccess,
  settings,
  stateVersion: 3,
  stateClasses: { ...BASELINE_CLASSES, Families: ApplicationFamilies },
  createState: (): State => ({
    members: new Members(MEMORY_DAYS),
    surroundings: createSurroundings(),
    families: new Map(),
    visits: new OneDayVisits(),
  }),

  evaluate(access, state, options, report, resource) {
    const { principal, time } = access;
    if (principal === 0) {
      return;
    }
    const standing = state.members.meet(principal, time, options.dormantDays);
    if (standing === 'known') {
      state.visits?.again(principal, time);
      learnSurroundings(state.surroundings, access);
    } else if (standing === 'suspected') {
      if (!report.again(dedupKeyOf(access, 'new'), time)) {
        report.again(dedupKeyOf(access, 'dormant'), time);
      }
    } else {
      const gain = judge(access, standing, state, options, report, resource);
      state.members.admit(principal, standing, time, gain);
      if (gain === 'usual' && standing === 'new') {
        state.visits ??= new OneDayVisits();
        state.visits.begin(principal, time);
      }
      if (gain !== 'reported') {
        learnSurroundings(state.surroundings, access);
      }
    }
  },

  learned: ({ members }, directory, time) =>
    learnedMembers(members, 'principal', time, (id) => directory.principal(id)),

  accept({ members, families }, key, directory) {
    members.accept((id) => {
      const name = directory.principal(id);
      return key === keyOf(name, 'new') || key === keyOf(name, 'dormant');
    });
    acceptFamily(families, (family) => key === keyOf(family, 'new'));
    return true;
  },

  revise({ members }, { kind, fact }, directory) {
    if (fact.about === 'principal') {
      members.revise(kind, (id) => directory.principal(id) === fact.principal);
    }
  },

  hold({ members, surroundings }, holder) {
    members.forEachMember((principal) => holder.principal(principal));
    holdSurroundings(surroundings, holder);
  },
});

/** Reports a new or dormant principal where such are unusual; says what gaining it tells of the resource. */
function judge(
  access: Activity,
  standing: Unfamiliar,
  state: State,
  options: Settings,
  report: Report,
  resource: Resource,
): Gain {
  const { families, members } = state;
  const { time, directory } = access;
  const name = directory.principal(access.principal);
  const family = principalFamilyOf(name);
  const kinship = standing === 'new' ? kinshipOf(families, name, family, time) : 'alone';
  if (kinship === 'reported') {
    report.again(dedupKeyOf(access, standing), time);
  }
  if (kinship !== 'alone') {
    noteName(families, name, family, time, false);
    return 'none'; // another name that the same machine made up
  }
  const { isLearning, surprise } = members.judge(standing, time, standing === 'new' ? state.visits?.rate(time) : 0);
  const most = options.surpriseNats + THRESHOLD_SHIFT[options.sensitivity];
  const mayBeUnusual = !isLearning && surprise >= most - STRANGE_NATS; // where many join, none of them is looked at
  const isReported = mayBeUnusual && tell(access, { standing, surprise, most }, state, report, resource);
  noteName(families, name, family, time, isReported);
  return isReported ? 'reported' : 'usual';
}

/** Reports a principal that is unusual as it comes here. False when it is not, or is expected. */
function tell(
  access: Activity,
  { standing, surprise, most }: { standing: Unfamiliar; surprise: number; most: number },
  { members, surroundings }: State,
  report: Report,
  resource: Resource,
): boolean {
  const { directory, address, principal } = access;
  const usual = usualHere(usualOf(surroundings, access), access);
  const isFar = isStrange(usual, directory.address(address), directory.principal(principal));
  const threshold = most - (isFar ? STRANGE_NATS : 0);
  const verdict = { standing, surprise, threshold, usual, dedupKey: dedupKeyOf(access, standing) };
  return surprise >= threshold && report.finding(findingOf(access, members, verdict, resource));
}

/** From a network that is trusted anybody may come; and a Unix socket is no place to come from. */
function usualHere(usual: Usual, access: Activity): Usual {
  return access.address === 0 || isTrusted(access)
    ? { address: true, place: true, isNearby: false, application: usual.application }
    : usual;
}

function dedupKeyOf({ directory, principal }: Activity, standing: Unfamiliar): string {
  return keyOf(directory.principal(principal), standing);
}

/** Names of one machine are one matter; each of them that wakes up is one of its own. */
function keyOf(name: string, standing: Unfamiliar): string {
  return `${standing}|${standing === 'new' ? principalFamilyOf(name) : name}`;
}

import type { Judgement } from '../../baselines/habit-judgement.ts';
import type { Habits } from '../../baselines/habits.ts';
import type { Activity } from '../../model/activity.ts';
import type { Place } from '../../model/address-facts.ts';
import { countryPeers } from '../country-peers.ts';
import { isHandTool } from '../hand-tools.ts';
import { areNear } from './continents.ts';
import { surpriseAbroad } from './countries.ts';
import type { Variant, Verdict } from './finding-of.ts';
import { isInItsNetwork, isWithinItsNetwork } from './own-network.ts';
import { isAsUsual, isOffHours, isRoutine, isStrangeClient } from './routines.ts';
import type { WholeState } from './state.ts';

/**
 * Added to the threshold where only the network is new, not the country: programs seldom change it, people often do. At
 * an hour at which the person never works little of that remains: by Bayes 1.5 nats are gone, since of new networks of
 * people one in ten is used so, of intruders nearly every second.
 */
const SAME_COUNTRY_NATS = { steady: 1, others: 2, atOddHours: 0.5 };
/** So many others have been told to come from a place that it is a move of many; before that, it may become one. */
const MOVE = 2;
/**
 * Added where all else is as always, among people of whom it is known how often they come from elsewhere. By Bayes it
 * would be 2: the usual hour, client and whereabouts are seen of one intruder in eight, and of nearly all travellers.
 * Of journeys four in five lead to another country of the continent, of intruders hardly more than one in three; and of
 * the others more lead to where colleagues are than to where nobody of this resource ever was.
 */
const ROUTINE_NATS = { near: 1.7, far: 0.5, strange: 0 };
/** Added where the place is usual for others on this resource. */
const PEERS_NATS = 2;
/** From so many places of others in a country on, people live there who work here: somebody's first evening at home is no news. */
const COUNTRY_PEERS = 3;
/** What was decided about a place that is not usual. */
export interface Weighed extends Omit<Verdict, 'dedupKey'> {
  isUnusual: boolean;
  /** It is where the principal is anyway, so that it tells nothing of how often it gains places. */
  isAtHome: boolean;
  /** It is noted, and usual from then on. */
  isNearby: boolean;
}

/** @param bar nats from which a place is unusual, other things being equal */
export function weigh(access: Activity, state: WholeState, judged: Judgement, bar: number): Weighed {
  const { habits, clouds } = state;
  const usual = usualPlaces(access, habits);
  const { variant, isKnownCountry } = newsOf(access, usual);
  const abroad = variant === 'new country' ? surpriseAbroad(access, state.countries, state.routines, habits) : 0;
  const judgement = { ...judged, surprise: Math.max(judged.surprise, abroad) };
  const isOut = judgement.isSteady && clouds.isOut(access, habits); // a machine has no home, and no colleagues who have one
  const isWithOthers =
    !judgement.isSteady && isCountryOfOthers(access, habits) && !isStrangeClient(state.routines, access);
  const isHomely = isKnownCountry || isWithOthers;
  const isOddHour = isKnownCountry && isOffHours(state.routines, access);
  const threshold = bar + (isOut ? 0 : leniencyOf(isHomely, isOddHour, judgement));
  const others = habits.othersSuspected(access.principal, access.place, access.time);
  const isNearby = isInItsNetwork(access, usual) && isAsUsual(state.routines, access);
  const isAtHome = clouds.isInItsRegion(access) || (judgement.isSteady && isWithinItsNetwork(access, usual));
  return {
    variant,
    judgement,
    threshold,
    others,
    isUnusual: judgement.surprise >= threshold && others < MOVE && !isAtHome,
    isAtHome: isAtHome || isNearby,
    isNearby,
    isNote:
      isNearby ||
      isHarmless(access, state, judgement, threshold, others) ||
      (others > 0 && clouds.isOfItsProvider(access)),
  };
}

function newsOf(access: Activity, usual: readonly Place[]): { variant: Variant; isKnownCountry: boolean } {
  const { kind, countryCode } = access.directory.place(access.place);
  if (countryCode === undefined) {
    const isHost = kind === 'public' && usual.some((known) => known.kind === 'public'); // of any country
    return { variant: kind === 'private' ? 'new private network' : 'new network', isKnownCountry: isHost };
  }
  const isKnownCountry = usual.some(
    (known) => known.countryCode === countryCode || (known.kind === 'public' && known.countryCode === undefined),
  );
  return { variant: isKnownCountry ? 'new network' : 'new country', isKnownCountry };
}

/** Whether others on this resource have come from the country for a week or longer. */
function isCountryOfOthers(access: Activity, habits: Habits): boolean {
  const { countryCode = '' } = access.directory.place(access.place);
  return (countryPeers(habits, access).get(countryCode) ?? 0) >= COUNTRY_PEERS;
}

function usualPlaces({ principal, time, directory }: Activity, habits: Habits): Place[] {
  return habits.habitsOf(principal, time).map(({ value }) => directory.place(value));
}

/** Nats that are added to the bar, since people move about at home, and colleagues are where others are. */
function leniencyOf(isHomely: boolean, isOddHour: boolean, { peers, isSteady }: Judgement): number {
  const others = isOddHour ? SAME_COUNTRY_NATS.atOddHours : SAME_COUNTRY_NATS.others;
  return (isHomely ? (isSteady ? SAME_COUNTRY_NATS.steady : others) : 0) + (peers > 0 ? PEERS_NATS : 0);
}

/**
 * Whether an unusual place of a person is worth no more than a note: nothing else is unusual, so that it looks like a
 * journey; or somebody else was told to come from there this week, so that it looks like a VPN that moves.
 */
function isHarmless(
  access: Activity,
  { habits, routines }: WholeState,
  { surprise, isSteady, isPooled }: Judgement,
  threshold: number,
  others: number,
): boolean {
  if (isSteady) {
    return isByHandAtHome(access, habits); // programs do not travel
  }
  const routineNats = ROUTINE_NATS[distanceOf(access, habits)];
  const isJourney = isPooled && surprise < threshold + routineNats && isRoutine(routines, access, habits);
  return isJourney || others > 0;
}

/** Staff on call open the database by the credential of a program from where they live: that is told by the client. */
function isByHandAtHome(access: Activity, habits: Habits): boolean {
  const { application, engine, directory } = access;
  const isByHand = engine === 'postgresql' && isHandTool(directory.application(application));
  return isByHand && isCountryOfOthers(access, habits);
}

function distanceOf(access: Activity, habits: Habits): keyof typeof ROUTINE_NATS {
  const { countryCode } = access.directory.place(access.place);
  if (countryCode === undefined) {
    return 'far'; // a private network, a VPN: it may be anywhere
  }
  const isNear = (known: string): boolean => areNear(known, countryCode);
  const usual = usualPlaces(access, habits);
  if (usual.some((known) => isNear(known.countryCode ?? ''))) {
    return 'near';
  }
  const hasPeers = () => [...countryPeers(habits, access).keys()].some(isNear);
  return isOnSeveralContinents(usual) || hasPeers() ? 'far' : 'strange';
}

function isOnSeveralContinents(usual: readonly Place[]): boolean {
  const codes = usual.flatMap(({ countryCode }) => countryCode ?? []);
  return codes.some((code) => !areNear(code, codes[0]!));
}

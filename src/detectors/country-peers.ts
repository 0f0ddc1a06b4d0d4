import type { Habits } from '../baselines/habits.ts';
import { peersByGroup } from '../baselines/peers.ts';
import type { Activity } from '../model/activity.ts';

/** By country code, how many others have come from there for a week or longer; who comes from several places counts for each. */
export function countryPeers(places: Habits, { time, directory }: Activity): ReadonlyMap<string, number> {
  return peersByGroup(places, (place) => directory.place(place).countryCode, time);
}

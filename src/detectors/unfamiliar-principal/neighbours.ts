import type { LastUses } from '../../baselines/last-uses.ts';
import type { Activity } from '../../model/activity.ts';
import type { Place } from '../../model/address-facts.ts';
import { networkOf } from '../network-of.ts';

/** From so many usual places of one network or country on, one more of them is near. */
const NEIGHBOURS = 3;

/** Whether several places of the same private network, or providers of the same country, are usual. */
export function isNeighbour(access: Activity, usual: LastUses): boolean {
  return countNeighbours(access, usual) >= NEIGHBOURS;
}

/** Whether people work in the country of a public address: there, whoever joins them has a provider of their own. */
export function isInCountryOf(access: Activity, people: LastUses): boolean {
  const { place, directory } = access;
  return place !== 0 && directory.place(place).kind === 'public' && countNeighbours(access, people) > 0;
}

function countNeighbours({ place, directory }: Activity, usual: LastUses): number {
  const whole = place === 0 ? undefined : wholeOf(directory.place(place));
  let neighbours = 0;
  if (whole !== undefined) {
    usual.forEach((known) => {
      neighbours += known !== 0 && wholeOf(directory.place(known)) === whole ? 1 : 0; // 0: a Unix socket
    });
  }
  return neighbours;
}

function wholeOf(place: Place): string | undefined {
  return place.kind === 'public' ? place.countryCode : networkOf(place);
}

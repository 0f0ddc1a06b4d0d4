import type { Activity } from '../model/activity.ts';

type Whereabouts = Pick<Activity, 'place' | 'address' | 'directory'>;

/** Whether the address of an activity lies in a network that people trust. */
export function isTrusted({ place, address, directory }: Whereabouts): boolean {
  const isNamed = place !== 0 && directory.place(place).kind === 'named'; // at hand, as what is known of an address is not
  return isNamed && directory.address(address).namedNetwork?.trusted === true;
}

import type { Activity } from '../../model/activity.ts';
import { isAccountKey } from '../cosmosdb-commands.ts';
import type { Report } from '../detector.ts';
import { type Extraction, findingOf, isByColleague } from './extraction.ts';
import { isUsualPlace, type State } from './state.ts';

const HOUR_MS = 3_600_000;
/** Uses of a key that are told of an extraction. */
const MAX_USES = 32;

/** Looks whether a key is used from a new address after somebody took it; learns the address otherwise. */
export function followUse(access: Activity, state: State, hours: number, report: Report): void {
  if (access.isRepeated === true) {
    return;
  }
  const { address, place, time } = access;
  const { addresses, places } = state;
  if (!addresses.meet(address, time)) {
    state.followed = state.followed.filter((extraction) => time - extraction.time <= hours * HOUR_MS);
    const guilty = state.followed.filter((extraction) => isUseOf(extraction, access, state));
    for (const extraction of guilty) {
      noteUse(extraction, access, report);
    }
    if (guilty.length > 0) {
      return;
    }
    addresses.learn(address, time);
  }
  if (!places.meet(place, time)) {
    places.learn(place, time);
  }
}

function isUseOf(extraction: Extraction, access: Activity, state: State): boolean {
  const { directory, principal, address } = access;
  const isOwn = directory.address(address).address === extraction.address.address && !isByColleague(extraction);
  return (isOwn || !isUsualPlace(access, state)) && isAccountKey(directory.principal(principal));
}

function noteUse(extraction: Extraction, access: Activity, report: Report): void {
  const { directory, principal, address, time } = access;
  const { uses } = extraction;
  extraction.count++;
  if (uses.length === MAX_USES) {
    report.again(extraction.dedupKey, time);
    return;
  }
  uses.push({ time, key: directory.principal(principal), address: directory.address(address) });
  if (uses.length === 1) {
    extraction.rawLines = [...extraction.rawLines, ...access.keep().map((record) => record.show())];
  }
  report.finding(findingOf(extraction));
}

/** Counts what the same caller does afterwards; false where no alert about it is open. */
export function countAgain({ followed }: State, dedupKey: string, time: number, report: Report): boolean {
  const extraction = followed.findLast((candidate) => candidate.dedupKey === dedupKey);
  const isOpen = report.again(dedupKey, time);
  if (isOpen && extraction !== undefined) {
    extraction.count++;
  }
  return isOpen;
}

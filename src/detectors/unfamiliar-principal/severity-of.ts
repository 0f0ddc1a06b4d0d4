import type { Unfamiliar } from '../../baselines/member.ts';
import type { AddressFacts } from '../../model/address-facts.ts';
import type { FindingEntities } from '../../model/finding.ts';
import type { Severity } from '../../model/severity.ts';
import { isAccountKey } from '../cosmosdb-commands.ts';
import type { Usual } from './surroundings.ts';

/** What is quite out of place. Of two that are only somewhat so, either alone is what new staff and services bring. */
const ODD = 2;
const SOMEWHAT_ODD = 1;

/**
 * Who comes from where, with what and when others come is new staff, or a new service: a note. Who was there before is
 * neither: an account that somebody left behind is woken from the office, too. Else Low; Medium, where nothing is
 * usual: a tool of people is, while they work.
 */
export function severityOf(
  standing: Unfamiliar,
  usual: Usual,
  entities: FindingEntities,
  isNewDomain: boolean,
): Severity {
  const oddity = oddityOf(usual, entities.address!, entities.principal!) + (isNewDomain ? ODD : 0);
  const isVouchedFor = entities.address!.namedNetwork?.trusted === true;
  if (oddity < ODD && (standing === 'new' || isVouchedFor)) {
    return 'Informational';
  }
  const isOwnTool = usual.application || usual.people?.now === true;
  return isFromAfar(usual, entities.address!) && (isNewDomain || !isOwnTool) ? 'Medium' : 'Low';
}

/** Whether so much is unusual that it is no newcomer of the usual kind: from outside, where nobody comes from, or all in all. */
export function isStrange(usual: Usual, address: AddressFacts, principal: string): boolean {
  const isOutside = address.place?.kind === 'public' && isFromAfar(usual, address);
  return isOutside || oddityOf(usual, address, principal) > ODD;
}

function isFromAfar({ place, isNearby }: Usual, facts: AddressFacts): boolean {
  return !place && !isNearby && facts.place?.kind !== 'private';
}

function oddityOf(usual: Usual, facts: AddressFacts, principal: string): number {
  const { application, people } = usual;
  return (
    placeOddity(usual, facts, isAccountKey(principal)) +
    (application || people?.here === true ? 0 : SOMEWHAT_ODD) + // people bring tools of their own
    (people === undefined || (people.now && people.here) ? 0 : ODD)
  );
}

/** @param isKey people change their provider; who uses a key anew does it from where the key is usual */
function placeOddity({ address, place, isNearby, people }: Usual, facts: AddressFacts, isKey: boolean): number {
  const isPrivate = facts.place?.kind === 'private';
  if (address || (isPrivate && (place || (isNearby && people === undefined)))) {
    return 0; // there, addresses are lent by the day, and nodes have subnets of their own
  }
  return place || (isNearby && !isPrivate && !isKey) ? SOMEWHAT_ODD : ODD;
}

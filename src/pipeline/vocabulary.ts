import type { Holder } from '../detectors/detector.ts';
import type { Enrichment } from '../enrichers/enrichment.ts';
import { Names } from '../lib/names.ts';
import { grown } from '../lib/pair-table.ts';
import type { Directory, Id } from '../model/activity.ts';
import type { AddressFacts, Place } from '../model/address-facts.ts';

const NOT_LOOKED_UP = 0;
const UNKNOWN = -1;
/** Groups of addresses whose place is at hand; a database of cities has millions. */
const MAX_GROUPS = 65_536;

/** Everything of one resource that has an id: principals, databases, applications, addresses and their places. */
export interface Vocabulary extends Directory {
  readonly principals: Names;
  readonly databases: Names;
  readonly applications: Names;
  readonly addresses: Names;
  /** Names of operations and containers. */
  readonly words: Names;
  /** The place of an address; 0 where nothing is known about it. Looked up when first asked for. */
  placeOf(address: Id): Id;
  /** Gives back the ids that `mark` does not name, if there are many. */
  sweep(mark: (holder: Holder) => void): void;
}

export function createVocabulary(enrichment: Enrichment): Vocabulary {
  const principals = new Names();
  const databases = new Names();
  const applications = new Names();
  const addresses = new Names();
  const words = new Names();
  const places: Place[] = [];
  const placeIds = new Map<string, Id>();
  const placeOfGroup = new Map<number, number>();
  let placeOfAddress = new Int32Array(256);

  function factsOf(address: Id): AddressFacts {
    return enrichment.factsOf(address === 0 ? '[local]' : addresses.textOf(address));
  }

  /** Addresses of one group are at one place, which is worked out once. */
  function lookUp(address: Id): number {
    const group = addresses.bytesOf(address, enrichment.placeGroupOf);
    const known = group === 0 ? undefined : placeOfGroup.get(group);
    if (known !== undefined) {
      return known;
    }
    const place = idOfPlace(factsOf(address).place);
    if (group !== 0) {
      if (placeOfGroup.size >= MAX_GROUPS) {
        placeOfGroup.clear();
      }
      placeOfGroup.set(group, place);
    }
    return place;
  }

  function idOfPlace(place: Place | undefined): number {
    if (place === undefined) {
      return UNKNOWN;
    }
    let id = placeIds.get(place.key);
    if (id === undefined) {
      id = places.push(place);
      placeIds.set(place.key, id);
    }
    return id;
  }

  return {
    principals,
    databases,
    applications,
    addresses,
    words,
    principal: (id) => principals.textOf(id),
    database: (id) => databases.textOf(id),
    application: (id) => applications.textOf(id),
    word: (id) => words.textOf(id),
    address: factsOf,
    addressText: (id) => (id === 0 ? '[local]' : addresses.textOf(id)),
    place: (id) => places[id - 1]!,

    placeOf(address) {
      if (address === 0) {
        return 0;
      }
      if (address >= placeOfAddress.length) {
        placeOfAddress = grown(placeOfAddress, 2 * address);
      }
      let place = placeOfAddress[address]!;
      if (place === NOT_LOOKED_UP) {
        place = lookUp(address);
        placeOfAddress[address] = place;
      }
      return place === UNKNOWN ? 0 : place;
    },

    sweep(mark) {
      const swept = { principal: principals, address: addresses, application: applications, word: words };
      const kinds = Object.entries(swept);
      if (kinds.some(([, names]) => names.isCrowded)) {
        const held = kinds.map(([, names]) => new Uint8Array(names.limit));
        const note = (kind: number) => (id: Id) => {
          held[kind]![id] = 1;
        };
        mark({ principal: note(0), address: note(1), application: note(2), word: note(3) });
        for (const [kind, [, names]] of kinds.entries()) {
          const isHeld = (id: Id) => held[kind]![id] === 1;
          if (names.isCrowded) {
            if (names === addresses) {
              placeOfAddress = placeOfAddress.map((place, id) => (isHeld(id) ? place : NOT_LOOKED_UP));
            }
            names.sweep(isHeld);
          }
        }
      }
      if (databases.isCrowded) {
        databases.sweep(() => false);
      }
    },
  };
}

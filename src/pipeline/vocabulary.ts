import type { Holder } from '../detectors/detector.ts';
import type { Enrichment } from '../enrichers/enrichment.ts';
import { Names } from '../lib/names.ts';
import { grown } from '../lib/pair-table.ts';
import type { Renaming } from '../lib/renaming.ts';
import { replaceNames } from '../lib/replace-names.ts';
import type { Directory, Id } from '../model/activity.ts';
import type { AddressFacts, CloudRegion, Place } from '../model/address-facts.ts';

const NOT_LOOKED_UP = 0;
const UNKNOWN = -1;
/** Groups of addresses whose place is at hand; a database of cities has millions. */
const MAX_GROUPS = 65_536;
const NO_MOVES: readonly PlaceMove[] = [];

/** What was one place is another by now. */
export interface PlaceMove {
  from: Id;
  to: Id;
}

/** Everything of one resource that has an id: principals, databases, applications, addresses and their places. */
export class Vocabulary implements Directory {
  /** What is known of addresses may be something else after a restart. */
  static readonly omits = ['placeOfGroup', 'placeOfAddress', 'isRenewed', 'moves', 'told'];
  readonly principals = new Names();
  readonly databases = new Names();
  readonly applications = new Names();
  readonly addresses = new Names();
  /** Names of operations and containers. */
  readonly words = new Names();
  private readonly enrichment: Enrichment;
  private readonly places: Place[] = [];
  private readonly placeIds = new Map<string, Id>();
  private placeOfGroup = new Map<number, number>();
  private placeOfAddress = new Int32Array(0);
  /** The place of each address when it was last looked up, by whatever was known then; 0: none. */
  private lastPlaces = new Int32Array(0);
  /** Some addresses were last looked up by other data. */
  private isRenewed = false;
  /** Addresses went from the one place to the other, in what is known of them. */
  private moves: PlaceMove[] = [];
  /** Those that were told since data changed. */
  private told = new Map<Id, Set<Id>>();

  constructor(enrichment: Enrichment) {
    this.enrichment = enrichment;
  }

  restored(): void {
    this.lastPlaces ??= new Int32Array(0); // kept since 0.1
    this.renew();
  }

  /** What is known of addresses has changed: they are looked up anew, each when it comes again. */
  renew(): void {
    this.placeOfGroup = new Map();
    this.placeOfAddress = new Int32Array(0);
    this.isRenewed = true;
    this.moves = [];
    this.told = new Map();
  }

  /**
   * Places that have become others, as far as this address shows it: what is usual from the one is so from the other.
   */
  movesOf(address: Id): readonly PlaceMove[] {
    if (!this.isRenewed) {
      return NO_MOVES;
    }
    this.placeOf(address);
    const { moves } = this;
    this.moves = moves.length === 0 ? moves : [];
    return moves;
  }

  principal(id: Id): string {
    return this.principals.textOf(id);
  }

  database(id: Id): string {
    return this.databases.textOf(id);
  }

  application(id: Id): string {
    return this.applications.textOf(id);
  }

  word(id: Id): string {
    return this.words.textOf(id);
  }

  address(id: Id): AddressFacts {
    return this.enrichment.factsOf(this.addressText(id));
  }

  addressText(id: Id): string {
    return id === 0 ? '[local]' : this.addresses.textOf(id);
  }

  cloudRegionOf(id: Id): CloudRegion | undefined {
    return this.enrichment.empty.has('cloud-region') ? undefined : this.address(id).cloudRegion;
  }

  place(id: Id): Place {
    return this.places[id - 1]!;
  }

  /** The place of an address; 0 where nothing is known about it. Looked up when first asked for. */
  placeOf(address: Id): Id {
    if (address === 0) {
      return 0;
    }
    if (address >= this.placeOfAddress.length) {
      this.placeOfAddress = grown(this.placeOfAddress, 2 * (address + 1));
    }
    let place = this.placeOfAddress[address]!;
    if (place === NOT_LOOKED_UP) {
      place = this.lookUp(address);
      this.placeOfAddress[address] = place;
      this.noteLast(address, Math.max(place, 0));
    }
    return place === UNKNOWN ? 0 : place;
  }

  /** Gives the principals that have another name now; their ids stay. What is new comes by its own name. */
  renamePrincipal({ name, text }: Renaming): Id[] {
    for (const names of [this.databases, this.applications, this.addresses, this.words]) {
      replaceNames(names, text);
    }
    return replaceNames(this.principals, name);
  }

  /** It is renamed before whatever refers to it. */
  rename(): void {}

  /** Gives back the ids that `mark` does not name, if there are many; true when ids may stand for other texts from now on. */
  sweep(mark: (holder: Holder) => void): boolean {
    const { principals, addresses, applications, words, databases } = this;
    const kinds = [principals, addresses, applications, words];
    const isCrowded = kinds.some((names) => names.isCrowded);
    const areDatabasesCrowded = databases.isCrowded;
    if (isCrowded) {
      const held = kinds.map((names) => new Uint8Array(names.limit));
      const note = (kind: number) => (id: Id) => {
        held[kind]![id] = 1;
      };
      mark({ principal: note(0), address: note(1), application: note(2), word: note(3) });
      for (const [kind, names] of kinds.entries()) {
        const isHeld = (id: Id) => held[kind]![id] === 1;
        if (names.isCrowded) {
          if (names === addresses) {
            this.placeOfAddress = this.placeOfAddress.map((place, id) => (isHeld(id) ? place : NOT_LOOKED_UP));
            this.lastPlaces = this.lastPlaces.map((place, id) => (isHeld(id) ? place : 0));
          }
          names.sweep(isHeld);
        }
      }
    }
    if (areDatabasesCrowded) {
      databases.sweep(() => false);
    }
    return isCrowded || areDatabasesCrowded;
  }

  private noteLast(address: Id, place: number): void {
    if (address >= this.lastPlaces.length) {
      this.lastPlaces = grown(this.lastPlaces, 2 * (address + 1));
    }
    const last = this.lastPlaces[address]!;
    this.lastPlaces[address] = place;
    if (last === 0 || place === 0 || last === place) {
      return;
    }
    const told = this.told.get(last) ?? new Set();
    if (!told.has(place)) {
      this.told.set(last, told.add(place));
      this.moves.push({ from: last, to: place });
    }
  }

  /** Addresses of one group are at one place, which is worked out once. */
  private lookUp(address: Id): number {
    const group = this.addresses.bytesOf(address, this.enrichment.placeGroupOf);
    const known = group === 0 ? undefined : this.placeOfGroup.get(group);
    if (known !== undefined) {
      return known;
    }
    const place = this.idOfPlace(this.address(address).place);
    if (group !== 0) {
      if (this.placeOfGroup.size >= MAX_GROUPS) {
        this.placeOfGroup.clear();
      }
      this.placeOfGroup.set(group, place);
    }
    return place;
  }

  private idOfPlace(place: Place | undefined): number {
    if (place === undefined) {
      return UNKNOWN;
    }
    let id = this.placeIds.get(place.key);
    if (id === undefined) {
      id = this.places.push(place);
      this.placeIds.set(place.key, id);
    } else {
      this.places[id - 1] = place; // its location may be another one by now
    }
    return id;
  }
}

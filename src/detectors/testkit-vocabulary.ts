import type { Directory, Id } from '../model/activity.ts';
import type { AddressFacts, Place } from '../model/address-facts.ts';
import type { Holder } from './detector.ts';

export type Vocabulary = ReturnType<typeof createVocabulary>;

/** Ids and what they stand for. */
export function createVocabulary(firstId: number) {
  const principals = createIds<string>(firstId);
  const addresses = createIds<AddressFacts>(firstId);
  const places = createIds<Place>(firstId);
  const texts = createIds<string>(firstId);
  const applications = createIds<string>(firstId);
  const words = createIds<string>(firstId);
  const directory: Directory = {
    principal: (id) => principals.get(id) ?? '',
    database: (id) => texts.get(id) ?? '',
    application: (id) => applications.get(id) ?? '',
    word: (id) => words.get(id) ?? '',
    address: (id) => addresses.get(id) ?? { address: '[local]' },
    addressText: (id) => addresses.get(id)?.address ?? '[local]',
    cloudRegionOf: (id) => addresses.get(id)?.cloudRegion,
    place: (id) => places.get(id)!,
  };
  return {
    directory,
    principal: (name: string) => (name === '' ? 0 : principals.idOf(name, name)),
    address: (facts: AddressFacts) => (facts.address === '[local]' ? 0 : addresses.idOf(facts.address, facts)),
    place: ({ place }: AddressFacts) => (place === undefined ? 0 : places.idOf(place.key, place)),
    text: (text: string) => (text === '' ? 0 : texts.idOf(text, text)),
    application: (name: string) => (name === '' ? 0 : applications.idOf(name, name)),
    word: (name: string) => (name === '' ? 0 : words.idOf(name, name)),
    sweep(mark: (holder: Holder) => void) {
      const swept = [principals, addresses, applications, words];
      const held = swept.map(() => new Set<Id>());
      const note = (kind: number) => (id: Id) => void held[kind]!.add(id);
      mark({ principal: note(0), address: note(1), application: note(2), word: note(3) });
      for (const [kind, ids] of swept.entries()) {
        ids.sweep(held[kind]!);
      }
      texts.sweep(new Set());
    },
  };
}

/** Gives an id to each key; ids that are free are given again, the latest first. */
function createIds<T>(firstId: number) {
  const ids = new Map<string, Id>();
  const values = new Map<Id, T>();
  const free: Id[] = [];
  let next = firstId;
  return {
    get: (id: Id) => values.get(id),
    idOf(key: string, value: T): Id {
      const id = ids.get(key) ?? free.pop() ?? next++;
      ids.set(key, id);
      values.set(id, value);
      return id;
    },
    sweep(held: ReadonlySet<Id>) {
      for (const [key, id] of ids) {
        if (!held.has(id)) {
          ids.delete(key);
          values.delete(id);
          free.push(id);
        }
      }
    },
  };
}

/** A JSON object of an answer with its plain values, whatever lies deeper left out. */
export type KnownRecord = Readonly<Record<string, unknown>>;

/** Of one name or place; the newest are kept. */
const MOST_VALUES = 60;
/** Records with the same members. */
const MOST_ALIKE = 8;
const MOST_ITEMS = 12;
const DEEPEST = 5;

/** What a client has learned from the answers so far: ids that exist, and values that belong together. */
export interface Knowledge {
  /** Learns from a request that succeeded, and its answer. `path` is the path as it was asked. */
  learn(path: string, sent: KnownRecord, answer: unknown): void;
  /** Values of the name, whoever it was that told them; longer names end with it: `client_secret` takes a `secret`. */
  values(name: string): readonly unknown[];
  /** Values that may follow a path, as far as a list of what is there was read: of `/api/v1/users` the ids. */
  below(path: string, name: string): readonly string[];
  /** What was removed under a path is not asked for again. */
  forget(path: string): void;
  /** All that was told together. */
  records(): readonly KnownRecord[];
}

export function createKnowledge(): Knowledge {
  const byName = new Map<string, Set<unknown>>();
  const byPlace = new Map<string, KnownRecord[]>();
  const byShape = new Map<string, KnownRecord[]>();

  function keep(place: string, record: KnownRecord): void {
    byPlace.set(place, [...(byPlace.get(place) ?? []), record].slice(-MOST_VALUES));
  }

  function learnRecord(path: string, record: KnownRecord): void {
    const shape = Object.keys(record).join();
    byShape.set(shape, [...(byShape.get(shape) ?? []), record].slice(-MOST_ALIKE));
    keep(path.toLowerCase(), record);
    keep(lastPart(path), record);
    for (const [name, value] of Object.entries(record)) {
      const values = byName.get(plainName(name)) ?? new Set();
      values.delete(value);
      values.add(value);
      if (values.size > MOST_VALUES) {
        values.delete(values.values().next().value);
      }
      byName.set(plainName(name), values);
    }
  }

  return {
    learn(path, sent, answer) {
      const found = recordsIn(answer);
      const [first = {}, ...others] = found;
      const whole = { ...sent, ...first };
      keep(path.toLowerCase().replace(/\/[^/]*$/, ''), whole); // of a thing itself: it is found in the list above it, too
      for (const record of [whole, ...others]) {
        learnRecord(path, record);
      }
    },
    values(name) {
      const wanted = plainName(name);
      const exact = byName.get(wanted) ?? byName.get(wanted.replace(/s$/, ''));
      const [longest] = [...byName.keys()]
        .filter((known) => known.length > 3 && wanted.endsWith(known))
        .toSorted((a, b) => b.length - a.length);
      return [...(exact ?? byName.get(longest ?? '') ?? [])];
    },
    below(path, name) {
      const records = byPlace.get(path.toLowerCase()) ?? byPlace.get(lastPart(path)) ?? [];
      const ids = records.map((record) => record[name] ?? record.id ?? record.name);
      return [...new Set(ids.filter((value) => typeof value === 'string').map((id) => idBelow(path, id)))];
    },
    forget(path) {
      const [, parent = '', id = ''] = /^(.*)\/([^/]*)$/.exec(path) ?? [];
      for (const place of [parent.toLowerCase(), lastPart(parent)]) {
        const kept = byPlace.get(place)?.filter((record) => !Object.values(record).includes(decodeURIComponent(id)));
        byPlace.set(place, kept ?? []);
      }
    },
    records: () => [...byShape.values()].flat(),
  };
}

/** `client_id`, `clientId` and `ClientID` are one. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Azure's ids are paths themselves: below such a path the last part is the name. */
function idBelow(path: string, id: string): string {
  return path.startsWith('/api/') ? id : id.replace(/^.*\//, '');
}

function lastPart(path: string): string {
  return path.toLowerCase().replace(/\/$/, '').replace(/^.*\//, '');
}

/** The objects of an answer, the outermost first. */
function recordsIn(value: unknown, depth = 0): KnownRecord[] {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) {
    return [];
  }
  if (Array.isArray(value)) {
    return value.slice(0, MOST_ITEMS).flatMap((item) => recordsIn(item, depth + 1));
  }
  const entries = Object.entries(value);
  const own = Object.fromEntries(entries.filter(([, it]) => ['string', 'number', 'boolean'].includes(typeof it)));
  return [own, ...entries.flatMap(([, it]) => recordsIn(it, depth + 1))];
}

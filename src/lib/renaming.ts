/** Another name in the place of a principal's, in any casing. */
export interface Renaming {
  /** Of who that is: it must be the name as a whole. */
  name: (text: string) => string;
  /** Of what may tell of it among other things. */
  text: (text: string) => string;
}

/** What holds texts in a way of its own, such as bytes. */
export interface Renamable {
  rename(renaming: Renaming): void;
}

/** Members that hold words of ours: a principal may be called by one of these, too. */
const OURS: ReadonlySet<string> = new Set([
  'alertType',
  'confidence',
  'detector',
  'dialect',
  'engine',
  'handedOut',
  'kind',
  'role',
  'severity',
  'subject',
  'tactic',
  'technique',
  'unit',
  'variant',
]);
/** What a name goes on with: `ann` is no part of `joanna`, nor of `ann@example.com`. */
const OF_NAMES = '[\\p{L}\\p{M}\\p{N}_@$-]';

export function renamingOf(principal: string, instead: string): Renaming {
  const spellings = new Set([principal, JSON.stringify(principal).slice(1, -1)].map(escaped));
  const whole = new RegExp(`^${escaped(principal)}$`, 'iu');
  const within = new RegExp(
    `(?<!${OF_NAMES}|${OF_NAMES}\\.)(?:${[...spellings].join('|')})(?!${OF_NAMES}|\\.${OF_NAMES})`,
    'giu',
  );
  return {
    name: (text) => (whole.test(text) ? instead : text),
    text: (text) => text.replace(within, () => instead),
  };
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/**
 * Puts the other name into all texts of a value of which a snapshot can be made. Map, Set and instances of classes stay
 * the same objects; plain objects and arrays may belong to others, too, so those that change are copied. Gives the value,
 * or its copy.
 */
export function renameIn<T>(value: T, renaming: Renaming): T {
  return createWalk(renaming)(value) as T;
}

/** As `renameIn`, for an object that others hold: it stays the same, whatever it is. */
export function renameWithin(root: object, renaming: Renaming): void {
  const walk = createWalk(renaming);
  if (Array.isArray(root)) {
    root.splice(0, root.length, ...root.map(walk));
  } else if (isPlain(root)) {
    assignChanged(root, walk);
  } else {
    walk(root);
  }
}

type Walk = (value: unknown) => unknown;

function createWalk(renaming: Renaming): Walk {
  /** What became of an object; itself as long as that is not known. */
  const seen = new Map<object, unknown>();

  function walk(value: unknown): unknown {
    if (typeof value === 'string') {
      return renaming.text(value);
    }
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
      return value;
    }
    if (!seen.has(value)) {
      seen.set(value, value);
      seen.set(value, renamed(value));
    }
    return seen.get(value);
  }

  function renamed(object: object): unknown {
    if (Array.isArray(object)) {
      const items = object.map(walk);
      return items.some((item, i) => item !== object[i]) ? items : object;
    }
    if (object instanceof Map) {
      renameMap(object, walk);
    } else if (object instanceof Set) {
      renameSet(object, walk);
    } else if (isPlain(object)) {
      const entries = Object.entries(object).map(([key, value]) => [key, value, walkMember(walk, key, value)] as const);
      const isChanged = entries.some(([, before, after]) => before !== after);
      return isChanged ? Object.fromEntries(entries.map(([key, , after]) => [key, after])) : object;
    } else if ('rename' in object) {
      (object as Renamable).rename(renaming);
    } else {
      assignChanged(object, walk);
    }
    return object;
  }

  return walk;
}

function walkMember(walk: Walk, key: string, value: unknown): unknown {
  return typeof value === 'string' && OURS.has(key) ? value : walk(value);
}

function isPlain(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object);
  return prototype === Object.prototype || prototype === null;
}

function assignChanged(object: object, walk: Walk): void {
  const members = object as Record<string, unknown>;
  for (const [key, before] of Object.entries(members)) {
    const after = walkMember(walk, key, before);
    if (after !== before) {
      members[key] = after;
    }
  }
}

/** In the same order; of two keys that become one, the first stays. */
function renameMap(map: Map<unknown, unknown>, walk: Walk): void {
  const entries = [...map].map(([key, value]) => [typeof key === 'string' ? walk(key) : key, walk(value)] as const);
  const keys = [...map.keys()];
  if (entries.every(([key], i) => key === keys[i])) {
    for (const [key, value] of entries) {
      map.set(key, value);
    }
    return;
  }
  map.clear();
  for (const [key, value] of entries) {
    if (!map.has(key)) {
      map.set(key, value);
    }
  }
}

function renameSet(set: Set<unknown>, walk: Walk): void {
  const before = [...set];
  const after = before.map(walk);
  if (after.some((value, i) => value !== before[i])) {
    set.clear();
    for (const value of after) {
      set.add(value);
    }
  }
}

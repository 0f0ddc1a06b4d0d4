import { grown, PairTable } from '../lib/pair-table.ts';
import { ActivityClass } from '../model/activity.ts';
import type { PrefixFields } from './log-line-prefix-fields.ts';

/** Sessions remembered at a time. PostgreSQL allows a few thousand connections at most. */
const MAX_SESSIONS = 16_384;
/** Contradictions of which the place is remembered, for readers that go back and read again. */
const MAX_PLACES = 1024;
/** A clock may be set back between a session's start and its first line. */
const CLOCK_STEP_MS = 10_000;

/** What is a session's last. */
const LAST =
  ActivityClass.disconnection |
  ActivityClass.authenticationFailure |
  ActivityClass.protocolError |
  ActivityClass.unknownDatabase;

/** Whether lines agree with what their sessions told before. */
export interface SessionLedger {
  /**
   * Checks an entry and learns from it; a contradiction teaches nothing.
   *
   * @param place where it stands in the source: the same entry may come again, and is then judged as before
   * @returns whether the entry contradicts itself or its session
   */
  contradicts(words: DataView, fields: PrefixFields, activityClass: number, place: number): boolean;
  /** The same where the hash of the names is known already. */
  contradictsAs(names: number, fields: PrefixFields, activityClass: number, place: number): boolean;
  /** What names are hashed with. */
  hashSeed(): number;
  /** Another source begins: places start anew, sessions go on. */
  restart(): void;
  /** What it knows: live data. */
  save(): LedgerMemory;
  recall(memory: LedgerMemory): void;
}

/** What lines have told of their sessions. */
export interface LedgerMemory {
  /** Secret of the ledger: nobody can choose a name with the hash of another. */
  seed: number;
  table: PairTable;
  lineNumbers: Float64Array;
  /** Hashes of user and database; 0 while not told. */
  names: Int32Array;
  seen: Float64Array;
  isOpened: Uint8Array;
  newest: number;
  places: Set<number>;
}

/**
 * A session id (`%c`) names one session for ever; a pid alone is given again, and so says nothing of a session whose
 * opening was not seen. A session first met in its middle is believed.
 *
 * @param escapes letters of the escapes in the prefix
 */
export function createSessionLedger(escapes: ReadonlySet<string>): SessionLedger {
  const hasId = escapes.has('c');
  const hasPid = escapes.has('p');
  let seed = (Math.random() * 0x1_0000_0000) | 0;
  let table = new PairTable();
  let lineNumbers: Float64Array = new Float64Array(0);
  let names: Int32Array = new Int32Array(0);
  let seen: Float64Array = new Float64Array(0);
  let isOpened: Uint8Array = new Uint8Array(0);
  let newest = -1;
  let places = new Set<number>();

  function contradicts(words: DataView, fields: PrefixFields, activityClass: number, place: number): boolean {
    return contradictsAs(namesHash(words, fields, seed), fields, activityClass, place);
  }

  function contradictsAs(name: number, fields: PrefixFields, activityClass: number, place: number): boolean {
    if (place <= newest) {
      return places.has(place);
    }
    newest = place;
    const isForged = contradictsItself(fields) || contradictsSession(name, fields, activityClass);
    if (isForged) {
      if (places.size >= MAX_PLACES) {
        places.clear();
      }
      places.add(place);
    }
    return isForged;
  }

  /** The id holds pid and start of the process. */
  function contradictsItself({ sessionHigh, sessionLow, pid, time }: PrefixFields): boolean {
    return hasId && ((hasPid && pid !== sessionLow) || (sessionHigh >>> 0) * 1000 > time + CLOCK_STEP_MS);
  }

  function contradictsSession(name: number, fields: PrefixFields, activityClass: number): boolean {
    const { sessionHigh, sessionLow, lineNumber } = fields;
    if (sessionLow === 0) {
      return false;
    }
    let slot = table.find(sessionHigh, sessionLow);
    const isOpening = activityClass === ActivityClass.connection;
    if (slot !== 0 && (hasId || (isOpened[slot] === 1 && !isOpening))) {
      const goesBack = lineNumber !== 0 && lineNumber <= lineNumbers[slot]!;
      const isOther = name !== 0 && names[slot] !== 0 && names[slot] !== name;
      if (goesBack || isOther || isOpening) {
        return true;
      }
    }
    slot = slot === 0 || (isOpening && !hasId) ? open(slot, fields, isOpening) : slot;
    lineNumbers[slot] = lineNumber;
    names[slot] = name === 0 ? names[slot]! : name;
    seen[slot] = fields.time;
    if ((activityClass & LAST) !== 0 && !hasId) {
      table.remove(slot);
    }
    return false;
  }

  function open(known: number, { sessionHigh, sessionLow }: PrefixFields, isOpening: boolean): number {
    if (known === 0 && table.size >= MAX_SESSIONS) {
      forgetQuarter();
    }
    const slot = known === 0 ? table.add(sessionHigh, sessionLow) : known;
    reserve();
    names[slot] = 0;
    isOpened[slot] = isOpening ? 1 : 0;
    return slot;
  }

  /** Those unheard of for longest. */
  function forgetQuarter(): void {
    const byAge = [...table.used()].sort((a, b) => seen[a]! - seen[b]! || a - b);
    for (const slot of byAge.slice(0, MAX_SESSIONS / 4)) {
      table.remove(slot);
    }
  }

  function reserve(): void {
    const slots = table.capacity + 1;
    if (slots > seen.length) {
      lineNumbers = grown(lineNumbers, slots);
      names = grown(names, slots);
      seen = grown(seen, slots);
      isOpened = grown(isOpened, slots);
    }
  }

  return {
    contradicts,
    contradictsAs,
    hashSeed: () => seed,
    restart() {
      newest = -1;
      places.clear();
    },
    save: () => ({ seed, table, lineNumbers, names, seen, isOpened, newest, places }),
    recall(memory) {
      ({ seed, table, lineNumbers, names, seen, isOpened, newest, places } = memory);
    },
  };
}

/** Of user and database; 0 where no user is told. */
function namesHash(words: DataView, { principal, database }: PrefixFields, seed: number): number {
  if (principal.end === principal.start) {
    return 0;
  }
  const hash = addText(words, addText(words, seed, principal.start, principal.end), database.start, database.end);
  return hash === 0 ? 1 : hash;
}

/** Adds a text to a hash, four bytes at a time, and then its length. */
function addText(words: DataView, seed: number, start: number, end: number): number {
  let hash = seed | 0;
  let p = start | 0;
  for (; p + 4 <= end; p = (p + 4) | 0) {
    hash = Math.imul(hash ^ words.getInt32(p, true), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  const rest = (end - p) | 0;
  const last = rest === 0 ? 0 : words.getInt32(p, true) & ((1 << (8 * rest)) - 1);
  hash = Math.imul(hash ^ last, 0x85ebca6b);
  return Math.imul(hash ^ (hash >>> 13) ^ (end - start), 0xc2b2ae35);
}

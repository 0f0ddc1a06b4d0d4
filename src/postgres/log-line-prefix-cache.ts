import type { LogBytes, PrefixFields } from './log-line-prefix-fields.ts';
import { type PrefixStep, StepKind } from './log-line-prefix-steps.ts';

const SLOTS = 1024;
/** Longer runs are read anew each time. */
const MAX_BYTES = 124;
const WORDS = (MAX_BYTES + 4) / 4;

/** Numbers kept of a run: its length, where the first name begins, start and end of four texts, three ids. */
const LENGTH = 0;
const NAME_START = 1;
const TEXTS = 2;
const IDS = 10;
const NUMBERS = 13;

/** What does not change from line to line of a session. */
const LASTING: ReadonlySet<StepKind> = new Set([
  StepKind.literal,
  StepKind.quit,
  StepKind.pid,
  StepKind.session,
  StepKind.remote,
  StepKind.host,
  StepKind.user,
  StepKind.database,
  StepKind.application,
]);

/**
 * Remembers how the lasting part of prefixes was read: the lines of a session have the same bytes there, and bytes that
 * are the same are read the same. About 150 kB, whatever the log.
 */
export interface PrefixCache {
  /** The steps that are remembered: from the first up to, not including, the second. */
  readonly from: number;
  readonly to: number;
  /** Where the first name of a client begins in the run found last; -1 where it holds none. */
  readonly nameStart: number;
  /** Puts what the run at a place tells, and no more, into `fields`; where it ends, or -1 when it is not known. */
  find(source: LogBytes, at: number, end: number, fields: PrefixFields): number;
  store(source: LogBytes, at: number, behind: number, fields: PrefixFields, nameStart: number): void;
}

export function createPrefixCache(steps: readonly PrefixStep[]): PrefixCache {
  const { from, to } = longestRun(steps);
  const bytes = new Int32Array(SLOTS * WORDS);
  const numbers = new Int32Array(SLOTS * NUMBERS);
  const kinds = new Set(steps.slice(from, to).map(({ kind }) => kind));
  const holds = {
    user: kinds.has(StepKind.user),
    database: kinds.has(StepKind.database),
    address: kinds.has(StepKind.host) || kinds.has(StepKind.remote),
    application: kinds.has(StepKind.application),
    pid: kinds.has(StepKind.pid),
    session: kinds.has(StepKind.session),
  };
  const cache = { from, to, nameStart: -1, find, store };

  function find({ words }: LogBytes, at: number, end: number, fields: PrefixFields): number {
    const slot = slotOf(words, at);
    const row = slot * NUMBERS;
    const length = numbers[row + LENGTH]!;
    if (length === 0 || at + length > end || !isSame(words, at, slot * WORDS, length)) {
      return -1;
    }
    const nameStart = numbers[row + NAME_START]!;
    cache.nameStart = nameStart < 0 ? -1 : at + nameStart;
    if (holds.user) {
      place(fields.principal, at, row + TEXTS);
    }
    if (holds.database) {
      place(fields.database, at, row + TEXTS + 2);
    }
    if (holds.address) {
      place(fields.address, at, row + TEXTS + 4);
    }
    if (holds.application) {
      place(fields.application, at, row + TEXTS + 6);
    }
    if (holds.pid) {
      fields.pid = numbers[row + IDS]!;
    }
    if (holds.session) {
      fields.sessionHigh = numbers[row + IDS + 1]!;
      fields.sessionLow = numbers[row + IDS + 2]!;
    }
    return at + length;
  }

  function place(text: PrefixFields['principal'], at: number, number: number): void {
    text.start = at + numbers[number]!;
    text.end = at + numbers[number + 1]!;
  }

  function isSame(words: DataView, at: number, base: number, length: number): boolean {
    const whole = length >> 2;
    for (let i = 0; i < whole; i++) {
      if (words.getInt32(at + 4 * i, true) !== bytes[base + i]) {
        return false;
      }
    }
    const rest = (1 << (8 * (length & 3))) - 1;
    return ((words.getInt32(at + 4 * whole, true) ^ bytes[base + whole]!) & rest) === 0;
  }

  function store({ words }: LogBytes, at: number, behind: number, fields: PrefixFields, nameStart: number): void {
    const length = behind - at;
    if (length > MAX_BYTES || length < 4) {
      return;
    }
    const slot = slotOf(words, at);
    for (let i = 0; i <= length >> 2; i++) {
      bytes[slot * WORDS + i] = words.getInt32(at + 4 * i, true);
    }
    const { principal, database, address, application } = fields;
    const row = slot * NUMBERS;
    numbers[row + LENGTH] = length;
    numbers[row + NAME_START] = nameStart < 0 ? -1 : nameStart - at;
    for (const [i, { start, end }] of [principal, database, address, application].entries()) {
      numbers[row + TEXTS + 2 * i] = start - at;
      numbers[row + TEXTS + 2 * i + 1] = end - at;
    }
    numbers[row + IDS] = fields.pid;
    numbers[row + IDS + 1] = fields.sessionHigh;
    numbers[row + IDS + 2] = fields.sessionLow;
  }

  return cache;
}

/** Sessions differ by their pid, which mostly stands in the first twelve bytes of the run. */
function slotOf(words: DataView, at: number): number {
  const hash =
    Math.imul(words.getInt32(at, true), 0x9e3779b1) ^
    Math.imul(words.getInt32(at + 4, true), 0x85ebca6b) ^
    Math.imul(words.getInt32(at + 8, true), 0xc2b2ae35);
  return (hash ^ (hash >>> 15)) & (SLOTS - 1);
}

function longestRun(steps: readonly PrefixStep[]): { from: number; to: number } {
  let best = { from: 0, to: 0 };
  let from = 0;
  for (let to = 1; to <= steps.length; to++) {
    const isLasting = LASTING.has(steps[to - 1]!.kind);
    if (isLasting && to - from > best.to - best.from) {
      best = { from, to };
    }
    from = isLasting ? from : to;
  }
  return best;
}

import { grown } from '../lib/pair-table.ts';
import { decay, gainSurprise } from './gain-rate.ts';
import { isLearning } from './learning.ts';

const DAY_S = 86_400;
/** Numbers kept of a scope and of a habit: two and two fill a cache line. */
const STRIDE = 8;
/** Columns of a scope: first habit, first and last use in seconds since the epoch, uses, gains and the time they stand for. */
const HEAD = 0, FIRST = 1, LAST = 2, USES = 3, GAINS = 4, GAINS_AT = 5, HABITS = 6;
/** Columns of a habit: value, next habit of the scope, first and last use in seconds since the epoch, uses. */
const VALUE = 0, NEXT = 1, H_FIRST = 2, H_LAST = 3, H_USES = 4;
/** Habits of one scope; of more the one unused for longest is forgotten. */
const MAX_HABITS = 64;

/** A scope is remembered for so many memories after its last use: one that wakes up is not taken for a new one. */
const SCOPE_MEMORIES = 3;

/** A value that is usual for a scope. Times in milliseconds since the epoch. */
export interface Habit {
  value: number;
  firstTime: number;
  lastTime: number;
  uses: number;
}

/** How unusual a value is for a scope. */
export interface Judgement {
  isLearning: boolean;
  /** Nats; see `gainSurprise`. */
  surprise: number;
  /** Other scopes for which the value is usual. */
  peers: number;
}

/**
 * Which values (say, places) are usual for each scope (say, principal), with a memory of some days.
 *
 * A scope's values are a list with the one used last in front, so that the usual case touches two cache lines.
 * 32 bytes a scope, 32 bytes a habit. Scopes and values are numbers given by the owner; scope 0 is none.
 */
export class Habits {
  private readonly memoryS: number;
  private scopes = new Int32Array(64 * STRIDE);
  private gains = new Float32Array(this.scopes.buffer);
  private habits = new Int32Array(64 * STRIDE);
  private habitCount = 0;
  private freeHabit = 0;
  /** Scopes that have a value, by value. */
  private popularity = new Int32Array(64);

  constructor(memoryDays: number) {
    this.memoryS = memoryDays * DAY_S;
  }

  /** Notes a use of a usual value; false, and nothing noted, when the value is not usual for the scope. */
  use(scope: number, value: number, time: number): boolean {
    const at = scope * STRIDE;
    const seconds = Math.floor(time / 1000);
    if (at >= this.scopes.length || this.scopes[at + FIRST] === 0) {
      return false;
    }
    const habit = this.findInFront(at, value);
    if (habit === 0 || seconds - this.habits[habit + H_LAST]! > this.memoryS) {
      return false;
    }
    this.habits[habit + H_USES]!++;
    this.habits[habit + H_LAST] = Math.max(this.habits[habit + H_LAST]!, seconds);
    this.scopes[at + USES]!++;
    this.scopes[at + LAST] = Math.max(this.scopes[at + LAST]!, seconds);
    return true;
  }

  /** Judges a value that is not usual. Learns nothing. */
  judge(scope: number, value: number, time: number): Judgement {
    const at = scope * STRIDE;
    const first = this.scopes[at + FIRST] ?? 0;
    if (first === 0) {
      return { isLearning: true, surprise: 0, peers: 0 };
    }
    const days = (time / 1000 - first) / DAY_S;
    const gains = this.gains[at + GAINS]! * decay((time / 1000 - this.scopes[at + GAINS_AT]!) / DAY_S);
    return {
      isLearning: isLearning(first * 1000, this.scopes[at + USES]!, time),
      surprise: gainSurprise(gains, days),
      peers: this.popularity[value] ?? 0,
    };
  }

  /** Makes a value usual. Values of the first day are the scope's inventory, later ones are gains. */
  learn(scope: number, value: number, time: number): void {
    const at = scope * STRIDE;
    const seconds = Math.floor(time / 1000);
    this.reserve(scope, value);
    if (this.scopes[at + FIRST] === 0) {
      this.scopes.fill(0, at, at + STRIDE);
      this.scopes[at + FIRST] = seconds;
    } else if (seconds - this.scopes[at + FIRST]! > DAY_S) {
      const age = (seconds - this.scopes[at + GAINS_AT]!) / DAY_S;
      this.gains[at + GAINS] = this.gains[at + GAINS]! * decay(age) + 1;
      this.scopes[at + GAINS_AT] = seconds;
    }
    const known = this.findInFront(at, value);
    const habit = known === 0 ? this.add(at, value) : known;
    this.habits[habit + H_FIRST] = seconds;
    this.habits[habit + H_LAST] = seconds;
    this.habits[habit + H_USES] = 1;
    this.scopes[at + LAST] = Math.max(this.scopes[at + LAST]!, seconds);
    this.scopes[at + USES]!++;
  }

  /** What is usual for a scope, the value used last first. */
  habitsOf(scope: number, time: number): Habit[] {
    const found: Habit[] = [];
    for (let h = this.scopes[scope * STRIDE + HEAD] ?? 0; h !== 0; h = this.habits[h + NEXT]!) {
      const lastTime = this.habits[h + H_LAST]! * 1000;
      if (time - lastTime <= this.memoryS * 1000) {
        const firstTime = this.habits[h + H_FIRST]! * 1000;
        found.push({ value: this.habits[h + VALUE]!, firstTime, lastTime, uses: this.habits[h + H_USES]! });
      }
    }
    return found.sort((a, b) => b.lastTime - a.lastTime);
  }

  /** First use of a scope in milliseconds; undefined when it has none. */
  firstTimeOf(scope: number): number | undefined {
    const first = this.scopes[scope * STRIDE + FIRST] ?? 0;
    return first === 0 ? undefined : first * 1000;
  }

  /** Calls for every scope that is remembered; those unused for much longer than the memory are forgotten first. */
  forEachScope(visit: (scope: number) => void): void {
    const newest = this.newest();
    for (let at = STRIDE; at < this.scopes.length; at += STRIDE) {
      if (this.scopes[at + FIRST] === 0) {
        continue;
      }
      if (newest - this.scopes[at + LAST]! > SCOPE_MEMORIES * this.memoryS) {
        this.forget(at);
      } else {
        visit(at / STRIDE);
      }
    }
  }

  private newest(): number {
    let newest = 0;
    for (let at = STRIDE; at < this.scopes.length; at += STRIDE) {
      newest = Math.max(newest, this.scopes[at + LAST]!);
    }
    return newest;
  }

  /** The habit of a value, moved to the front of its list; 0 when there is none. */
  private findInFront(at: number, value: number): number {
    const { habits } = this;
    let before = 0;
    for (let h = this.scopes[at + HEAD]!; h !== 0; before = h, h = habits[h + NEXT]!) {
      if (habits[h + VALUE] === value) {
        if (before !== 0) {
          habits[before + NEXT] = habits[h + NEXT]!;
          habits[h + NEXT] = this.scopes[at + HEAD]!;
          this.scopes[at + HEAD] = h;
        }
        return h;
      }
    }
    return 0;
  }

  private add(at: number, value: number): number {
    if (this.scopes[at + HABITS]! >= MAX_HABITS) {
      this.dropLast(at);
    }
    let habit = this.freeHabit;
    if (habit === 0) {
      habit = ++this.habitCount * STRIDE;
      if (habit + STRIDE > this.habits.length) {
        this.habits = grown(this.habits, 2 * this.habits.length);
      }
    } else {
      this.freeHabit = this.habits[habit + NEXT]!;
    }
    this.habits[habit + VALUE] = value;
    this.habits[habit + NEXT] = this.scopes[at + HEAD]!;
    this.scopes[at + HEAD] = habit;
    this.scopes[at + HABITS]!++;
    this.popularity[value]!++;
    return habit;
  }

  /** Forgets the habit at the end of a scope's list: the one unused for longest. */
  private dropLast(at: number): void {
    let before = 0;
    let last = this.scopes[at + HEAD]!;
    while (this.habits[last + NEXT] !== 0) {
      before = last;
      last = this.habits[last + NEXT]!;
    }
    if (before === 0) {
      this.scopes[at + HEAD] = 0;
    } else {
      this.habits[before + NEXT] = 0;
    }
    this.scopes[at + HABITS]!--;
    this.popularity[this.habits[last + VALUE]!]!--;
    this.habits[last + NEXT] = this.freeHabit;
    this.freeHabit = last;
  }

  private forget(at: number): void {
    while (this.scopes[at + HEAD] !== 0) {
      this.dropLast(at);
    }
    this.scopes.fill(0, at, at + STRIDE);
  }

  private reserve(scope: number, value: number): void {
    if ((scope + 1) * STRIDE > this.scopes.length) {
      this.scopes = grown(this.scopes, Math.max(2 * this.scopes.length, (scope + 1) * STRIDE));
      this.gains = new Float32Array(this.scopes.buffer);
    }
    if (value >= this.popularity.length) {
      this.popularity = grown(this.popularity, Math.max(2 * this.popularity.length, value + 1));
    }
  }
}

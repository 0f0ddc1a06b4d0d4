import { grown } from '../lib/pair-table.ts';

/** Numbers kept of a scope and of a habit: two and two fill a cache line. */
export const STRIDE = 8;
const DAY_S = 86_400;
/** Habits of one scope; of more the one unused for longest is forgotten. */
const MAX_HABITS = 64;

/** Columns of a scope. Times are compact, 0 is none. */
export const ScopeColumn = {
  /** Its first habit: where that lies in `habits`. */
  head: 0,
  firstUse: 1,
  lastUse: 2,
  uses: 3,
  /** In `gains`: decayed number of values gained, and the time it stands for. */
  gains: 4,
  gainsTime: 5,
  habits: 6,
  /** Days of event time on which it was used. */
  activeDays: 7,
} as const;

/**
 * Columns of a habit. Times are compact; `isNovel` is 1 where nobody had the value when it became a habit, `isPinned` 1
 * where it is one however seldom it comes.
 */
export const HabitColumn = { value: 0, next: 1, firstUse: 2, lastUse: 3, uses: 4, isNovel: 5, isPinned: 6 } as const;

/**
 * Scopes, each with a list of habits, the one used last in front: the usual case touches two cache lines.
 * 32 bytes a scope, 32 bytes a habit. A scope lies at its number times `STRIDE`.
 */
export class HabitTable {
  scopes = new Int32Array(4 * STRIDE);
  /** The same memory as `scopes`. */
  gains = new Float32Array(this.scopes.buffer);
  habits = new Int32Array(4 * STRIDE);
  private habitCount = 0;
  private free = 0;

  /** Where the last habit ends: from `STRIDE` on, all are habits, or free, with equal first and last use. */
  get habitsEnd(): number {
    return (this.habitCount + 1) * STRIDE;
  }

  /** Makes room for a scope. */
  reserve(scope: number): void {
    const length = (scope + 1) * STRIDE;
    if (length > this.scopes.length) {
      this.scopes = grown(this.scopes, Math.max(2 * this.scopes.length, length));
      this.gains = new Float32Array(this.scopes.buffer);
    }
  }

  /** The habit of a value, moved to the front of its list; 0 when there is none. */
  findInFront(at: number, value: number): number {
    const { scopes, habits } = this;
    let before = 0;
    for (let h = scopes[at + ScopeColumn.head]!; h !== 0; before = h, h = habits[h + HabitColumn.next]!) {
      if (habits[h + HabitColumn.value] === value) {
        if (before !== 0) {
          habits[before + HabitColumn.next] = habits[h + HabitColumn.next]!;
          habits[h + HabitColumn.next] = scopes[at + ScopeColumn.head]!;
          scopes[at + ScopeColumn.head] = h;
        }
        return h;
      }
    }
    return 0;
  }

  /** Adds a habit that is not there, in front. */
  add(at: number, value: number): number {
    if (this.scopes[at + ScopeColumn.habits]! >= MAX_HABITS) {
      this.dropLast(at);
    }
    const habit = this.takeFree();
    this.habits[habit + HabitColumn.value] = value;
    this.habits[habit + HabitColumn.next] = this.scopes[at + ScopeColumn.head]!;
    this.scopes[at + ScopeColumn.head] = habit;
    this.scopes[at + ScopeColumn.habits]!++;
    return habit;
  }

  /** What is usual with the one value becomes so with the other, as long and as much; what is so already stays as it is. */
  inherit(at: number, from: number, to: number): void {
    const known = this.findInFront(at, from);
    if (known === 0 || this.findInFront(at, to) !== 0) {
      return;
    }
    const copy = this.add(at, to);
    const { habits } = this;
    const { firstUse, lastUse, uses, isNovel, isPinned } = HabitColumn;
    for (const column of [firstUse, lastUse, uses, isNovel, isPinned]) {
      habits[copy + column] = habits[known + column]!;
    }
  }

  /** Counts a use of a scope, and the day on which it is used first. */
  countUse(at: number, seconds: number): void {
    const { scopes } = this;
    const last = scopes[at + ScopeColumn.lastUse]!;
    scopes[at + ScopeColumn.uses]!++;
    if (seconds > last) {
      scopes[at + ScopeColumn.lastUse] = seconds;
      scopes[at + ScopeColumn.activeDays]! += Math.floor(seconds / DAY_S) > Math.floor(last / DAY_S) ? 1 : 0;
    }
  }

  /** Forgets a habit; nothing where there is none. */
  remove(at: number, value: number): void {
    const habit = this.findInFront(at, value);
    if (habit !== 0) {
      this.unlink(at, habit, 0);
    }
  }

  /** Whether a scope has a habit that is pinned. */
  hasPinned(at: number): boolean {
    const { habits } = this;
    for (let h = this.scopes[at + ScopeColumn.head] ?? 0; h !== 0; h = habits[h + HabitColumn.next]!) {
      if (habits[h + HabitColumn.isPinned] !== 0) {
        return true;
      }
    }
    return false;
  }

  /** Forgets a scope with all its habits. */
  forget(at: number): void {
    while (this.scopes[at + ScopeColumn.head] !== 0) {
      this.dropLast(at);
    }
    this.scopes.fill(0, at, at + STRIDE);
  }

  private takeFree(): number {
    const habit = this.free;
    if (habit !== 0) {
      this.free = this.habits[habit + HabitColumn.next]!;
      return habit;
    }
    const added = ++this.habitCount * STRIDE;
    if (added + STRIDE > this.habits.length) {
      this.habits = grown(this.habits, 2 * this.habits.length);
    }
    return added;
  }

  /** Forgets the habit unused for longest: the last of the list that is not pinned, else the last. */
  private dropLast(at: number): void {
    const { scopes, habits } = this;
    let last = scopes[at + ScopeColumn.head]!;
    let beforeLast = 0;
    for (let before = 0, h = last; h !== 0; before = h, h = habits[h + HabitColumn.next]!) {
      if (habits[h + HabitColumn.isPinned] === 0 || habits[last + HabitColumn.isPinned] !== 0) {
        last = h;
        beforeLast = before;
      }
    }
    this.unlink(at, last, beforeLast);
  }

  /** @param before the habit in front of it; 0: it is the first */
  private unlink(at: number, habit: number, before: number): void {
    const { scopes, habits } = this;
    const next = habits[habit + HabitColumn.next]!;
    if (before === 0) {
      scopes[at + ScopeColumn.head] = next;
    } else {
      habits[before + HabitColumn.next] = next;
    }
    scopes[at + ScopeColumn.habits]!--;
    habits[habit + HabitColumn.firstUse] = habits[habit + HabitColumn.lastUse]!;
    habits[habit + HabitColumn.isPinned] = 0;
    habits[habit + HabitColumn.next] = this.free;
    this.free = habit;
  }
}

import { grown } from '../lib/pair-table.ts';
import { HabitColumn, ScopeColumn, STRIDE } from './habit-columns.ts';
import { beginSole, isSole, writeSole } from './sole-habit.ts';

const DAY_S = 86_400;
/** Habits of one scope; of more the one unused for longest is forgotten. */
const MAX_HABITS = 64;

/**
 * Scopes, each with a list of habits, the one used last in front: the usual case touches one cache line.
 * 32 bytes a scope, 32 bytes a habit, nothing where there is one only (see `isSole`). A scope lies at its number times
 * `STRIDE`.
 */
export class HabitTable {
  scopes = new Int32Array(4 * STRIDE);
  /** The same memory as `scopes`. */
  gains = new Float32Array(this.scopes.buffer);
  habits = new Int32Array(4 * STRIDE);
  private habitCount = 0;
  private free = 0;
  /** Absent in states of 0.1, which held the number of habits in place of the front. */
  private hasFronts?: boolean = true;

  /** Where the last habit ends: from `STRIDE` on, all are habits, or free, with equal first and last use. */
  get habitsEnd(): number {
    return (this.habitCount + 1) * STRIDE;
  }

  restored(): void {
    if (this.hasFronts === undefined) {
      this.hasFronts = true;
      for (let at = STRIDE; at < this.scopes.length; at += STRIDE) {
        this.scopes[at + ScopeColumn.front] = 0;
      }
    }
  }

  /** Makes room for a scope. */
  reserve(scope: number): void {
    const length = (scope + 1) * STRIDE;
    if (length > this.scopes.length) {
      this.scopes = grown(this.scopes, Math.max(2 * this.scopes.length, length));
      this.gains = new Float32Array(this.scopes.buffer);
    }
  }

  /** Notes a use of the value that was used last, if it is not longer ago than the memory. False for any other. */
  useFront(at: number, value: number, seconds: number, memoryS: number): boolean {
    const { scopes } = this;
    if (scopes[at + ScopeColumn.front] !== value + 1 || seconds - scopes[at + ScopeColumn.lastUse]! > memoryS) {
      return false;
    }
    this.countUse(at, seconds);
    return true;
  }

  /** Notes a use of the first habit. */
  useFirst(at: number, seconds: number): void {
    const { scopes, habits } = this;
    const habit = scopes[at + ScopeColumn.head]!;
    habits[habit + HabitColumn.uses]!++;
    habits[habit + HabitColumn.lastUse] = Math.max(habits[habit + HabitColumn.lastUse]!, seconds);
    this.countUse(at, seconds);
    if (habits[habit + HabitColumn.lastUse] === scopes[at + ScopeColumn.lastUse]) {
      habits[habit + HabitColumn.uses]! -= scopes[at + ScopeColumn.uses]!;
      scopes[at + ScopeColumn.front] = habits[habit + HabitColumn.value]! + 1;
    }
  }

  lastUseOf(at: number, habit: number): number {
    return this.isInFront(at, habit)
      ? this.scopes[at + ScopeColumn.lastUse]!
      : this.habits[habit + HabitColumn.lastUse]!;
  }

  usesOf(at: number, habit: number): number {
    const own = this.habits[habit + HabitColumn.uses]!;
    return this.isInFront(at, habit) ? own + this.scopes[at + ScopeColumn.uses]! : own;
  }

  /** Whether a habit that stands for itself was used too long ago to be one. */
  isOver(habit: number, seconds: number, memoryS: number): boolean {
    const { habits } = this;
    return seconds - habits[habit + HabitColumn.lastUse]! > memoryS && habits[habit + HabitColumn.isPinned] === 0;
  }

  /** Has the first habit of a scope stand for itself. */
  spellOut(at: number): void {
    if (isSole(this.scopes, at)) {
      const habit = this.takeFree(); // may replace `habits`
      writeSole(this.scopes, at, this.habits, habit);
      return;
    }
    const { scopes, habits } = this;
    if ((scopes[at + ScopeColumn.front] ?? 0) !== 0) {
      const habit = scopes[at + ScopeColumn.head]!;
      habits[habit + HabitColumn.lastUse] = this.lastUseOf(at, habit);
      habits[habit + HabitColumn.uses] = this.usesOf(at, habit);
      scopes[at + ScopeColumn.front] = 0;
    }
  }

  /** Has all habits tell their last use themselves. */
  spellOutTimes(): void {
    const { scopes, habits } = this;
    for (let at = STRIDE; at < scopes.length; at += STRIDE) {
      if (scopes[at + ScopeColumn.front] !== 0 && !isSole(scopes, at)) {
        habits[scopes[at + ScopeColumn.head]! + HabitColumn.lastUse] = scopes[at + ScopeColumn.lastUse]!;
      }
    }
  }

  /** The habit of a value, moved to the front of its list; 0 when there is none. All of them stand for themselves. */
  findInFront(at: number, value: number): number {
    this.spellOut(at);
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

  /** Makes a value a habit as of now, in front. Its use is to be counted next. */
  put(at: number, value: number, seconds: number, isNovel: boolean): void {
    if (this.scopes[at + ScopeColumn.uses] === 0) {
      beginSole(this.scopes, at, value, isNovel);
      return;
    }
    const habit = this.findInFront(at, value) || this.add(at, value);
    this.habits[habit + HabitColumn.firstUse] = seconds;
    this.habits[habit + HabitColumn.lastUse] = seconds;
    this.habits[habit + HabitColumn.uses] = 1;
    this.habits[habit + HabitColumn.isNovel] = isNovel ? 1 : 0;
  }

  /** Adds a habit that is not there, in front. */
  add(at: number, value: number): number {
    this.spellOut(at);
    if (this.countOf(at) >= MAX_HABITS) {
      this.dropLast(at);
    }
    const habit = this.takeFree();
    this.habits[habit + HabitColumn.value] = value;
    this.habits[habit + HabitColumn.next] = this.scopes[at + ScopeColumn.head]!;
    this.scopes[at + ScopeColumn.head] = habit;
    return habit;
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

  /** Forgets a scope with all its habits. */
  forget(at: number): void {
    if (!isSole(this.scopes, at)) {
      this.spellOut(at);
    }
    while (this.scopes[at + ScopeColumn.head]! > 0) {
      this.dropLast(at);
    }
    this.scopes.fill(0, at, at + STRIDE);
  }

  private isInFront(at: number, habit: number): boolean {
    return this.scopes[at + ScopeColumn.front] !== 0 && this.scopes[at + ScopeColumn.head] === habit;
  }

  private countOf(at: number): number {
    let count = 0;
    for (let h = this.scopes[at + ScopeColumn.head]!; h !== 0; h = this.habits[h + HabitColumn.next]!) {
      count++;
    }
    return count;
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
    habits[habit + HabitColumn.firstUse] = habits[habit + HabitColumn.lastUse]!;
    habits[habit + HabitColumn.isPinned] = 0;
    habits[habit + HabitColumn.next] = this.free;
    this.free = habit;
  }
}

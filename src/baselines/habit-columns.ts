/** Numbers kept of a scope and of a habit: two and two fill a cache line. */
export const STRIDE = 8;

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
  /**
   * One more than the value of its first habit while that is the one used last: then a use is noted here alone. The last
   * use of that habit is the one of the scope, and its uses are kept less those of the scope. 0: it stands for itself.
   */
  front: 6,
  /** Days of event time on which it was used. */
  activeDays: 7,
} as const;

/**
 * Columns of a habit. Times are compact; `isNovel` is 1 where nobody had the value when it became a habit, `isPinned` 1
 * where it is one however seldom it comes.
 */
export const HabitColumn = { value: 0, next: 1, firstUse: 2, lastUse: 3, uses: 4, isNovel: 5, isPinned: 6 } as const;

import { grown } from '../lib/pair-table.ts';

const DAY_MS = 86_400_000;
/** Days that are looked back on. */
const MEMORY_DAYS = 60;

/**
 * How likely a day brings somebody who was there all along and has not been seen yet: as likely as it brought somebody who
 * came on no other day. Good and Turing's estimate of the unseen, for days as Chao has it: who comes seldom tells of
 * others who do. Those who came on one day together count once. 4 bytes for each id up to the highest.
 */
export class OneDayVisits {
  /** By id, the only day on which it came; 0 for others. */
  private only = new Int32Array(8);
  /** By day modulo the memory, how many came on that day only. */
  private readonly visitors = new Int32Array(MEMORY_DAYS);
  private firstDay = 0;
  private day = 0;

  /** Somebody comes for the first time. */
  begin(id: number, time: number): void {
    const day = this.dayOf(time);
    if (id >= this.only.length) {
      this.only = grown(this.only, 2 * (id + 1));
    }
    this.end(id); // an id that was given to another
    if (day === this.day) {
      this.only[id] = day;
      this.visitors[day % MEMORY_DAYS]!++;
    }
  }

  /** Somebody comes again, maybe on another day. */
  again(id: number, time: number): void {
    const only = this.only[id] ?? 0;
    if (only !== 0 && only !== this.dayOf(time)) {
      this.end(id);
    }
  }

  /** Days that brought somebody who came on no other, by the days watched; today says nothing yet. */
  rate(time: number): number {
    const today = this.dayOf(time);
    const days = Math.min(MEMORY_DAYS - 1, today - this.firstDay);
    let visited = 0;
    for (let day = today - days; day < today; day++) {
      visited += this.visitors[day % MEMORY_DAYS]! > 0 ? 1 : 0;
    }
    return days <= 0 ? 0 : visited / days;
  }

  private end(id: number): void {
    const only = this.only[id]!;
    if (only !== 0 && this.day - only < MEMORY_DAYS) {
      this.visitors[only % MEMORY_DAYS]!--;
    }
    this.only[id] = 0;
  }

  /** The day of a time; those that have passed since the last one begin empty. */
  private dayOf(time: number): number {
    const day = Math.floor(time / DAY_MS);
    this.firstDay ||= day;
    for (let passed = Math.max(this.day + 1, day - MEMORY_DAYS + 1); passed <= day; passed++) {
      this.visitors[passed % MEMORY_DAYS] = 0;
    }
    this.day = Math.max(this.day, day);
    return day;
  }
}

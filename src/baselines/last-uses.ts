import { grown } from '../lib/pair-table.ts';
import { compactTime, expandedTime } from './compact-time.ts';

/** Ids remembered at a time; of more, the quarter not seen for longest is forgotten. */
const MAX_IDS = 1_048_576;
const DAY_S = 86_400;

/** Which ids (say, of addresses) were seen of late, with a memory of some days. 4 bytes for each up to the highest. */
export class LastUses {
  private readonly memoryS: number;
  /** Compact time at which each was last seen; 0: it is not known. */
  private last = new Int32Array(8);
  private count = 0;
  /** Day of event time on which those that have expired were last forgotten. */
  private day = 0;

  constructor(memoryDays: number) {
    this.memoryS = memoryDays * DAY_S;
  }

  isKnown(id: number, time: number): boolean {
    const last = this.last[id] ?? 0;
    return last !== 0 && compactTime(time) - last <= this.memoryS;
  }

  /** Notes that a known id was seen again, once a day; false, and nothing noted, for others. */
  meet(id: number, time: number): boolean {
    const { last } = this;
    const seconds = compactTime(time);
    const before = id < last.length ? last[id]! : 0;
    if (before === 0 || seconds - before > this.memoryS) {
      return false;
    }
    if (seconds - (seconds % DAY_S) > before) {
      last[id] = seconds;
    }
    return true;
  }

  learn(id: number, time: number): void {
    const seconds = compactTime(time);
    this.beginDay(seconds);
    if (id >= this.last.length) {
      this.last = grown(this.last, 2 * (id + 1));
    }
    if (this.last[id] === 0) {
      if (this.count === MAX_IDS) {
        this.forgetOldest();
      }
      this.count++;
    }
    this.last[id] = Math.max(this.last[id]!, seconds);
  }

  /** Who knows the one knows the other: both stand for the same. */
  inherit(from: number, to: number): void {
    const last = this.last[from] ?? 0;
    if (last !== 0) {
      this.learn(to, expandedTime(last));
    }
  }

  /** Calls for every id that is held. Changes nothing. */
  forEach(visit: (id: number) => void): void {
    for (let id = 0; id < this.last.length; id++) {
      if (this.last[id] !== 0) {
        visit(id);
      }
    }
  }

  /** Once a day of event time: not when ids are swept, which must change nothing. */
  private beginDay(seconds: number): void {
    const day = Math.floor(seconds / DAY_S);
    if (day > this.day) {
      this.day = day;
      this.forgetIf((last) => seconds - last > this.memoryS);
    }
  }

  /** Of those seen last at the same time the lower ids go first. */
  private forgetOldest(): void {
    const times = this.last.filter((last) => last !== 0).sort();
    const newest = times[MAX_IDS / 4 - 1]!;
    let left = MAX_IDS / 4 - times.indexOf(newest);
    this.forgetIf((last) => last < newest || (last === newest && left-- > 0));
  }

  private forgetIf(isOld: (last: number) => boolean): void {
    this.forEach((id) => {
      if (isOld(this.last[id]!)) {
        this.last[id] = 0;
        this.count--;
      }
    });
  }
}

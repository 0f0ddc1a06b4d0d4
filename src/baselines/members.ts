import { grown } from '../lib/pair-table.ts';
import type { Revision } from '../model/decision.ts';
import { compactTime, expandedTime } from './compact-time.ts';
import { addGain, addReportedGain, createGains, type Gains, surpriseOfGain } from './delayed-gains.ts';
import { isLearning } from './learning.ts';
import type { Gain, Member, MemberJudgement, Standing, Unfamiliar } from './member.ts';

const STRIDE = 8;
/** Columns of a member. Times are compact, 0 is none; `activeDay` counts days on which the scope was in use. */
const Column = { first: 0, last: 1, uses: 2, longestIdle: 3, activeDay: 4, suspected: 5, pinned: 6 } as const;
const DAY_S = 86_400;
/** By then whoever comes weekly has been seen. */
const INVENTORY_S = 7 * DAY_S;
/** Members remembered at a time; of more the quarter unused for longest is forgotten. */
const MAX_MEMBERS = 262_144;
/** A member that was reported teaches nothing for so long. */
const SUSPICION_S = 30 * DAY_S;
/** An absence is out of the ordinary when it is so many times the longest one before. */
const RHYTHM = 1.5;
/** Share of the days of an absence on which others must have been seen: else it was the log that was absent. */
const WATCHED_SHARE = 2 / 3;

/**
 * Who (say, which principals) uses one scope (say, a resource), how often new ones come, and how often idle ones come
 * back. For scopes with more members than `Habits` keeps values. 32 bytes for each id up to the highest.
 *
 * A member is dormant when it was away for longer than a given time and 1.5 times its own longest absence, while others
 * were seen on two thirds of the days: quarterly jobs and gaps in the log are neither.
 */
export class Members {
  readonly memoryDays: number;
  private readonly memoryS: number;
  private rows = new Int32Array(4 * STRIDE);
  private count = 0;
  private uses = 0;
  private watched = 0;
  private firstUse = 0;
  private day = 0;
  private activeDays = 0;
  private readonly newcomers = createGains();
  private readonly returns = createGains();

  constructor(memoryDays: number) {
    this.memoryDays = memoryDays;
    this.memoryS = memoryDays * DAY_S;
  }

  get size(): number {
    return this.count;
  }

  /** Notes that the scope is in use, by whomsoever and for whatever: from the first time on it is watched. */
  watch(time: number): void {
    const seconds = compactTime(time);
    this.beginDay(seconds);
    this.firstUse ||= seconds;
    this.watched++;
  }

  /** Says how a member stands, and notes the use of one that is neither new nor dormant. */
  meet(id: number, time: number, dormantDays: number): Standing {
    const seconds = compactTime(time);
    this.beginDay(seconds);
    const { rows } = this;
    const at = id * STRIDE;
    if (at >= rows.length || rows[at + Column.first] === 0) {
      return 'new';
    }
    if (this.isDormant(at, seconds, dormantDays)) {
      return 'dormant';
    }
    this.note(at, seconds);
    const suspected = rows[at + Column.suspected]!;
    return suspected !== 0 && seconds - suspected < SUSPICION_S ? 'suspected' : 'known';
  }

  /** @param unseen members a day that are believed to have been there all along */
  judge(standing: Unfamiliar, time: number, unseen = 0): MemberJudgement {
    const seconds = compactTime(time);
    if (this.firstUse === 0) {
      return { isLearning: true, isLearningMembers: true, surprise: 0 };
    }
    const [first, now] = [expandedTime(this.firstUse), expandedTime(seconds)];
    return {
      isLearning: isLearning(first, this.seen, now),
      isLearningMembers: isLearning(first, this.uses, now),
      surprise: surpriseOfGain(this.gainsOf(standing), seconds, this.firstUse, unseen),
    };
  }

  /** Makes a new or dormant one a member. The earlier in the first week, the less it counts as a gain: it may have been there before. */
  admit(id: number, standing: Unfamiliar, time: number, gain: Gain): void {
    const seconds = compactTime(time);
    const at = id * STRIDE;
    if (standing === 'new') {
      this.add(at, seconds);
    }
    this.firstUse ||= seconds;
    const gains = this.gainsOf(standing);
    if (gain === 'reported') {
      addReportedGain(gains, seconds);
    } else if (gain === 'usual') {
      addGain(gains, seconds, Math.min(1, Math.max(0, seconds - this.firstUse) / INVENTORY_S));
    }
    this.rows[at + Column.suspected] = gain === 'reported' ? seconds : 0;
    this.note(at, seconds);
  }

  /** Somebody accepted that a member was reported: it is like any other from now on. */
  accept(fits: (id: number) => boolean): void {
    this.forEachMember((id) => {
      if (this.rows[id * STRIDE + Column.suspected] !== 0 && fits(id)) {
        this.rows[id * STRIDE + Column.suspected] = 0;
      }
    });
  }

  /** People correct who is a member. */
  revise(kind: Revision['kind'], fits: (id: number) => boolean): void {
    this.forEachMember((id) => {
      if (!fits(id)) {
        return;
      }
      if (kind === 'forget') {
        this.forget(id * STRIDE);
      } else {
        this.rows[id * STRIDE + Column.pinned] = kind === 'pin' ? 1 : 0;
      }
    });
  }

  /** What is remembered of a member; undefined for none. */
  member(id: number): Member | undefined {
    const at = id * STRIDE;
    const { rows } = this;
    const first = rows[at + Column.first] ?? 0;
    return first === 0
      ? undefined
      : {
          id,
          firstTime: expandedTime(first),
          lastTime: expandedTime(rows[at + Column.last]!),
          uses: rows[at + Column.uses]!,
          ...(rows[at + Column.pinned] !== 0 && { isPinned: true as const }),
        };
  }

  /** The members used last, the latest first. */
  latest(limit: number): Member[] {
    return this.byUse()
      .slice(-limit)
      .reverse()
      .map((at) => this.member(at / STRIDE)!);
  }

  /** What was seen of the scope: of its members, and beside them. */
  get seen(): number {
    return this.uses + this.watched;
  }

  /** First use of the scope in milliseconds; undefined when there was none. */
  get firstTime(): number | undefined {
    return this.firstUse === 0 ? undefined : expandedTime(this.firstUse);
  }

  /** Calls for every member. Changes nothing. */
  forEachMember(visit: (id: number) => void): void {
    for (let at = STRIDE; at < this.rows.length; at += STRIDE) {
      if (this.rows[at + Column.first] !== 0) {
        visit(at / STRIDE);
      }
    }
  }

  private gainsOf(standing: Unfamiliar): Gains {
    return standing === 'new' ? this.newcomers : this.returns;
  }

  private isDormant(at: number, seconds: number, dormantDays: number): boolean {
    const { rows } = this;
    const idle = seconds - rows[at + Column.last]!;
    const watched = this.activeDays - rows[at + Column.activeDay]!;
    return (
      rows[at + Column.pinned] === 0 &&
      idle >= dormantDays * DAY_S &&
      idle > RHYTHM * rows[at + Column.longestIdle]! &&
      watched >= (WATCHED_SHARE * idle) / DAY_S
    );
  }

  private note(at: number, seconds: number): void {
    const { rows } = this;
    const last = rows[at + Column.last]!;
    rows[at + Column.longestIdle] = Math.max(rows[at + Column.longestIdle]!, seconds - last);
    rows[at + Column.last] = Math.max(last, seconds);
    rows[at + Column.activeDay] = this.activeDays;
    rows[at + Column.uses]!++;
    this.uses++;
  }

  private add(at: number, seconds: number): void {
    if (this.count === MAX_MEMBERS) {
      const free = this.byUse().filter((place) => this.rows[place + Column.pinned] === 0);
      for (const old of free.slice(0, MAX_MEMBERS / 4)) {
        this.forget(old);
      }
    }
    if (at + STRIDE > this.rows.length) {
      this.rows = grown(this.rows, Math.max(2 * this.rows.length, at + STRIDE));
    }
    this.rows[at + Column.first] = seconds;
    this.rows[at + Column.last] = seconds;
    this.count++;
  }

  private forget(at: number): void {
    this.rows.fill(0, at, at + STRIDE);
    this.count--;
  }

  /** Counts a day of use; forgets those unused for the memory. */
  private beginDay(seconds: number): void {
    const day = Math.floor(seconds / DAY_S);
    if (day <= this.day) {
      return;
    }
    this.day = day;
    this.activeDays++;
    if (this.firstUse !== 0 && seconds - this.firstUse > this.memoryS) {
      this.forEachMember((id) => {
        const at = id * STRIDE;
        if (seconds - this.rows[at + Column.last]! > this.memoryS && this.rows[at + Column.pinned] === 0) {
          this.forget(at);
        }
      });
    }
  }

  /** Where the members lie, the one unused for longest first. */
  private byUse(): number[] {
    const places: number[] = [];
    this.forEachMember((id) => places.push(id * STRIDE));
    return places.sort((a, b) => this.rows[a + Column.last]! - this.rows[b + Column.last]! || a - b);
  }
}

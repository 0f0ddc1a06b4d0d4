import { Acquaintances } from '../../baselines/acquaintances.ts';
import { compactTime, expandedTime } from '../../baselines/compact-time.ts';
import { decay, gainSurprise } from '../../baselines/gain-rate.ts';
import { isLearning } from '../../baselines/learning.ts';
import { grown, PairTable } from '../../lib/pair-table.ts';
import type { Activity, Id } from '../../model/activity.ts';
import type { Fingerprint } from '../../sql/fingerprint.ts';
import { Families } from '../application-families.ts';
import { Beginnings, type ShapeKey } from './beginnings.ts';
import { RecentStatements } from './recent-statements.ts';
import type { Suspect } from './suspect.ts';

const DAY_MS = 86_400_000;
/** Uses are noted to the week: a statement is known for 60 days at least after its last one. */
const PERIOD_MS = 7 * DAY_MS;
const MEMORY_DAYS = 67;
/** Principals with an application at a time; of more, the quarter unused for longest is forgotten. */
const MAX_SCOPES = 262_144;
/** Of these, suspects; of more the one that became suspicious first is forgotten. */
const MAX_SUSPECTS = 1024;
/** Surprise from which a new statement is unusual: on one day in ten there is one. See `gainSurprise`. */
const RARE_NATS = 2.3;
/** Statements from which it can be told whether an application repeats itself, and how much it has to. */
const MIN_STATEMENTS = 50;
const MAX_NEW_SHARE = 0.2;
/** Spreads scopes over the keys of shapes; odd, so that no two scopes share one. */
const SPREAD = 0x9e3779b1;
/** Tells statements that were let pass from usual ones. */
const LET_PASS = 0x5bd1e995;

/** Words of a scope. */
const STRIDE = 7;
/**
 * What the words are. `last`, `first` and `gainsTime` are compact times. All who use an application share the number of
 * its family: its code writes the statements, whoever signs in.
 */
const Word = { last: 0, statements: 1, shapes: 2, number: 3, family: 4, first: 5, gainsTime: 6 } as const;

type ScopeActivity = Pick<Activity, 'principal' | 'application' | 'directory' | 'time'>;

/**
 * Which statements are usual for whom. A scope is one principal with one application, whatever its version, named by a
 * slot: 60 bytes, and 30 for each of its statements.
 */
export class Scopes {
  static readonly omits = ['latest', 'recent'];
  private readonly families = new Families();
  /** Principals and families. */
  private readonly slots = new PairTable();
  private rows = new Int32Array(STRIDE);
  /** By slot, the decayed number of statements that were new after the first day, as of `gainsTime`. */
  private gains = new Float64Array(1);
  private readonly shapes = new Acquaintances(MEMORY_DAYS);
  private readonly beginnings = new Beginnings();
  /** By slot. */
  private readonly suspects = new Map<number, Suspect>();
  private count = 0;
  /** By principal, the application that it used last, and the slot of both. */
  private latest = new Int32Array(128);
  private recent = new RecentStatements();

  /** Of who sends the statement, which is counted. */
  of(activity: ScopeActivity): number {
    const { principal, application, time } = activity;
    const { latest } = this;
    const isLatest = latest[2 * principal] === application;
    const slot = (isLatest && latest[2 * principal + 1]) || this.find(activity);
    const at = slot * STRIDE;
    const { rows } = this;
    rows[at + Word.last] = Math.max(rows[at + Word.last]!, compactTime(time));
    rows[at + Word.statements]!++;
    return slot;
  }

  /** Caches are built anew. */
  restored(): void {
    this.latest = new Int32Array(128);
    this.recent = new RecentStatements();
  }

  private find(activity: ScopeActivity): number {
    const { principal, application } = activity;
    const family = this.families.numberOf(activity);
    const slot = this.slots.find(principal, family) || this.open(activity, family);
    if (2 * principal + 1 >= this.latest.length) {
      this.latest = grown(this.latest, 4 * principal);
    }
    this.latest[2 * principal] = application;
    this.latest[2 * principal + 1] = slot;
    return slot;
  }

  private open({ principal, time }: ScopeActivity, family: number): number {
    if (this.slots.size >= MAX_SCOPES) {
      this.forgetQuarter();
    }
    const slot = this.slots.add(principal, family);
    if (slot >= this.gains.length) {
      this.rows = grown(this.rows, STRIDE * (this.slots.capacity + 1));
      this.gains = grown(this.gains, this.slots.capacity + 1);
    }
    const at = slot * STRIDE;
    this.rows.fill(0, at, at + STRIDE);
    this.gains[slot] = 0;
    this.rows[at + Word.number] = ++this.count;
    this.rows[at + Word.family] = family;
    this.rows[at + Word.first] = compactTime(time);
    return slot;
  }

  /** Notes a use of a usual statement; false for others. One that was met in this week is at hand. */
  meet(slot: number, low: number, high: number, time: number): boolean {
    const period = Math.floor(time / PERIOD_MS);
    if (this.recent.has(slot, low, high, period)) {
      return true;
    }
    if (!this.shapes.meet(this.salted(slot, low), high, period * PERIOD_MS)) {
      return false;
    }
    this.recent.add(slot, low, high, period);
    return true;
  }

  /** Makes a statement usual. The fingerprint must be the one that `key` was taken from. */
  learn(slot: number, { low, high }: ShapeKey, fingerprint: Fingerprint, time: number): void {
    const { rows } = this;
    const at = slot * STRIDE;
    this.shapes.learn(this.salted(slot, low), high, time);
    this.beginnings.learn(rows[at + Word.family]!, { low, high }, fingerprint, time);
    rows[at + Word.shapes]!++;
    const seconds = compactTime(time);
    if (seconds - rows[at + Word.first]! > DAY_MS / 1000) {
      this.gains[slot] = this.gainsOf(slot, time) + 1;
      rows[at + Word.gainsTime] = seconds;
    }
  }

  /** How far a statement begins like a usual one of its application, up to one of its literals; 0: it does not. */
  knownEnd(slot: number, fingerprint: Fingerprint, time: number): number {
    return this.beginnings.knownEnd(this.rows[slot * STRIDE + Word.family]!, fingerprint, time);
  }

  /** Whether a scope repeats itself, as applications do and people do not. */
  isSteady(slot: number): boolean {
    const statements = this.rows[slot * STRIDE + Word.statements]!;
    return statements >= MIN_STATEMENTS && this.rows[slot * STRIDE + Word.shapes]! <= MAX_NEW_SHARE * statements;
  }

  /** Whether a suspicious statement was sent and let pass before. */
  wasLetPass(slot: number, { low, high }: ShapeKey, time: number): boolean {
    return this.shapes.meet(this.salted(slot, low) ^ LET_PASS, high, time);
  }

  /** Notes a suspicious statement that was not reported, unless it was for being new that it is suspicious. */
  letPass(slot: number, { low, high }: ShapeKey, time: number): void {
    if (!this.isNewnessUnusual(slot, time)) {
      this.shapes.learn(this.salted(slot, low) ^ LET_PASS, high, time);
    }
  }

  /** Whether a statement that is new is unusual for a scope just for that. Never while it is learning. */
  isNewnessUnusual(slot: number, time: number): boolean {
    const at = slot * STRIDE;
    const first = expandedTime(this.rows[at + Word.first]!);
    if (!this.isSteady(slot) || isLearning(first, this.rows[at + Word.statements]!, time)) {
      return false;
    }
    return gainSurprise(this.gainsOf(slot, time), (time - first) / DAY_MS) >= RARE_NATS;
  }

  private salted(slot: number, low: number): number {
    return low ^ Math.imul(this.rows[slot * STRIDE + Word.number]!, SPREAD);
  }

  private gainsOf(slot: number, time: number): number {
    const since = this.rows[slot * STRIDE + Word.gainsTime]!;
    return since === 0 ? 0 : this.gains[slot]! * decay((time - expandedTime(since)) / DAY_MS);
  }

  /** A scope in which something is suspicious: what is known of it by now, and what was noted of it before. */
  suspect(
    slot: number,
    { principal, application, directory }: Pick<Activity, 'principal' | 'application' | 'directory'>,
  ): Suspect {
    const at = slot * STRIDE;
    const known = this.suspects.get(slot);
    if (known === undefined && this.suspects.size >= MAX_SUSPECTS) {
      const [first] = this.suspects.keys();
      this.suspects.delete(first!);
    }
    const suspect = known ?? {
      principal: directory.principal(principal),
      application: directory.application(application),
      firstTime: expandedTime(this.rows[at + Word.first]!),
      statements: 0,
      shapes: 0,
      probing: undefined,
      faults: undefined,
    };
    suspect.statements = this.rows[at + Word.statements]!;
    suspect.shapes = this.rows[at + Word.shapes]!;
    this.suspects.set(slot, suspect);
    return suspect;
  }

  forEachSuspect(visit: (suspect: Suspect) => void): void {
    this.suspects.forEach(visit);
  }

  hold(holder: { principal(id: Id): void }): void {
    this.families.forgetIds(); // ids that nobody holds are given to others
    this.latest.fill(0);
    this.slots.forEach((slot) => {
      holder.principal(this.slots.first(slot));
    });
  }

  private forgetQuarter(): void {
    this.restored();
    this.slots.removeOldest(
      MAX_SCOPES / 4,
      (slot) => this.rows[slot * STRIDE + Word.last]!,
      (slot) => this.suspects.delete(slot),
    );
  }
}

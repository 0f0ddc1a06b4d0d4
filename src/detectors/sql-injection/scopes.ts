import { Acquaintances } from '../../baselines/acquaintances.ts';
import { decay, gainSurprise } from '../../baselines/gain-rate.ts';
import { isLearning } from '../../baselines/learning.ts';
import { grown, PairTable } from '../../lib/pair-table.ts';
import type { Activity, Id } from '../../model/activity.ts';
import type { Fingerprint } from '../../sql/fingerprint.ts';
import { literalPrefixes } from '../../sql/literal-prefixes.ts';
import type { Faults } from './faulty.ts';
import type { Probing } from './probing.ts';

const DAY_MS = 86_400_000;
const MEMORY_DAYS = 60;
/** Principals with an application at a time; of more, those unused for longest are forgotten. */
const MAX_SCOPES = 4096;
/** Surprise from which a new statement is unusual: on one day in ten there is one. See `gainSurprise`. */
const RARE_NATS = 2.3;
/** Statements from which it can be told whether an application repeats itself, and how much it has to. */
const MIN_STATEMENTS = 50;
const MAX_NEW_SHARE = 0.2;
/** Spreads scopes over the keys of shapes; odd, so that no two scopes share one. */
const SPREAD = 0x9e3779b1;

/** The beginnings of a statement in use are learned anew so often: well within the memory. */
const REFRESH_DAYS = 30;
/** Applications told apart. */
const MAX_APPLICATIONS = 4096;

/** One principal with one application, and what is known of its statements. */
export interface Scope {
  number: number;
  /** Shared by all that use the application: its code writes the statements, whoever signs in. */
  applicationNumber: number;
  principal: string;
  application: string;
  firstTime: number;
  lastTime: number;
  statements: number;
  shapes: number;
  /** Decayed number of statements that were new after the first day, and the time it stands for. */
  gains: number;
  gainsTime: number;
  /** What looks like an injection in the last minutes. */
  probing: Probing | undefined;
  /** Faulty statements of late. */
  faults: Faults | undefined;
}

type ScopeActivity = Pick<Activity, 'principal' | 'application' | 'directory' | 'time'>;

/** A fingerprint to keep. */
export interface ShapeKey {
  low: number;
  high: number;
}

/**
 * Which statements are usual for whom: about 30 bytes a statement. How they begin is remembered by application: as much
 * for each literal of a statement.
 */
export class Scopes {
  static readonly omits = ['latestApplications', 'latestSlots'];
  private readonly slots = new PairTable();
  /** By slot. */
  private readonly scopes: (Scope | undefined)[] = [];
  private readonly shapes = new Acquaintances(MEMORY_DAYS);
  private readonly prefixes = new Acquaintances(MEMORY_DAYS);
  /** Statements whose beginnings were learned. */
  private readonly begun = new Acquaintances(REFRESH_DAYS);
  private readonly applications = new Map<string, number>();
  private count = 0;
  /** By principal, the application that it used last, and the slot of both. */
  private latestApplications = new Int32Array(64);
  private latestSlots = new Int32Array(64);

  /** Of who sends the statement. */
  of(activity: ScopeActivity): Scope {
    const { principal, application, time } = activity;
    const isLatest = this.latestApplications[principal] === application;
    const slot = (isLatest && this.latestSlots[principal]) || this.find(principal, application);
    const known = slot === 0 ? undefined : this.scopes[slot];
    if (known === undefined) {
      return this.open(activity);
    }
    known.lastTime = Math.max(known.lastTime, time);
    known.statements++;
    return known;
  }

  /** Caches are built anew. */
  restored(): void {
    this.latestApplications = new Int32Array(64);
    this.latestSlots = new Int32Array(64);
  }

  private find(principal: Id, application: Id): number {
    const slot = this.slots.find(principal, application);
    if (principal >= this.latestSlots.length) {
      this.latestApplications = grown(this.latestApplications, 2 * principal);
      this.latestSlots = grown(this.latestSlots, 2 * principal);
    }
    this.latestApplications[principal] = application;
    this.latestSlots[principal] = slot;
    return slot;
  }

  private open({ principal, application, directory, time }: ScopeActivity): Scope {
    if (this.slots.size >= MAX_SCOPES) {
      this.forgetQuarter();
    }
    const scope = this.create(directory.principal(principal), directory.application(application), time);
    const slot = this.slots.add(principal, application);
    this.scopes[slot] = scope;
    this.latestSlots[principal] = slot;
    return scope;
  }

  /** Notes a use of a usual statement; false for others. */
  meet({ number }: Scope, low: number, high: number, time: number): boolean {
    return this.shapes.meet(low ^ Math.imul(number, SPREAD), high, time);
  }

  /** Makes a statement usual. The fingerprint must be the one that `key` was taken from. */
  learn(scope: Scope, { low, high }: ShapeKey, fingerprint: Fingerprint, time: number): void {
    this.shapes.learn(low ^ Math.imul(scope.number, SPREAD), high, time);
    this.learnBeginnings(scope, low, high, fingerprint, time);
    scope.shapes++;
    if (time - scope.firstTime > DAY_MS) {
      scope.gains = scope.gains * decay((time - scope.gainsTime) / DAY_MS) + 1;
      scope.gainsTime = time;
    }
  }

  /** Whether a statement begins like a usual one of its application as far as one of its literals. */
  breaksOut(scope: Scope, fingerprint: Fingerprint, time: number): boolean {
    const salt = Math.imul(scope.applicationNumber, SPREAD);
    return literalPrefixes(fingerprint).some(({ low, high }) => this.prefixes.isKnown(low ^ salt, high, time));
  }

  forEach(visit: (scope: Scope) => void): void {
    this.slots.forEach((slot) => {
      visit(this.scopes[slot]!);
    });
  }

  hold(holder: { principal(id: Id): void; application(id: Id): void }): void {
    this.slots.forEach((slot) => {
      holder.principal(this.slots.first(slot));
      holder.application(this.slots.second(slot));
    });
  }

  private learnBeginnings(scope: Scope, low: number, high: number, fingerprint: Fingerprint, time: number): void {
    const salt = Math.imul(scope.applicationNumber, SPREAD);
    if (this.begun.isKnown(low ^ salt, high, time)) {
      return;
    }
    this.begun.learn(low ^ salt, high, time);
    for (const prefix of literalPrefixes(fingerprint)) {
      this.prefixes.learn(prefix.low ^ salt, prefix.high, time);
    }
  }

  /** When there are too many, all are told apart from what they were before. */
  private numberOfApplication(name: string): number {
    const known = this.applications.get(name);
    if (known !== undefined) {
      return known;
    }
    if (this.applications.size >= MAX_APPLICATIONS) {
      this.applications.clear();
    }
    this.applications.set(name, ++this.count);
    return this.count;
  }

  private create(principal: string, application: string, time: number): Scope {
    return {
      number: ++this.count,
      applicationNumber: this.numberOfApplication(application),
      principal,
      application,
      firstTime: time,
      lastTime: time,
      statements: 1,
      shapes: 0,
      gains: 0,
      gainsTime: time,
      probing: undefined,
      faults: undefined,
    };
  }

  private forgetQuarter(): void {
    const age = (slot: number) => this.scopes[slot]!.lastTime;
    this.restored();
    const byAge = this.slots.used().sort((a, b) => age(a) - age(b) || a - b);
    for (const slot of byAge.slice(0, MAX_SCOPES / 4)) {
      this.slots.remove(slot);
      this.scopes[slot] = undefined;
    }
  }
}

/** Whether a scope repeats itself, as applications do and people do not. */
export function isSteady({ statements, shapes }: Scope): boolean {
  return statements >= MIN_STATEMENTS && shapes <= MAX_NEW_SHARE * statements;
}

/** Whether a statement that is new is unusual for a scope just for that. Never while it is learning. */
export function isNewnessUnusual(scope: Scope, time: number): boolean {
  if (!isSteady(scope) || isLearning(scope.firstTime, scope.statements, time)) {
    return false;
  }
  const gains = scope.gains * decay((time - scope.gainsTime) / DAY_MS);
  return gainSurprise(gains, (time - scope.firstTime) / DAY_MS) >= RARE_NATS;
}

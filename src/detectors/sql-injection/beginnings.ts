import { Acquaintances } from '../../baselines/acquaintances.ts';
import { grown } from '../../lib/pair-table.ts';
import type { Directory, Id } from '../../model/activity.ts';
import type { Fingerprint } from '../../sql/fingerprint.ts';
import { literalPrefixes } from '../../sql/literal-prefixes.ts';

const MEMORY_DAYS = 60;
/** The beginnings of a statement in use are learned anew so often: well within the memory. */
const REFRESH_DAYS = 30;
/** Applications told apart. */
const MAX_APPLICATIONS = 4096;
/** Spreads applications over the keys of beginnings; odd, so that no two share one. */
const SPREAD = 0x9e3779b1;

/** A fingerprint to keep. */
export interface ShapeKey {
  low: number;
  high: number;
}

/**
 * How the statements of each application begin, as far as each of their literals: 30 bytes a beginning. An application's
 * code writes them, whoever signs in.
 */
export class Beginnings {
  static readonly omits = ['numbers'];
  private readonly prefixes = new Acquaintances(MEMORY_DAYS);
  /** Statements whose beginnings were learned. */
  private readonly begun = new Acquaintances(REFRESH_DAYS);
  private readonly applications = new Map<string, number>();
  private count = 0;
  /** By id of the application; 0: not looked up yet. */
  private numbers = new Int32Array(0);

  restored(): void {
    this.numbers = new Int32Array(0);
  }

  /** A number for an application. When there are too many, all are told apart from what they were before. */
  numberOf(application: Id, directory: Pick<Directory, 'application'>): number {
    if (application >= this.numbers.length) {
      this.numbers = grown(this.numbers, 2 * (application + 1));
    }
    return this.numbers[application]! || this.lookUp(application, directory.application(application));
  }

  /** Ids may be given to other applications from here on. */
  forgetIds(): void {
    this.numbers.fill(0);
  }

  private lookUp(application: Id, name: string): number {
    if (!this.applications.has(name)) {
      if (this.applications.size >= MAX_APPLICATIONS) {
        this.applications.clear();
        this.forgetIds();
      }
      this.applications.set(name, ++this.count);
    }
    const number = this.applications.get(name)!;
    this.numbers[application] = number;
    return number;
  }

  /** The fingerprint must be the one that `key` was taken from. */
  learn(application: number, { low, high }: ShapeKey, fingerprint: Fingerprint, time: number): void {
    const salt = Math.imul(application, SPREAD);
    if (this.begun.isKnown(low ^ salt, high, time)) {
      return;
    }
    this.begun.learn(low ^ salt, high, time);
    for (const prefix of literalPrefixes(fingerprint)) {
      this.prefixes.learn(prefix.low ^ salt, prefix.high, time);
    }
  }

  /** How far a statement is like a usual one of the application, up to one of its literals; 0: nowhere. */
  knownEnd(application: number, fingerprint: Fingerprint, time: number): number {
    const salt = Math.imul(application, SPREAD);
    const isKnown = ({ low, high }: ShapeKey) => this.prefixes.isKnown(low ^ salt, high, time);
    return literalPrefixes(fingerprint).findLast(isKnown)?.end ?? 0;
  }
}

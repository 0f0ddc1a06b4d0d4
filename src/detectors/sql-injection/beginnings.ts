import { Acquaintances } from '../../baselines/acquaintances.ts';
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
  private readonly prefixes = new Acquaintances(MEMORY_DAYS);
  /** Statements whose beginnings were learned. */
  private readonly begun = new Acquaintances(REFRESH_DAYS);
  private readonly applications = new Map<string, number>();
  private count = 0;

  /** A number for an application. When there are too many, all are told apart from what they were before. */
  numberOf(application: string): number {
    const known = this.applications.get(application);
    if (known !== undefined) {
      return known;
    }
    if (this.applications.size >= MAX_APPLICATIONS) {
      this.applications.clear();
    }
    this.applications.set(application, ++this.count);
    return this.count;
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

  /** Whether a statement begins like a usual one of the application as far as one of its literals. */
  areKnown(application: number, fingerprint: Fingerprint, time: number): boolean {
    const salt = Math.imul(application, SPREAD);
    return literalPrefixes(fingerprint).some(({ low, high }) => this.prefixes.isKnown(low ^ salt, high, time));
  }
}

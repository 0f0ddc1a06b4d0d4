import { Acquaintances } from '../../baselines/acquaintances.ts';
import type { Fingerprint } from '../../sql/fingerprint.ts';
import { literalPrefixes } from '../../sql/literal-prefixes.ts';

const MEMORY_DAYS = 60;
/** The beginnings of a statement in use are learned anew so often: well within the memory. */
const REFRESH_DAYS = 30;
/** Spreads applications over the keys of beginnings; odd, so that no two share one. */
const SPREAD = 0x9e3779b1;

/** A fingerprint to keep. */
export interface ShapeKey {
  low: number;
  high: number;
}

/**
 * How the statements of each family of applications begin, as far as each of their literals: 30 bytes a beginning. An
 * application's code writes them, whoever signs in.
 */
export class Beginnings {
  private readonly prefixes = new Acquaintances(MEMORY_DAYS);
  /** Statements whose beginnings were learned. */
  private readonly begun = new Acquaintances(REFRESH_DAYS);

  /** The fingerprint must be the one that `key` was taken from. */
  learn(family: number, { low, high }: ShapeKey, fingerprint: Fingerprint, time: number): void {
    const salt = Math.imul(family, SPREAD);
    if (this.begun.isKnown(low ^ salt, high, time)) {
      return;
    }
    this.begun.learn(low ^ salt, high, time);
    for (const prefix of literalPrefixes(fingerprint)) {
      this.prefixes.learn(prefix.low ^ salt, prefix.high, time);
    }
  }

  /** How far a statement is like a usual one of the application, up to one of its literals; 0: nowhere. */
  knownEnd(family: number, fingerprint: Fingerprint, time: number): number {
    const salt = Math.imul(family, SPREAD);
    const isKnown = ({ low, high }: ShapeKey) => this.prefixes.isKnown(low ^ salt, high, time);
    return literalPrefixes(fingerprint).findLast(isKnown)?.end ?? 0;
  }
}

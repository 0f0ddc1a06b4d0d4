import type { LedgerMemory, SessionLedger } from '../postgres/session-ledger.ts';
import { recallImitators } from '../postgres/text-forgery.ts';
import type { NoiseJudge, NoiseMemory } from './text-log-noise.ts';

/** What a reader of a text log remembers of the lines before. */
export interface TextLogMemory {
  ledger: LedgerMemory;
  noise: NoiseMemory;
  /** See `ForgeryJudge`; of each that reads the log. */
  imitators: readonly ReadonlySet<number>[];
}

/** Puts back what was remembered. */
export function recallTextLog(
  { ledger, noise, imitators }: TextLogMemory,
  into: { ledger: SessionLedger; noise: NoiseJudge; imitators: readonly Set<number>[] },
): void {
  into.ledger.recall(ledger);
  into.noise.recall(noise);
  for (const [i, names] of into.imitators.entries()) {
    recallImitators(names, imitators[i]!);
  }
}

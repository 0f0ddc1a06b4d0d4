import type { LedgerMemory, SessionLedger } from '../postgres/session-ledger.ts';
import { recallImitators } from '../postgres/text-forgery.ts';
import type { ScanWindow } from '../scan/scan-window.ts';
import type { RecordReader, RecordView } from './parser.ts';
import type { NoiseJudge, NoiseMemory } from './text-log-noise.ts';

/** What the reader of a text log shares with those of other prefixes. */
export interface TextLogSurroundings {
  timezone: string | undefined;
  window: ScanWindow;
  view: RecordView;
}

/** Reads with one prefix. */
export interface TextLogReader extends RecordReader {
  /** Set when what follows begins with another prefix: `next` says `needMore` then, and stays where it is. */
  changedPrefix(): string | undefined;
}

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

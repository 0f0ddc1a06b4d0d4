import type { AlertRecord } from './alert-book.ts';
import { type FindingBases, PackedFinding, unpackedFinding } from './packed-finding.ts';

/** Findings take much memory, and few are asked for again: those that were asked for last are at hand. */
export interface FindingsAtHand {
  /** Unpacks the findings of alerts. */
  take(records: readonly AlertRecord[]): void;
  /** Packs what was not asked for lately: a finding that was replaced meanwhile is so with the next one that is asked for. */
  pack(): void;
  forget(records: ReadonlySet<AlertRecord>): void;
}

/** @param most findings that are at hand. @param basesOf what others are packed with */
export function createFindingsAtHand(most: number, basesOf: () => FindingBases): FindingsAtHand {
  /** Those asked for longest ago first. */
  const records = new Set<AlertRecord>();
  return {
    take(asked) {
      for (const record of asked) {
        records.delete(record);
        records.add(record);
        record.finding = unpackedFinding(record.finding);
      }
    },
    pack() {
      for (const record of records) {
        if (records.size <= most) {
          return;
        }
        records.delete(record);
        record.finding = new PackedFinding(record.finding, basesOf());
      }
    },
    forget(gone) {
      for (const record of gone) {
        records.delete(record);
      }
    },
  };
}

import { type Renaming, renameIn, renameWithin } from '../lib/renaming.ts';
import type { Finding } from '../model/finding.ts';
import type { Entry } from './alert-entry.ts';
import type { BookState } from './book-state.ts';
import { type FindingBases, PackedFinding, unpackedFinding } from './packed-finding.ts';

/**
 * Puts another name in the place of a principal's in all that a book holds, keys included: what comes under its own name
 * again is another matter. Gives the alerts that have changed, in the order in which they were opened.
 */
export function renameInBook(state: BookState, renaming: Renaming): Entry[] {
  const { all, latest, accepted } = state;
  const bases: FindingBases = new Map(); // the old ones tell of somebody, too
  state.bases = bases;
  const changed = all.filter((entry) => renameEntry(entry, renaming, bases));
  for (const matters of latest.values()) {
    const entries = [...matters];
    matters.clear();
    for (const [key, matter] of entries) {
      renameEntry(matter.entry, renaming, bases);
      matters.set(renaming.text(key), matter);
    }
  }
  for (const matters of accepted?.values() ?? []) {
    renameWithin(matters, renaming);
  }
  return changed;
}

/** What is sealed of its lines would tell the name all the same: it goes. */
function renameEntry(entry: Entry, renaming: Renaming, bases: FindingBases): boolean {
  const before = unpackedFinding(entry.finding);
  const renamed: Finding = renameIn(before, renaming);
  const isChanged = renamed !== before;
  const rawLines = renamed.rawLines.map(({ source, byteOffset, text }) => ({ source, byteOffset, text }));
  const finding = isChanged ? { ...renamed, rawLines } : before;
  entry.finding = entry.finding instanceof PackedFinding ? new PackedFinding(finding, bases) : finding;
  return isChanged;
}

import { type Renaming, renameIn, renameWithin } from '../lib/renaming.ts';
import type { Finding } from '../model/finding.ts';
import type { BookState } from './alert-book.ts';
import type { Entry } from './alert-entry.ts';

/**
 * Puts another name in the place of a principal's in all that a book holds, keys included: what comes under its own name
 * again is another matter. Gives the alerts that have changed, in the order in which they were opened.
 */
export function renameInBook({ all, latest, accepted }: BookState, renaming: Renaming): Entry[] {
  const changed = all.filter((entry) => renameEntry(entry, renaming));
  for (const matters of latest.values()) {
    const entries = [...matters];
    matters.clear();
    for (const [key, matter] of entries) {
      renameEntry(matter.entry, renaming);
      matters.set(renaming.text(key), matter);
    }
  }
  for (const matters of accepted?.values() ?? []) {
    renameWithin(matters, renaming);
  }
  return changed;
}

/** What is sealed of its lines would tell the name all the same: it goes. */
function renameEntry(entry: Entry, renaming: Renaming): boolean {
  const finding: Finding = renameIn(entry.finding, renaming);
  if (finding === entry.finding) {
    return false;
  }
  const rawLines = finding.rawLines.map(({ source, byteOffset, text }) => ({ source, byteOffset, text }));
  entry.finding = { ...finding, rawLines };
  return true;
}

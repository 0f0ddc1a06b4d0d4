import { closest, distance } from 'fastest-levenshtein';

/** More candidates than this are not listed in a sentence. */
const MAX_LISTED = 12;

/**
 * The end of a sentence about a word that is not known: the nearest word that is, or all of them where none is near.
 * Near: at most half of the letters differ, letter case aside.
 */
export function suggestion(word: string, candidates: readonly string[]): string {
  const nearest = nearestTo(word, candidates);
  if (nearest !== undefined && distance(nearest.toLowerCase(), word.toLowerCase()) <= nearest.length / 2) {
    return `; did you mean "${nearest}"?`;
  }
  return candidates.length === 0 ? '' : `; valid here: ${listed(candidates)}`;
}

/** The candidate with the fewest edits, letter case aside; undefined without candidates. */
export function nearestTo(word: string, candidates: readonly string[]): string | undefined {
  const lower = candidates.map((candidate) => candidate.toLowerCase());
  return lower.length === 0 ? undefined : candidates[lower.indexOf(closest(word.toLowerCase(), lower))];
}

function listed(candidates: readonly string[]): string {
  const more = candidates.length > MAX_LISTED ? ', …' : '';
  return candidates.slice(0, MAX_LISTED).join(', ') + more;
}

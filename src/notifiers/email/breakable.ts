/** Longest run of letters without a place to break, in characters: fits a column of a telephone's screen. */
const LONGEST_RUN = 16;
const PIECES = new RegExp(`\\s*\\S{1,${LONGEST_RUN}}|\\s+$`, 'gu');

/** A text in pieces between which a line may break: mail programs break within words where a table gets too wide. */
export function breakable(text: string): string[] {
  return text.match(PIECES) ?? [];
}

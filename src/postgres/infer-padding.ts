/** An escape that may be padded: times have always the same length. */
const ESCAPE = /^%[abcdehiLlprQuvx]$/;
const SPACE = ' ';
/** Behind one of these a space stands only where what follows is padded. */
const OPENING = /^[[(<{|=:,;]$/;

/**
 * Prefixes that may have written the same as another, told by the spaces around its fields: `[  4001] bob      |` is `[%6p] %-9u|`
 * for a name of three letters. One stands for all spaces, one leaves one behind or in front of each field.
 *
 * @param pieces of a prefix
 * @param lengths of what stands for each in a line
 */
export function paddedPrefixes(pieces: readonly string[], lengths: readonly number[]): string[][] {
  const isSpaced = pieces.some(
    (piece, i) => piece === SPACE && (pieces[i - 1] === SPACE || OPENING.test(pieces[i - 1] ?? '')),
  );
  return isSpaced ? [0, 1].map((kept) => widened(pieces, lengths, kept)) : [];
}

function widened(pieces: readonly string[], lengths: readonly number[], kept: number): string[] {
  const wide = [...pieces];
  for (const [i, piece] of pieces.entries()) {
    if (!ESCAPE.test(piece)) {
      continue;
    }
    const before = spacesFrom(wide, i, -1);
    const behind = spacesFrom(wide, i, 1);
    const isOpened = before > 0 && OPENING.test(wide[i - before - 1] ?? '');
    const left = isOpened ? before : before > 1 ? before - kept : 0;
    const right = left === 0 && behind > 1 ? behind - kept : 0;
    if (left + right > 0) {
      wide[i] = `%${right > 0 ? '-' : ''}${lengths[i]! + left + right}${piece.slice(1)}`;
      wide.fill('', i - left, i);
      wide.fill('', i + 1, i + 1 + right);
    }
  }
  return wide;
}

function spacesFrom(pieces: readonly string[], from: number, step: 1 | -1): number {
  let count = 0;
  while (pieces[from + step * (count + 1)] === SPACE) {
    count++;
  }
  return count;
}

/** Shorter common starts than this tell nothing: every query begins with SELECT. Characters. */
const LEAST = 12;

/** A statement, and how far it goes along with the one of the usual ones that is most like it. */
export interface ComparedStatement {
  statement: string;
  /** The usual one; absent: none is like it. */
  usual?: string;
  /** Characters that both begin with. */
  common: number;
}

/** The usual statement that begins like this one for longest. */
export function comparedTo(usual: readonly string[], statement: string): ComparedStatement {
  const best = usual
    .map((text) => ({ text, common: commonLength(text, statement) }))
    .reduce((one, other) => (other.common > one.common ? other : one), { text: '', common: 0 });
  return best.common < LEAST ? { statement, common: 0 } : { statement, usual: best.text, common: best.common };
}

function commonLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) {
    length++;
  }
  return length;
}

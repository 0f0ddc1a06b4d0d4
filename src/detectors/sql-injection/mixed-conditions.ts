const OR = /^ ?or\b/;
const TOKENS = /[()]|\b(?:between|and)\b/g;

/**
 * Whether a condition goes on with OR and has an AND behind it, with no bracket to say which goes first: so it reads where
 * somebody's OR was put between a literal and the author's AND. Who writes both means brackets, and query builders always
 * write them.
 *
 * @param rest the normal form from behind a literal on
 */
export function mixesConditions(rest: string): boolean {
  if (!OR.test(rest)) {
    return false;
  }
  let depth = 0;
  let ranges = 0;
  for (const [token] of rest.matchAll(TOKENS)) {
    depth += token === '(' ? 1 : token === ')' ? -1 : 0;
    if (depth < 0) {
      return false; // the author's brackets hold the OR
    }
    if (depth === 0 && token === 'between') {
      ranges++;
    } else if (depth === 0 && token === 'and' && ranges-- <= 0) {
      return true;
    }
  }
  return false;
}

/** Longest text that is looked at. */
const MAX_TEXT = 20_000;
/** `… OR 1 = 0` at the end of a condition. */
const NOTHING = '(?:1 ?= ?0|0 ?= ?1|1 ?(?:!=|<>) ?1)';
const IN_BRACKETS = [4, 3, 2, 1, 0].map((n) => '\\('.repeat(n) + NOTHING + '\\)'.repeat(n)).join('|');
const NO_CHOICE = new RegExp(
  String.raw` or (?:${IN_BRACKETS})(?= ?(?:\)|;|$| or | order by | group by | limit | offset | fetch | for ))`,
  'gi',
);
/** `… NOT IN (NULL) OR (1 = 1)`. */
const NO_EXCEPTION = / in \(null\) or \(1 = 1\)/gi;

/**
 * A statement without the constant conditions by which query builders write that a list of choices is empty; undefined
 * when there is none. Nobody gains by adding them.
 */
export function withoutEmptyLists(text: string): string | undefined {
  if (text.length > MAX_TEXT) {
    return undefined;
  }
  const less = text.replace(NO_EXCEPTION, ' in (null)').replace(NO_CHOICE, '');
  return less === text ? undefined : less;
}

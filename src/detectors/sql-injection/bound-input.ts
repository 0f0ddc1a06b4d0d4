/** Longest text that is looked at, conditions in it that are, and as much of what stands before one. */
const MAX_TEXT = 20_000;
const MAX_CONDITIONS = 8;
const MAX_TAIL = 100;

/** A constant: what input looks like that became part of the text. */
const CONSTANT = /'|\$(?!\d)|(?<![\w$."])\d|(?<!\bis |\bnot )\b(?:true|false|null)\b/i;
/** The end of what stands before a condition, or a query of a UNION, that follows a parameter. */
const BEHIND_PARAMETER = /\$\d{1,5}[\s)]*\b(or|and|union(?:\s+all)?\s+select)[\s(]*(?:not[\s(]*)?$/i;
/** `1 = 0`, `'a' = 'a'`, `true`. */
const CONDITION = /^(?:(?:\d+|'[^']*')\s*(?:=|<>|!=)\s*(?:\d+|'[^']*')|(?:true|false)\b)/i;
/** The end of what stands before a constant that a column is compared with, or that says how many rows. */
const BEHIND_COLUMN = /(?:[<>=]|\b(?:in|i?like|limit|offset|first|next))\s*\(*$/i;
/** What would add to a statement behind a constant, or tell more than that. */
const CONTINUED =
  /\b(?:or|and|union|intersect|except|select|case|from|user|current_\w+|session_\w+)\b|;|--|\/\*|\w\s?\(/i;

/**
 * Whether a statement has its input in parameters, and its constants are conditions right behind them, a row of UNION, or
 * the last of all. Its author wrote those: what somebody adds to a statement stands behind input that became part of the
 * text, and there is none.
 */
export function isInputBound(text: string): boolean {
  if (text.length > MAX_TEXT || !text.includes('$')) {
    return false; // without a parameter, as nearly all are
  }
  let bound = text;
  for (let seen = 0; seen < MAX_CONDITIONS; seen++) {
    const at = bound.search(CONSTANT);
    if (at < 0) {
      return seen > 0;
    }
    const rest = bound.slice(at);
    const before = bound.slice(Math.max(0, at - MAX_TAIL), at);
    const [, joint = ''] = BEHIND_PARAMETER.exec(before) ?? [];
    const isRow = /^union/i.test(joint);
    if (joint === '' || isRow || !CONDITION.test(rest)) {
      return (isRow || (seen > 0 && BEHIND_COLUMN.test(before))) && !CONTINUED.test(rest);
    }
    bound = bound.slice(0, at) + rest.replace(CONDITION, '');
  }
  return false;
}

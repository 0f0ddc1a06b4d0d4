/** Literals looked at in one text. */
const MAX_LITERALS = 64;
const OPENING = /'|\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$|--|\/\*/g;

/**
 * String literals of a text, without their quotes, those of `minLength` characters or more. A doubled quote is
 * undone. Ends at the first one that is not closed.
 */
export function literalsOf(sql: string, minLength: number): string[] {
  const literals: string[] = [];
  let at = 0;
  while (literals.length < MAX_LITERALS) {
    OPENING.lastIndex = at;
    const opening = OPENING.exec(sql);
    if (opening === null) {
      break;
    }
    const start = opening.index + opening[0].length;
    const end = endOf(sql, opening[0], start);
    if (end < 0) {
      break;
    }
    if (isLiteral(opening[0]) && end - start >= minLength) {
      const literal = sql.slice(start, end);
      literals.push(opening[0] === "'" ? literal.replaceAll("''", "'") : literal);
    }
    at = end + (opening[0] === '--' ? 0 : opening[0].length);
  }
  return literals;
}

function isLiteral(opening: string): boolean {
  return opening === "'" || opening.startsWith('$');
}

function endOf(sql: string, opening: string, start: number): number {
  if (opening === '--') {
    return sql.indexOf('\n', start);
  }
  if (opening !== "'") {
    return sql.indexOf(opening === '/*' ? '*/' : opening, start);
  }
  for (let p = sql.indexOf("'", start); p >= 0; p = sql.indexOf("'", p + 2)) {
    if (sql[p + 1] !== "'") {
      return p;
    }
  }
  return -1;
}

/** A token as it is shown, and where the next one may start. */
interface Token {
  shown: string;
  end: number;
}

const MASKED_STRING = `'?'`;
/** Where something starts that is not just white space, operator or punctuation. */
const LEAD = /--|\/\*|['"$]|\.?\d|[A-Za-z_\u0080-\uffff]/g;
const WORD = /[\w$\u0080-\uffff]+/y;
/** More than PostgreSQL takes for a number: junk behind it is hidden, too. */
const NUMBER = /\.?\d[\w.\u0080-\uffff]*(?:(?<=[eE])[+-]\d+)?/y;
const PARAMETER = /\$\d+/y;
const DOLLAR_TAG = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
const LINE_END = /[\r\n]/g;
const COMMENT_MARK = /\/\*|\*\//g;
const ESCAPE_OR_QUOTE = /[\\']/g;
/** A string goes on behind a quote on a later line, in the manner of its first part. */
const CONTINUATION = /[ \t\f\v]*[\r\n]\s*'/y;

/**
 * A statement without its string and number literals and comments; names, parameters and structure stay. One pass,
 * as PostgreSQL's scanner reads with standard_conforming_strings on (postgresql.org/docs/current/sql-syntax-lexical.html).
 * What the end of the text cuts off is masked as well, a quoted name included: behind an odd quote anything may stand.
 */
export function maskLiterals(sql: string): string {
  let shown = '';
  let at = 0;
  for (;;) {
    const start = search(LEAD, sql, at);
    if (start < 0) {
      return shown + sql.slice(at);
    }
    const token = readToken(sql, start);
    shown += sql.slice(at, start) + token.shown;
    at = token.end;
  }
}

function readToken(sql: string, start: number): Token {
  switch (sql[start]) {
    case '-':
      return { shown: '-- ?', end: endOrLength(sql, search(LINE_END, sql, start)) };
    case '/':
      return { shown: '/* ? */', end: endOrLength(sql, endOfComment(sql, start)) };
    case `'`:
      return { shown: MASKED_STRING, end: endOrLength(sql, endOfQuoted(sql, start, `'`)) };
    case '"':
      return readName(sql, start);
    case '$':
      return readDollar(sql, start);
    default:
      return readWordOrNumber(sql, start);
  }
}

function readName(sql: string, start: number): Token {
  const end = endOfQuoted(sql, start, '"');
  return end < 0 ? { shown: '"?"', end: sql.length } : { shown: sql.slice(start, end), end };
}

function readDollar(sql: string, start: number): Token {
  const parameter = match(PARAMETER, sql, start);
  if (parameter !== '') {
    return { shown: parameter, end: start + parameter.length };
  }
  const tag = match(DOLLAR_TAG, sql, start);
  if (tag === '') {
    return { shown: '$', end: start + 1 };
  }
  const close = sql.indexOf(tag, start + tag.length);
  return { shown: MASKED_STRING, end: close < 0 ? sql.length : close + tag.length };
}

function readWordOrNumber(sql: string, start: number): Token {
  const number = match(NUMBER, sql, start);
  if (number !== '') {
    return { shown: '?', end: start + number.length };
  }
  const word = match(WORD, sql, start);
  const end = start + word.length;
  if (/^[ebxn]$/i.test(word) && sql[end] === `'`) {
    const isEscaped = word === 'e' || word === 'E';
    const close = isEscaped ? endOfEscaped(sql, end) : endOfQuoted(sql, end, `'`);
    return { shown: MASKED_STRING, end: endOrLength(sql, close) };
  }
  if (/^u$/i.test(word) && sql.startsWith(`&'`, end)) {
    return { shown: MASKED_STRING, end: endOrLength(sql, endOfQuoted(sql, end + 1, `'`)) };
  }
  return { shown: word, end };
}

/** Behind the quote that closes the one at `start`; a doubled quote does not. -1 when the text ends before. */
function endOfQuoted(sql: string, start: number, quote: string): number {
  for (let p = sql.indexOf(quote, start + 1); p >= 0; p = sql.indexOf(quote, p + 2)) {
    if (sql[p + 1] !== quote) {
      return p + 1;
    }
  }
  return -1;
}

/** Behind the string of `E'…'` whose quote is at `start`: a backslash hides what follows it. -1 as above. */
function endOfEscaped(sql: string, start: number): number {
  for (let p = search(ESCAPE_OR_QUOTE, sql, start + 1); p >= 0; ) {
    if (sql[p] === `'` && sql[p + 1] !== `'`) {
      const more = match(CONTINUATION, sql, p + 1);
      if (more === '') {
        return p + 1;
      }
      p = search(ESCAPE_OR_QUOTE, sql, p + 1 + more.length);
    } else {
      p = search(ESCAPE_OR_QUOTE, sql, p + 2);
    }
  }
  return -1;
}

/** Comments nest. -1 as above. */
function endOfComment(sql: string, start: number): number {
  let depth = 1;
  for (let p = search(COMMENT_MARK, sql, start + 2); p >= 0; p = search(COMMENT_MARK, sql, p + 2)) {
    depth += sql[p] === '/' ? 1 : -1;
    if (depth === 0) {
      return p + 2;
    }
  }
  return -1;
}

function search(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? -1;
}

/** What a sticky pattern finds at a place; empty when nothing. */
function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

function endOrLength(text: string, end: number): number {
  return end < 0 ? text.length : end;
}

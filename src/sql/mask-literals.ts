/** What stands for a literal that was there. */
const MASK = '?';

/**
 * One alternative a token, in the order PostgreSQL's scanner knows them (postgresql.org/docs/current/sql-syntax-lexical.html).
 * Each also matches when the text ends inside it: a cut or faulty statement keeps no half of a secret.
 */
const TOKENS =
  /(?<comment>--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<dollar>\$(?<tag>[A-Za-z_\u0080-\uffff]?[\w\u0080-\uffff]*)\$[\s\S]*?(?:\$\k<tag>\$|$))|(?<string>(?:(?<![\w"])[eE]'(?:[^'\\]|''|\\[\s\S])*|(?:(?<![\w"])(?:[bBxXnN]|[uU]&))?'(?:[^']|'')*)(?:'|$))|(?<identifier>"(?:[^"]|"")*"?)|(?<parameter>\$\d+)|(?<word>[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)|(?<number>0[xob][0-9a-f_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:e[+-]?\d+)?)/gi;

/** A statement without its string and number literals and comments; names, parameters and structure stay. */
export function maskLiterals(sql: string): string {
  return sql.replace(TOKENS, (token: string, ...rest: unknown[]) => {
    const groups = rest.at(-1) as Record<string, string | undefined>;
    if (groups['string'] !== undefined || groups['dollar'] !== undefined) {
      return `'${MASK}'`;
    }
    if (groups['comment'] !== undefined) {
      return token.startsWith('--') ? `-- ${MASK}` : `/* ${MASK} */`;
    }
    return groups['number'] === undefined ? token : MASK;
  });
}

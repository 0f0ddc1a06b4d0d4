/** Strings in either kind of quotes (also those that a cut left open), comments, numbers; parameters begin with `@`. */
const LITERAL =
  /'(?:[^'\\]|\\[\s\S])*(?:'|\\?$)|"(?:[^"\\]|\\[\s\S])*(?:"|\\?$)|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|(?<![\w@$])\d[\w.]*/g;

/** A query in the SQL of Cosmos DB without its literals. Unlike in PostgreSQL, double quotes hold strings, too. */
export function redactQuery(query: string): string {
  return query.replace(LITERAL, (literal) =>
    literal.startsWith("'") ? "'?'" : literal.startsWith('"') ? '"?"' : literal.startsWith('-') ? '-- ?' : '?',
  );
}

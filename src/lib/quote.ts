/** Control characters, line separators and what reorders text: none of them belongs in a command that is copied. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const clean = (text: string) => text.replace(UNSAFE, '\ufffd');

/** A string literal of PostgreSQL with standard_conforming_strings on (the default). */
export function sqlLiteral(text: string): string {
  return `'${clean(text).replaceAll("'", "''")}'`;
}

/** A quoted identifier of PostgreSQL. */
export function sqlIdentifier(text: string): string {
  return `"${clean(text).replaceAll('"', '""')}"`;
}

/** One word of a POSIX shell. */
export function shellWord(text: string): string {
  const safe = clean(text);
  return /^[\w./:@=+-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", `'\\''`)}'`;
}

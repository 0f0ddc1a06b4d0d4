/** An escape: padding (to the left where it is negative) and letter. postgresql.org/docs/current/runtime-config-logging.html */
const ESCAPE = /%(-?\d*)([a-zA-Z%])/g;

/** A `log_line_prefix` as a server would write it. @param values by the letter of the escape; of others nothing is written */
export function writePrefix(prefix: string, values: Readonly<Record<string, string>>): string {
  return prefix.replace(ESCAPE, (_, width: string, letter: string) => {
    const value = letter === '%' ? '%' : (values[letter] ?? '');
    const length = Math.abs(Number(width));
    return width.startsWith('-') ? value.padEnd(length) : value.padStart(length);
  });
}

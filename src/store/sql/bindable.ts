/** What both databases take as a parameter. */
export type Bindable = string | number | bigint | Uint8Array | null;

/**
 * The parameter as both databases take it. PostgreSQL refuses NUL in texts and SQLite keeps it; a lone surrogate has no
 * UTF-8: both become U+FFFD, so that hostile text is stored alike and never refused.
 */
export function bindable(value: unknown): Bindable {
  if (typeof value === 'string') {
    return plainText(value);
  }
  if (typeof value === 'boolean') {
    return value ? 1 : 0;
  }
  if (value === null || typeof value === 'number' || typeof value === 'bigint' || value instanceof Uint8Array) {
    return value;
  }
  throw new TypeError(`no column takes a parameter of type ${typeof value}`);
}

/** The text as it will be read back. */
export function plainText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}

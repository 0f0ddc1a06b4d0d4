/** A JSON column that may be null. */
export function jsonOrNull(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

/** What a JSON column holds. We wrote it, so it has the type that its port says. */
export function fromJson<T>(text: unknown): T {
  return JSON.parse(String(text)) as T;
}

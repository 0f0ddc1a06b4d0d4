export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Undefined where a text is no JSON. */
export function parsedValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Undefined where a text is no object of JSON. */
export function parsedObject(text: string): JsonObject | undefined {
  const value = parsedValue(text);
  return isObject(value) ? value : undefined;
}

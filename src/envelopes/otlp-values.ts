import { isObject, type JsonObject } from './json-object.ts';

/** Values within each other. */
const MAX_DEPTH = 8;
const NUMBERS: readonly string[] = ['intValue', 'doubleValue'];

/**
 * A record of OpenTelemetry whose body is a list of keys and values, with that as an object; others as they are.
 * Source: opentelemetry.io/docs/specs/otlp, JSON of `AnyValue`.
 */
export function withPlainBody(object: JsonObject): JsonObject {
  const isListed = isObject(object.body) && isObject(object.body.kvlistValue);
  return isListed ? { ...object, body: plainValue(object.body, MAX_DEPTH) } : object;
}

function plainValue(value: unknown, depth: number): unknown {
  const [kind, inner] = isObject(value) && depth > 0 ? (Object.entries(value)[0] ?? []) : [];
  if (kind === undefined) {
    return undefined;
  }
  const { values } = isObject(inner) ? inner : {};
  if (!Array.isArray(values)) {
    return NUMBERS.includes(kind) ? Number(inner) : inner;
  }
  return kind === 'kvlistValue'
    ? Object.fromEntries(
        values.filter(isObject).map(({ key, value: each }) => [String(key), plainValue(each, depth - 1)]),
      )
    : values.map((each) => plainValue(each, depth - 1));
}

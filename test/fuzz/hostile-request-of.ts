import fc from 'fast-check';
import type { Setting } from './arbitrary-of.ts';
import type { Operation } from './operations.ts';
import { type FuzzRequest, requestOf } from './request-of.ts';

/** What has broken servers before. */
const NASTY = [
  ...['%00', '%2e%2e%2f', '%', '%ff', "'; --", '__proto__', 'constructor', '%F0%9F%92%A9', 'x'.repeat(400), ''],
  ...['-1', 'NaN', '1e400', '*', '[]', '{}', 'null', '//', '..', '\u202e', '9999-12-31T23:59:59Z', '$where'],
];
const CONTENT_TYPES = ['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'image/png', 'x'];

/** Requests that no well-meaning client sends: one part of a good one is replaced, or several are. */
export function hostileRequestOf(operation: Operation, setting: Setting): fc.Arbitrary<FuzzRequest> {
  const nasty = fc.oneof(
    fc.constantFrom(...NASTY),
    fc.string({ maxLength: 30, unit: 'binary' }).map((text) => encodeURIComponent(text)),
  );
  const values = fc.array(nasty, { minLength: 8, maxLength: 8 });
  return fc
    .record({ good: requestOf(operation, setting), values, keepsPath: fc.boolean(), payload: payload(operation) })
    .map(({ good, values: [...left], keepsPath, payload: [type, text] }) => ({
      ...good,
      path: keepsPath ? good.path : operation.path.replaceAll(/\{\w+\}/g, () => sendable(left.pop() ?? 'x')),
      query: hostileQuery(operation, good.query, left),
      headers: { ...good.headers, ...(text !== undefined && { 'content-type': type }) },
      ...(text !== undefined && { payload: text }),
    }));
}

/** The version stays as it is half of the time: without one nothing else would be looked at. */
function hostileQuery({ parameters }: Operation, good: string, values: readonly string[]): string {
  const version = /api-version=[^&]*/.exec(good)?.[0] ?? '';
  const names = parameters.filter((it) => it.in === 'query' && it.name !== 'api-version').map(({ name }) => name);
  const pairs = [...names, 'cursor', '$skiptoken', '$filter'].map((name, n) => `${name}=${values[n % values.length]}`);
  return `?${sendable([version, ...pairs].join('&'))}`;
}

/** What a client is able to put into the first line of a request. */
function sendable(text: string): string {
  return text.replaceAll(/[^\x21-\x7e]|#/gu, (letter) => encodeURIComponent(letter));
}

/** A body: none where the operation takes none, else any JSON, parts of it, or what looks like it and is not. */
function payload({ body }: Operation): fc.Arbitrary<readonly [string, string | undefined]> {
  if (body === undefined) {
    return fc.constant(['', undefined] as const);
  }
  const generated = fc.jsonValue();
  const members = fc.dictionary(fc.constantFrom(...memberNames(body.schema)), generated);
  const text = fc.oneof(
    generated.map((value) => JSON.stringify(value)),
    members.map((value) => JSON.stringify(value)),
    members.map((value) => JSON.stringify({ properties: value })),
    members.map((value) => JSON.stringify(value).slice(0, -2)),
    fc.constantFrom(
      '',
      '{"__proto__":{"a":1}}',
      '{"constructor":{"prototype":1}}',
      `${'['.repeat(20_000)}`,
      '\ufeff{}',
    ),
  );
  return fc.tuple(fc.constantFrom(body.type, body.type, ...CONTENT_TYPES), text);
}

function memberNames(schema: NonNullable<Operation['body']>['schema']): string[] {
  const { properties = {} } = schema;
  return [...Object.keys(properties), ...Object.keys(properties.properties?.properties ?? {}), 'toString'];
}

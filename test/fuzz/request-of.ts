import fc from 'fast-check';
import { arbitraryOf, type Setting } from './arbitrary-of.ts';
import type { KnownRecord } from './knowledge.ts';
import { NAMED_VALUES, type NamedValue, namedPartsOf } from './named-values.ts';
import type { Operation, Parameter } from './operations.ts';

/** A request as it is sent. */
export interface FuzzRequest {
  method: string;
  /** Without the query. */
  path: string;
  query: string;
  headers: Readonly<Record<string, string>>;
  payload?: string;
  /** The values that it is made of, by name. */
  sent: KnownRecord;
}

/** Of eight parts of a path one is made up, though some are known to be there. */
const MADE_UP = 8;

/** Requests that the document allows, about things that exist as far as any are known. */
export function requestOf(operation: Operation, setting: Setting): fc.Arbitrary<FuzzRequest> {
  const { id, method, path, body, scheme } = operation;
  const named = NAMED_VALUES[id];
  return fc
    .record({
      path: pathOf(operation, setting),
      query: orNamed(parametersIn('query', operation, setting), named?.query, setting),
      headers: parametersIn('header', operation, setting),
      token: scheme === undefined ? fc.constant(undefined) : tokenOf(scheme, setting),
      body:
        body === undefined ? fc.constant(undefined) : orNamed(arbitraryOf(body.schema, setting), named?.body, setting),
    })
    .map(({ path: [filled, values], query, headers, token, body: value }) => ({
      method,
      path: filled,
      query: queryText(query),
      headers: {
        ...Object.fromEntries(Object.entries(headers).map(([name, it]) => [name, headerText(it)])),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': body.type }),
      },
      ...(body !== undefined && { payload: payloadText(body.type, value) }),
      sent: { ...values, ...(isRecord(value) && plainOf(value)), ...lastName(path, values) },
    }));
}

/** Of three values two are those that have a name, where such are known by now. */
function orNamed<T>(generated: fc.Arbitrary<T>, named: NamedValue | undefined, { known }: Setting) {
  const values = named === undefined ? [] : named(known);
  return values.length === 0
    ? generated
    : fc.oneof(
        { arbitrary: generated, weight: 1 },
        { arbitrary: fc.constantFrom(...values) as fc.Arbitrary<T>, weight: 2 },
      );
}

/** Secrets that were told of tokens of the kind that a scheme is named after; sometimes none. */
function tokenOf(scheme: string, { known }: Setting): fc.Arbitrary<string> {
  const tokens = known.records().filter(({ kind, secret }) => kind === scheme && typeof secret === 'string');
  const secrets = tokens.map(({ secret }) => String(secret));
  return secrets.length === 0
    ? fc.constant('')
    : fc.oneof({ arbitrary: fc.constant(''), weight: 1 }, { arbitrary: fc.constantFrom(...secrets), weight: 4 });
}

/** What is made by a PUT is found under the name that the path ends with. */
function lastName(path: string, values: Readonly<Record<string, string>>): KnownRecord {
  const [, name] = /\{(\w+)\}$/.exec(path) ?? [];
  return name === undefined ? {} : { name: values[name] };
}

/** The path filled from left to right: what is there depends on what stands before it. */
function pathOf({ method, path, parameters }: Operation, setting: Setting) {
  const named = namedPartsOf(path, setting.known);
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const generated = names.map((name) => {
    const schema = parameters.find((it) => it.in === 'path' && it.name === name)?.schema;
    return arbitraryOf(schema ?? { type: 'string', minLength: 1 }, setting, name) as fc.Arbitrary<string>;
  });
  return fc
    .tuple(fc.tuple(...generated), fc.array(fc.noBias(fc.nat()), { minLength: names.length, maxLength: names.length }))
    .map(([madeUp, picks]) => {
      const values: Record<string, string> = {};
      let turn = 0;
      const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string, at: number) => {
        const told = named[(picks[0] ?? 0) % named.length]?.[name];
        const known = told === undefined ? setting.known.below(fillStart(path.slice(0, at), values), name) : [told];
        const pick = picks[turn] ?? 0;
        const isNew = pick % (method === 'PUT' && turn === names.length - 1 ? 2 : MADE_UP) === 0;
        const value = known.length === 0 || isNew ? madeUp[turn]! : known[Math.floor(pick / MADE_UP) % known.length]!;
        turn++;
        values[name] = value;
        return encodeURIComponent(value);
      });
      return [filled, values] as const;
    });
}

function fillStart(start: string, values: Readonly<Record<string, string>>): string {
  return start.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? '')).replace(/\/$/, '');
}

function parametersIn(place: Parameter['in'], operation: Operation, setting: Setting) {
  const parameters = operation.parameters.filter((it) => it.in === place);
  const properties = Object.fromEntries(parameters.map(({ name, schema }) => [name, schema]));
  const required = parameters.filter((it) => it.required === true).map(({ name }) => name);
  return arbitraryOf({ type: 'object', properties, required }, setting) as fc.Arbitrary<Record<string, unknown>>;
}

function queryText(query: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, textOf(one)]),
  );
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`;
}

function payloadText(type: string, value: unknown): string {
  if (type.includes('form')) {
    return queryText(value as Record<string, unknown>).slice(1);
  }
  return type === 'application/json' ? JSON.stringify(value) : textOf(value);
}

/** What may stand in a header. */
function headerText(value: unknown): string {
  return textOf(value).replaceAll(/[^\x21-\x7e]/g, '-') || '-';
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function plainOf(value: KnownRecord): KnownRecord {
  return Object.fromEntries(Object.entries(value).filter(([, it]) => typeof it === 'string'));
}

function isRecord(value: unknown): value is KnownRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

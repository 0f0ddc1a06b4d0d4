import fc from 'fast-check';
import { arbitraryOf, type Setting } from './arbitrary-of.ts';
import type { KnownRecord } from './knowledge.ts';
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
  const { method, path, parameters, body, scheme } = operation;
  return fc
    .record({
      path: pathOf(operation, setting),
      query: parametersOf(
        parameters.filter((it) => it.in === 'query'),
        setting,
      ),
      headers: parametersOf(
        parameters.filter((it) => it.in === 'header'),
        setting,
      ),
      token: scheme === undefined ? fc.constant(undefined) : fc.constantFrom('', ...tokensOf(scheme, setting)),
      body: body === undefined ? fc.constant(undefined) : arbitraryOf(body.schema, setting),
    })
    .map(({ path: [filled, values], query, headers, token, body: value }) => ({
      method,
      path: filled,
      query: queryText(query),
      headers: {
        ...Object.fromEntries(Object.entries(headers).map(([name, it]) => [name, headerText(it)])),
        ...(token !== undefined && { authorization: `Bearer ${String(token)}` }),
        ...(body !== undefined && { 'content-type': body.type }),
      },
      ...(body !== undefined && { payload: payloadText(body.type, value) }),
      sent: { ...values, ...(isRecord(value) && plainOf(value)), ...lastName(path, values) },
    }));
}

/** Secrets that were told of tokens of the kind that a scheme is named after. */
function tokensOf(scheme: string, { known }: Setting): string[] {
  const tokens = known.records().filter(({ kind, secret }) => kind === scheme && typeof secret === 'string');
  return tokens.map(({ secret }) => String(secret));
}

/** What is made by a PUT is found under the name that the path ends with. */
function lastName(path: string, values: Readonly<Record<string, string>>): KnownRecord {
  const [, name] = /\{(\w+)\}$/.exec(path) ?? [];
  return name === undefined ? {} : { name: values[name] };
}

/** The path filled from left to right: what is there depends on what stands before it. */
function pathOf({ method, path, parameters }: Operation, setting: Setting) {
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
        const known = setting.known.below(fillStart(path.slice(0, at), values), name);
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

function parametersOf(parameters: readonly Parameter[], setting: Setting): fc.Arbitrary<Record<string, unknown>> {
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

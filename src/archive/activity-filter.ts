import { UserError } from '../lib/user-error.ts';
import { parseFingerprint } from './fingerprint-text.ts';
import { ipKeyRange } from './ip-key.ts';
import type { QueryValue } from './process-messages.ts';
import { quoted } from './sql-text.ts';

/** What activities can be looked for by: the name in queries, and the column. */
export const FILTER_COLUMNS = {
  activity: 'activity_name',
  outcome: 'status',
  code: 'status_code',
  reason: 'status_detail',
  principal: 'user_name',
  application: 'app_name',
  address: 'src_ip',
  country: 'src_country',
  place: 'src_place',
  network: 'src_network',
  asn: 'src_asn',
  cloud: 'src_cloud',
  database: 'database_name',
  operation: 'operation',
  container: 'container_name',
  table: 'fingerprint',
  fingerprint: 'fingerprint',
  session: 'session_uid',
  log: 'log_name',
} as const;

export type FilterField = keyof typeof FILTER_COLUMNS;
export const FILTER_FIELDS = Object.keys(FILTER_COLUMNS) as FilterField[];

/** Which activities are looked for. */
export interface ActivityFilter {
  /** From the first time on, before the second. Epoch milliseconds. */
  from: number;
  to: number;
  /** Keys of resources, or of groups and subscriptions above them; absent: all. */
  scopes?: readonly string[];
  /** One of the values of each. An address may be a network; the empty value stands for none. */
  where?: Readonly<Partial<Record<FilterField, readonly string[]>>>;
  /** None of the values of each. */
  not?: Readonly<Partial<Record<FilterField, readonly string[]>>>;
  /** Part of the statement, in any casing; its literals are not kept. */
  text?: string;
  /** Activities by one of the principals, from one of the addresses, or told by one of the records. */
  involving?: Involved;
}

export interface Involved {
  principals: readonly string[];
  addresses: readonly string[];
  records: readonly RecordPlace[];
}

/** Where a record stands. */
export interface RecordPlace {
  source: string;
  byteOffset: number;
}

/** A condition of SQL, with what its `$1`, `$2` … stand for. */
export interface Condition {
  sql: string;
  values: QueryValue[];
}

/** @param statements a list of files, as SQL; undefined where there is none */
export function conditionOf(filter: ActivityFilter, statements: string | undefined): Condition {
  const values: QueryValue[] = [];
  const sql = conditionSql(filter, statements, (it) => `$${values.push(it)}`);
  return { sql, values };
}

/** The same with its values in it, for statements that take none. */
export function literalCondition(filter: ActivityFilter, statements: string | undefined): string {
  return conditionSql(filter, statements, (it) => (typeof it === 'string' ? quoted(it) : String(it)));
}

function conditionSql(
  filter: ActivityFilter,
  statements: string | undefined,
  value: (it: QueryValue) => string,
): string {
  const parts = [`time >= ${timeSql(value(filter.from))}`, `time < ${timeSql(value(filter.to))}`];
  const { scopes, where = {}, not = {}, text, involving } = filter;
  if (scopes !== undefined) {
    parts.push(anyOf(scopes.map((scope) => scopeSql(scope, value))));
  }
  for (const field of FILTER_FIELDS) {
    const [wanted, unwanted] = [where[field], not[field]];
    if (wanted !== undefined && wanted.length > 0) {
      parts.push(anyOf(wanted.map((it) => fieldSql(field, it, value, statements))));
    }
    for (const it of unwanted ?? []) {
      parts.push(`NOT coalesce(${fieldSql(field, it, value, statements)}, false)`);
    }
  }
  if (text !== undefined && text !== '') {
    parts.push(statementSql(`contains(lower(text), lower(${value(text)}))`, statements));
  }
  if (involving !== undefined) {
    const { principals, addresses, records } = involving;
    parts.push(
      anyOf([
        ...principals.map((it) => `user_name = ${value(it)}`),
        ...addresses.map((it) => `src_ip = ${value(it)}`),
        ...records.map((it) => `(log_name = ${value(it.source)} AND log_offset = ${value(it.byteOffset)})`),
      ]),
    );
  }
  return parts.join(' AND ');
}

/** A time of `TIMESTAMPTZ` from epoch milliseconds. */
export function timeSql(epochMs: string): string {
  return `(make_timestamp_ms(CAST(${epochMs} AS BIGINT)) AT TIME ZONE 'UTC')`;
}

export function anyOf(parts: readonly string[]): string {
  return parts.length === 0 ? 'false' : `(${parts.join(' OR ')})`;
}

/** @param value what stands for a text in SQL */
export function scopeSql(scope: string, value: (it: string) => string): string {
  return scope === '/'
    ? 'true'
    : `(resource_uid = ${value(scope)} OR starts_with(resource_uid, ${value(`${scope}/`)}))`;
}

function fieldSql(
  field: FilterField,
  text: string,
  value: (it: QueryValue) => string,
  statements: string | undefined,
): string {
  const column = FILTER_COLUMNS[field];
  if (text === '') {
    return `${column} IS NULL`;
  }
  switch (field) {
    case 'address':
      return addressSql(text, value);
    case 'asn':
      return `src_asn = ${value(wholeNumber(text, 'asn'))}`;
    case 'fingerprint':
      return `fingerprint = ${value(fingerprintIn(text))}`;
    case 'table':
      return statementSql(tableSql(value(text.toLowerCase())), statements);
    case 'country':
      return `src_country = ${value(text.toUpperCase())}`;
    default:
      return `${column} = ${value(text)}`;
  }
}

function addressSql(text: string, value: (it: QueryValue) => string): string {
  const range = text.includes('/') ? ipKeyRange(text) : undefined;
  if (range !== undefined) {
    return `src_ip_key BETWEEN ${value(range.first)} AND ${value(range.last)}`;
  }
  if (text.includes('/')) {
    throw new UserError(`"${text}" is no network such as 198.51.100.0/24 or 2001:db8::/32`);
  }
  return `src_ip = ${value(text)}`;
}

/** With or without its schema. */
function tableSql(name: string): string {
  const isIt = `list_contains(list_concat(reads, writes), ${name})`;
  return `(${isIt} OR len(list_filter(list_concat(reads, writes), lambda it: ends_with(it, '.' || ${name}))) > 0)`;
}

function statementSql(condition: string, statements: string | undefined): string {
  return statements === undefined
    ? 'false'
    : `fingerprint IN (SELECT fingerprint FROM read_parquet(${statements}) WHERE ${condition})`;
}

function wholeNumber(text: string, name: string): number {
  if (!/^\d{1,10}$/.test(text)) {
    throw new UserError(`${name} "${text}" is no number`);
  }
  return Number(text);
}

function fingerprintIn(text: string): bigint {
  const fingerprint = parseFingerprint(text);
  if (fingerprint === undefined) {
    throw new UserError(`fingerprint "${text}" is not of 16 hexadecimal digits`);
  }
  return fingerprint;
}

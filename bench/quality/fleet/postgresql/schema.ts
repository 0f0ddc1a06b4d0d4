import { type Random, some, whole } from '../draws.ts';
import type { Step } from './statement-rows.ts';

export interface Table {
  name: string;
  columns: readonly string[];
  /** Refers to another table; the first one has none. */
  parent: string | undefined;
  rows: number;
}

/** The trades that databases of the fleet serve; all words of a database come from one of them. */
const TRADES = [
  {
    database: 'shop',
    tables: ['customers', 'orders', 'order_items', 'products', 'payments', 'carts', 'reviews', 'coupons'],
  },
  {
    database: 'clinic',
    tables: ['patients', 'visits', 'prescriptions', 'doctors', 'lab_results', 'invoices', 'wards', 'insurers'],
  },
  {
    database: 'freight',
    tables: ['shippers', 'consignments', 'parcels', 'vehicles', 'tours', 'depots', 'tolls', 'drivers'],
  },
  {
    database: 'lending',
    tables: ['borrowers', 'loans', 'instalments', 'accounts', 'transfers', 'mandates', 'ratings', 'branches'],
  },
  {
    database: 'campus',
    tables: ['students', 'enrolments', 'courses', 'grades', 'lecturers', 'rooms', 'fees', 'theses'],
  },
  {
    database: 'telemetry',
    tables: ['devices', 'readings', 'alarms', 'sites', 'firmware', 'tenants', 'contacts', 'contracts'],
  },
] as const;
const COLUMNS = [
  'name',
  'email',
  'status',
  'amount',
  'note',
  'phone',
  'city',
  'kind',
  'price',
  'quantity',
  'due_on',
  'code',
] as const;
const WORDS = [
  'blue',
  'north',
  'standard',
  'priority',
  'open',
  'closed',
  'spare',
  'garden',
  'music',
  'silver',
] as const;
/** What people really type: apostrophes, and words that look like SQL. */
const AWKWARD = [
  "O'Reilly",
  "D'Angelo & Sons",
  "x' OR '1'='1",
  'DROP TABLE tutorials; --',
  'union select committee',
  '100% -- sale',
] as const;

export interface Schema {
  database: string;
  tables: readonly Table[];
}

export function createSchema(random: Random): Schema {
  const trade = random.pick(TRADES);
  const tables = trade.tables.map((name, index) => ({
    name,
    columns: ['id', ...some(random, COLUMNS, whole(random, 3, 6)), 'created_at'],
    parent: index === 0 ? undefined : trade.tables[random.below(index)]!,
    rows: 10 ** whole(random, 3, 6),
  }));
  return { database: trade.database, tables };
}

/** A statement of an application, its values left open as `$1`. */
export interface Shape {
  sql: string;
  values: number;
}

/** The statements that one release of an application sends. `style` is the taste of its library. */
export function createShapes(random: Random, { tables }: Schema, style: 'plain' | 'orm', count: number): Shape[] {
  const name = (text: string): string => (style === 'orm' ? `"${text}"` : text);
  return Array.from({ length: count }, () => {
    const table = random.pick(tables);
    const picked = some(random, table.columns.slice(1), whole(random, 1, 3));
    const list = ['id', ...picked].map((column) => (style === 'orm' ? `"t0".${name(column)}` : column)).join(', ');
    const from = style === 'orm' ? `${name(table.name)} AS "t0"` : table.name;
    const by = random.pick(['id', ...(table.parent ? [`${table.parent.replace(/s$/, '')}_id`] : []), ...picked]);
    const key = style === 'orm' ? `"t0".${name(by)}` : by;
    switch (random.below(6)) {
      case 0:
        return {
          sql: `INSERT INTO ${name(table.name)} (${picked.map(name).join(', ')}) VALUES (${picked.map((_, i) => `$${i + 1}`).join(', ')})${style === 'orm' ? ' RETURNING "id"' : ''}`,
          values: picked.length,
        };
      case 1:
        return { sql: `UPDATE ${name(table.name)} SET ${name(picked[0]!)} = $1 WHERE ${name('id')} = $2`, values: 2 };
      case 2:
        return {
          sql: `SELECT ${list} FROM ${from} WHERE ${key} = $1 ORDER BY ${style === 'orm' ? '"t0"."id"' : 'id'} LIMIT ${random.pick([10, 20, 50])}`,
          values: 1,
        };
      case 3:
        return { sql: `SELECT count(*) FROM ${from} WHERE ${key} = $1`, values: 1 };
      default:
        return { sql: `SELECT ${list} FROM ${from} WHERE ${key} = $1`, values: 1 };
    }
  });
}

/** One use of a shape, with values of its own. */
export function useShape(random: Random, { sql, values }: Shape, isExtended: boolean, afterMs: number): Step {
  const parameters = Array.from({ length: values }, () => typedValue(random));
  const rows = sql.includes('LIMIT') ? random.below(20) : 1;
  if (isExtended) {
    return { afterMs, sql, parameters, rows };
  }
  const text = sql.replace(/\$(\d)/g, (_, index) => literalOf(parameters[Number(index) - 1]!));
  return { afterMs, sql: text, rows };
}

function typedValue(random: Random): string {
  const kind = random.fraction();
  return kind < 0.7 ? String(random.below(90_000)) : kind < 0.97 ? random.pick(WORDS) : random.pick(AWKWARD);
}

function literalOf(value: string): string {
  return /^\d+$/.test(value) ? value : `'${value.replaceAll("'", "''")}'`;
}

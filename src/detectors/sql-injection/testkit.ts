import { ActivityClass } from '../../model/activity.ts';
import { at, dataAccess, type Happening, privateAddress, signIn } from '../testkit.ts';

const MINUTE = 60_000;

/** When things happen that are not part of the past. */
export const NOW = at(12, 20);
export const PRODUCT = 'SELECT id, sku, name, price FROM products WHERE id = 3';
export const shopServer = privateAddress('10.0.0.15');

/** The shop's web server sends a statement. */
export function statement(sql: string, what: Partial<Happening> = {}): Happening {
  return signIn({
    class: ActivityClass.statement,
    time: NOW,
    principal: 'web',
    application: 'shop-web',
    address: shopServer,
    statement: sql,
    ...what,
  });
}

/** A statement of the web server breaks; `state` is its SQLSTATE. */
export function broken(sql: string, state: string, what: Partial<Happening> = {}): Happening {
  return statement(sql, { class: ActivityClass.statementError, status: Number.parseInt(state, 36), ...what });
}

/** Statements a second apart. */
export function inTurn(...happenings: Happening[]): Happening[] {
  return happenings.map((happening, n) => ({ ...happening, time: happening.time + n * 1000 }));
}

const USUAL = [
  (n: number) => `SELECT id, sku, name, price FROM products WHERE id = ${n}`,
  (n: number) => `SELECT id, name FROM products WHERE name ILIKE '%x${n}%' ORDER BY id LIMIT 20`,
  (n: number) => `SELECT id FROM users WHERE username = 'u${n}' AND password = 'p${n}'`,
];

/** Twelve days of the shop's three statements, every half an hour of the day: past the learning period. */
export function settled(days = 12): Happening[] {
  return Array.from({ length: days * 20 }, (_, n) =>
    statement(USUAL[n % USUAL.length]!(n), { time: at(Math.floor(n / 20), 8) + (n % 20) * 30 * MINUTE }),
  );
}

/** The shop queries Cosmos DB; `status` is that of HTTP. */
export function query(sql: string, what: Partial<Happening> = {}): Happening {
  return dataAccess({
    class: ActivityClass.statement,
    time: NOW,
    statement: sql,
    status: 200,
    application: 'shop-api',
    ...what,
  });
}

import { describe, expect, it } from 'vitest';
import { replay } from '../testkit.ts';
import { sqlInjection } from './sql-injection.ts';
import { PRODUCT, settled, statement } from './testkit.ts';

const CLOSED = `${PRODUCT} OR '1'='1' AND on_sale`;

/** Twelve days of an application that tells its version, which changes each second day; then one more statement. */
function found(sql: string, application: string): string[] {
  const history = settled().map((one, n) => ({ ...one, application: `shop-web/1.${Math.floor(n / 40)}.0` }));
  return replay(sqlInjection, [...history, statement(sql, { application })]).map(({ finding }) => finding.variant);
}

describe('an application whose name tells its version', () => {
  it('is known in the next one: a condition that is well closed is unusual for it', () => {
    expect(found(CLOSED, 'shop-web/1.9.0')).toEqual(['boolean']);
  });

  it('is not known under another name', () => {
    expect(found(CLOSED, 'billing/1.9.0')).toEqual([]);
  });

  it('may send something new with its next version', () => {
    expect(found('SELECT id, stock FROM products WHERE id = 3 AND stock > 0', 'shop-web/1.9.0')).toEqual([]);
  });
});

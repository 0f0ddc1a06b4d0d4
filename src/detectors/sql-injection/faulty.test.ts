import { expect, it } from 'vitest';
import { type Happening, replay } from '../testkit.ts';
import { sqlInjection } from './sql-injection.ts';
import { broken, NOW, settled } from './testkit.ts';

const MINUTE = 60_000;

it('tells the same faulty statement once a month, and at once when somebody tries things out or another one breaks', () => {
  const fault = (time: number, column = 'name') =>
    broken(`SELECT id, ${column} FROM products WHERE name ILIKE '%O'X%' ORDER BY id LIMIT 20`, '42601', { time });
  const told = (...faults: Happening[]) => replay(sqlInjection, [...settled(), fault(NOW), ...faults]).length;
  const later = (days: number, minutes = 0) => NOW + days * 24 * 60 * MINUTE + minutes * MINUTE;

  expect(told(fault(later(3)), fault(later(9)), fault(later(9, 5)), fault(later(12)))).toBe(1);
  expect(told(fault(later(3)), fault(later(31)))).toBe(2);
  expect(told(fault(later(3)), fault(later(3, 1)), fault(later(3, 2)))).toBe(2);
  const login = broken("SELECT id FROM users WHERE username = 'O'X' AND password = 'p'", '42601', { time: later(3) });
  expect(told(login)).toBe(2);
});

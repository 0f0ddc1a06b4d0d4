import { describe, expect, it } from 'vitest';
import { fieldsOfWindow, windowOf } from './window-fields.ts';

const NOW = Date.UTC(2026, 10, 18, 7);
const fields = { ...fieldsOfWindow(undefined, 'alex', NOW), reason: 'patching' };

describe('a window', () => {
  it('is once, for two hours, unless somebody says otherwise', () => {
    expect(windowOf(fields)).toEqual({
      reason: 'patching',
      owner: 'alex',
      once: { from: '2026-11-18T07:00:00.000Z', to: '2026-11-18T09:00:00.000Z' },
    });
  });

  it('keeps what the fields do not show', () => {
    const kept = {
      ...windowOf({ ...fields, resources: ' pay-* \n\n' })!,
      severities: ['Low' as const],
      origin: 'override' as const,
    };
    const again = windowOf(fieldsOfWindow({ ...kept, owner: 'alex' }, 'robin', NOW), { ...kept, owner: 'alex' });

    expect(again).toEqual({ ...windowOf(fields), resources: ['pay-*'], severities: ['Low'] });
  });

  it.each([
    ['without a reason', { reason: ' ' }],
    ['that ends before it begins', { once: { from: fields.once.to, to: fields.once.from } }],
    ['of each week on no day', { isWeekly: true, weekly: { ...fields.weekly, days: [] } }],
  ])('is none %s', (_, change) => {
    expect(windowOf({ ...fields, ...change })).toBeUndefined();
  });
});

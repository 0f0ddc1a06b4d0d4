import { describe, expect, it } from 'vitest';
import { withDetector } from './with-detector.ts';

describe('withDetector', () => {
  const held = { 'brute-force': { failureCount: 20 }, 'sql-injection': { voteCount: 8 } };

  it('changes one detector and keeps all else that holds', () => {
    const own = { protection: 'off', detectors: { 'brute-force': { failureCount: 20 } } } as const;

    expect(withDetector(own, held, 'brute-force', { sensitivity: 'low' })).toEqual({
      protection: 'off',
      detectors: { 'brute-force': { failureCount: 20, sensitivity: 'low' }, 'sql-injection': { voteCount: 8 } },
    });
  });

  it('forgets one detector, and leaves nothing empty behind', () => {
    expect(withDetector({}, held, 'brute-force', undefined)).toEqual({
      detectors: { 'sql-injection': { voteCount: 8 } },
    });
    expect(withDetector({ recipients: [] }, { 'brute-force': {} }, 'brute-force', undefined)).toEqual({
      recipients: [],
    });
  });
});

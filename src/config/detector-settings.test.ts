import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { detectorSettings } from './detector-settings.ts';

const settings = z.object({ days: z.number().default(7) });
const detectors = [
  { id: 'usual', settings },
  { id: 'new', settings, isPreview: true },
];

describe('detectorSettings', () => {
  it('leaves a preview out that nobody names', () => {
    expect(detectorSettings(detectors, [undefined, { usual: { days: 3 } }], 'x')).toEqual({ usual: { days: 3 } });
  });

  it('takes a preview in where one layer names it, with its defaults', () => {
    expect(detectorSettings(detectors, [{ new: {} }, undefined], 'x')).toEqual({
      usual: { days: 7 },
      new: { days: 7 },
    });
    expect(detectorSettings(detectors, [{ new: {} }, { new: { days: 1 } }], 'x').new).toEqual({ days: 1 });
  });
});

import { z } from 'zod';
import { type Sensitivity, sensitivity } from '../sensitivity.ts';

/** What more, or less, evidence is asked for. */
export const FACTOR: Record<Sensitivity, number> = { low: 2, medium: 1, high: 0.6 };

export const settings = z.object({
  sensitivity,
  largestHourRatio: z
    .number()
    .min(1)
    .default(3)
    .describe('Times the largest hour of the last 60 days that an hour must bring to be unusual.'),
  floorMegabytes: z.number().min(0).default(10).describe('Megabytes an hour below which nothing is unusual.'),
  newTableCount: z
    .number()
    .int()
    .min(2)
    .default(8)
    .describe('Tables never read whole before that a usual client must read so, one after another, to be unusual.'),
});

export type Settings = z.output<typeof settings>;

import { z } from 'zod';
import { type Sensitivity, sensitivity } from '../sensitivity.ts';

/** What more, or less, evidence is asked for. */
export const FACTOR: Record<Sensitivity, number> = { low: 2, medium: 1, high: 0.6 };

/** What is taken each evening is one matter, and no evening begins to the minute at which the one before ended. */
export const REST_MS = 36 * 3_600_000;

export const settings = z.object({
  sensitivity,
  largestHourRatio: z
    .number()
    .min(1)
    .default(3)
    .describe('Times the largest hour of the last 60 days that an hour must bring to be unusual.'),
  yearlyFalseAlarmCount: z
    .number()
    .positive()
    .max(1000)
    .default(0.5)
    .describe(
      'Hours a year of one principal of Cosmos DB that may be taken for unusual by chance, judged by how much it reads in this hour of the week.',
    ),
  floorMegabytes: z.number().min(0).default(10).describe('Megabytes an hour below which nothing is unusual.'),
  bulkRowCount: z
    .number()
    .int()
    .min(1)
    .default(10_000)
    .describe(
      'Rows from which a statement hands out its tables, whatever its conditions; told by pgaudit with log_rows only.',
    ),
  newTableCount: z
    .number()
    .int()
    .min(2)
    .default(8)
    .describe(
      'Tables never read whole before (containers never queried) that a usual client must read so, one after another, to be unusual.',
    ),
});

export type Settings = z.output<typeof settings>;

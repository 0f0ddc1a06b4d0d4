import { z } from 'zod';
import { sensitivity } from '../sensitivity.ts';

export const settings = z.object({
  sensitivity,
  failureCount: z
    .number()
    .int()
    .min(2)
    .max(1000)
    .default(10)
    .describe('Failed logins of one source within the window from which it is guessing.'),
  windowMinutes: z
    .number()
    .min(1)
    .default(10)
    .describe('Minutes within which failures are counted, and after which without one a source starts afresh.'),
  refusedWindowMinutes: z
    .number()
    .min(0.1)
    .default(1)
    .describe('Minutes within which logins are counted that were refused before any password was checked.'),
  yearlyFalseAlarmCount: z
    .number()
    .positive()
    .max(1000)
    .default(0.1)
    .describe('False alarms a year to put up with from each test for slow and distributed guessing.'),
});
export type Settings = z.output<typeof settings>;

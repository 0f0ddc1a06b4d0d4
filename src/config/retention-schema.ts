import { z } from 'zod';

const BYTES_PER_MEGABYTE = 1_000_000;

/** How long and how much is kept. */
export const retentionSchema = z
  .strictObject({
    alertDays: z.int().min(0).default(365).describe('Days that an alert is kept after its last event; 0: for ever.'),
    outboxDays: z.int().min(1).default(30).describe('Days that messages are kept that were sent or given up.'),
    maxMegabytes: z
      .int()
      .min(0)
      .default(0)
      .describe('Megabytes that the store may take: above, the alerts that ended first are removed. 0: no limit.'),
    maxStateMegabytes: z
      .int()
      .min(0)
      .default(0)
      .describe(
        'Megabytes that what was learned may take: above, that of the resources silent for longest is removed, never of one that had records within a week. 0: no limit.',
      ),
  })
  .transform(({ maxMegabytes, maxStateMegabytes, ...days }) => ({
    ...days,
    maxBytes: maxMegabytes * BYTES_PER_MEGABYTE,
    maxStateBytes: maxStateMegabytes * BYTES_PER_MEGABYTE,
  }));

export type RetentionSettings = z.output<typeof retentionSchema>;

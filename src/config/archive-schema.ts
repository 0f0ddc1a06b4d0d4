import { z } from 'zod';

const BYTES_PER_MEGABYTE = 1_000_000;

/** The activities that are kept to be searched. */
export const archiveSchema = z
  .strictObject({
    enabled: z
      .boolean()
      .default(true)
      .describe(
        'Whether the activities of a resource are kept when its diagnostic settings (Azure’s API) do not say: with any log category enabled they are, with all of them disabled they are not.',
      ),
    directory: z
      .string()
      .min(1)
      .exactOptional()
      .describe('Folder of the archive, relative to this file. Absent: `archive` in the folder of the server.'),
    days: z.int().min(0).default(90).describe('Days that an activity is kept; 0: for ever.'),
    maxMegabytes: z
      .int()
      .min(0)
      .default(20_000)
      .describe('Megabytes that the archive may take: above, the oldest hours are removed. 0: no limit.'),
    maxSpoolMegabytes: z
      .int()
      .min(1)
      .default(2000)
      .describe(
        'Megabytes that may wait to become files. Beyond, while files cannot be written, activities are not kept: detection goes on, and what is lost is counted.',
      ),
  })
  .transform(({ maxMegabytes, maxSpoolMegabytes, ...others }) => ({
    ...others,
    maxBytes: maxMegabytes * BYTES_PER_MEGABYTE,
    maxSpoolBytes: maxSpoolMegabytes * BYTES_PER_MEGABYTE,
  }));

/** As the file says it, the folder absolute. */
export type ArchiveSettings = z.output<typeof archiveSchema> & { directory: string };

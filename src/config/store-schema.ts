import { z } from 'zod';

export const storeSchema = z.strictObject({
  url: z
    .string()
    .min(1)
    .default('sqlite:./data/vedette.db')
    .describe(
      'Where alerts are kept: `sqlite:PATH` or `postgres://…`; a password only as a reference. `replay` touches no store.',
    ),
});

import { z } from 'zod';

/** RFC 9457, with our `code` and `id`. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().describe('One word that programs may compare.'),
    detail: z.string().describe('For people: what went wrong, and what to do.'),
    id: z.string().describe('Found in the log of the server.'),
  })
  .meta({ id: 'Problem' });

/** What every route may answer besides. */
export const problems = {
  400: problem.describe('The request is not valid.'),
  401: problem.describe('Nobody is signed in.'),
  403: problem.describe('The role is missing.'),
  429: problem.describe('Too many requests.'),
} as const;

export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('Most items of the page.'),
  cursor: z.string().min(1).max(400).optional().describe('`next` of the page before.'),
};

/** A page of a list. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    next: z.string().optional().describe('Cursor of the next page; absent on the last one.'),
  });
}

/** One value, several of them, or several with commas between. */
export function listOf<const T extends readonly [string, ...string[]]>(values: T) {
  return z
    .union([z.string().max(500), z.array(z.string().max(200)).max(50)])
    .transform((given) => (Array.isArray(given) ? given : given.split(',')))
    .pipe(z.array(z.enum(values)))
    .optional()
    .meta({ description: `Any of: ${values.join(', ')}; several with commas between.` });
}

export const flag = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .optional();

/** A moment in a query, as milliseconds since the epoch. */
export const moment = z.iso
  .datetime({ offset: true })
  .transform((text) => Date.parse(text))
  .optional();

/** A moment in an answer. */
export const time = z.iso.datetime();

export const etagHeader = z.object({
  'if-match': z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe("The ETag that was read: somebody else's change is not lost."),
});

/** How long before a wrong name can be told from a missing one: an alert's name is 56 characters. */
export const alertName = z.string().min(1).max(120);

export function isoTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

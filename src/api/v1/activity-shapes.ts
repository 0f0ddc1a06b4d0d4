import { z } from 'zod';
import { time } from './schemas.ts';

const text = z.string().optional();
const yes = z.literal(true).optional();

export const activity = z
  .object({
    uid: z.string().describe('Names it within the archive.'),
    time,
    resource: z.string().describe('Key of the resource: its id in lower case.'),
    activity: z.string(),
    outcome: z.string().describe('Success, Failure or Unknown.'),
    code: text.describe('SQLSTATE or HTTP status.'),
    reason: text.describe('Why a sign-in failed.'),
    principal: text,
    application: text,
    address: text,
    country: text,
    city: text,
    asn: z.int().optional(),
    asName: text,
    place: text,
    network: text,
    cloud: text,
    database: text,
    operation: text,
    container: text,
    bytes: z.number().optional().describe('Bytes sent to the client.'),
    session: text,
    fingerprint: text.describe('Of the statement, whatever its literals.'),
    statement: text.describe('As it was first met, literals masked.'),
    reads: z.array(z.string()).optional().describe('Tables.'),
    writes: z.array(z.string()).optional(),
    protection: text,
    isLate: yes,
    log: text.describe('File or stream of the record.'),
    offset: z.number().optional().describe('Byte offset of the record in it.'),
    isEvidence: yes.describe('One of the records that the alert shows.'),
  })
  .meta({ id: 'Activity' });

export const histogram = z
  .object({
    from: time,
    to: time,
    stepMs: z.int(),
    items: z
      .array(z.object({ time, success: z.int(), failure: z.int() }))
      .describe('Bars without activities are absent.'),
  })
  .meta({ id: 'ActivityHistogram' });

export const facet = z
  .object({
    field: z.string(),
    values: z
      .array(z.object({ value: text.describe('Absent: none.'), count: z.int() }))
      .describe('The most frequent first.'),
  })
  .meta({ id: 'ActivityFacet' });

export const dayShape = z
  .object({
    usualDays: z.int().describe('Days of the four weeks before on which there was anything.'),
    hours: z.array(z.object({ count: z.int(), usualMean: z.number(), usualMost: z.int() })).describe('24, UTC.'),
    week: z
      .array(z.int())
      .describe('Activities of the four weeks before by hour of the week: 168, from Monday at midnight on, UTC.'),
    values: z.array(
      z.object({
        field: z.string(),
        value: z.string(),
        count: z.int(),
        usualPerDay: z.number(),
        isNew: z.boolean().describe('Not seen on any of the days before.'),
      }),
    ),
  })
  .meta({ id: 'ActivityDay' });

export const sessionShape = z
  .object({
    resource: z.string(),
    session: z.string(),
    from: time.describe('Its first activity.'),
    to: time.describe('Its last one.'),
    count: z.int(),
    failures: z.int(),
    bytes: z.number().describe('Bytes sent to the client, as far as the log tells.'),
    activities: z.array(z.object({ activity: z.string(), count: z.int() })).describe('The most frequent first.'),
    principals: z.array(z.string()),
    addresses: z.array(z.string()),
    applications: z.array(z.string()),
    databases: z.array(z.string()),
    items: z.array(activity).describe('The oldest first, 1000 at most.'),
    isCut: z.boolean().describe('There are more.'),
  })
  .meta({ id: 'ActivitySession' });

export const streamLine = z
  .object({
    item: activity.optional(),
    progress: z.object({ files: z.int(), filesRead: z.int() }).optional(),
    next: text.describe('On the last line: cursor of the next page, where there is one.'),
    error: text.describe('On the last line: what went wrong.'),
    isEnd: yes.describe('This is the last line.'),
  })
  .meta({ id: 'ActivityStreamLine' });

export const archiveShape = z
  .object({
    activities: z.int().describe('In files.'),
    files: z.int(),
    bytes: z.int(),
    from: time.optional().describe('Of the oldest activity.'),
    to: time.optional().describe('Of the newest one.'),
    spoolBytes: z.int().describe('Kept safely, and not in a file yet.'),
    lost: z
      .object({ activities: z.int(), time: time.optional(), reason: text })
      .describe('What could not be kept since the server started.'),
  })
  .meta({ id: 'Archive' });

import { z } from 'zod';
import { timeZoneProblem } from '../../config/time-zone.ts';
import { type MaintenanceWindow, WEEKDAYS } from '../../model/notification-rules.ts';
import type { MaintenanceRecord } from '../../protection/maintenance-windows.ts';
import type { StoredDocument } from '../../store/document-store.ts';
import { alertMatch } from './alert-match.ts';
import { isoTime, time } from './schemas.ts';

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 22:00');
const moment = z.iso.datetime({ offset: true });

const weekly = z.strictObject({
  days: z.array(z.enum(WEEKDAYS)).min(1).max(WEEKDAYS.length).describe('Days on which it begins.'),
  from: timeOfDay.describe('HH:MM.'),
  to: timeOfDay.describe('On the next day where that is earlier.'),
  timeZone: z
    .string()
    .max(100)
    .refine((zone) => timeZoneProblem(zone) === undefined, 'is not the IANA name of a time zone'),
});
const what = {
  ...alertMatch.shape,
  reason: z.string().min(1).max(500).describe('What is being done.'),
};

export const newWindow = z
  .strictObject({
    ...what,
    owner: z.string().min(1).max(200).exactOptional().describe('Who answers for it; absent: the caller.'),
    once: z.strictObject({ from: moment, to: moment.describe('First moment after it.') }).exactOptional(),
    weekly: weekly.exactOptional(),
  })
  .refine(({ once, weekly: hours }) => (once === undefined) !== (hours === undefined), 'must have once or weekly')
  .refine(({ once }) => once === undefined || Date.parse(once.from) < Date.parse(once.to), {
    path: ['once', 'to'],
    message: 'must be later than from',
  })
  .meta({
    examples: [
      {
        reason: 'Patching of the servers',
        once: { from: '2026-11-28T20:00:00Z', to: '2026-11-28T23:00:00Z' },
        resources: ['orders'],
      },
    ],
  });

export const windowShape = z
  .object({
    ...what,
    owner: z.string(),
    once: z.object({ from: time, to: time }).optional(),
    weekly: weekly.optional(),
    origin: z.enum(['file', 'override']).describe('Who said so: the file, or people at run time.'),
    id: z.string().optional().describe('Absent for a window of the file.'),
    createdBy: z.string().optional(),
    etag: z.string().optional(),
  })
  .meta({ id: 'MaintenanceWindow' });

export function windowOf(given: z.output<typeof newWindow>, owner: string): MaintenanceWindow {
  const { once, ...rest } = given;
  return {
    owner,
    ...rest,
    ...(once !== undefined && { once: { from: Date.parse(once.from), to: Date.parse(once.to) } }),
  };
}

export function describeDeclared({ once, ...rest }: MaintenanceWindow): z.output<typeof windowShape> {
  return {
    ...(rest as Omit<z.output<typeof windowShape>, 'once' | 'origin'>),
    ...(once !== undefined && { once: { from: isoTime(once.from), to: isoTime(once.to) } }),
    origin: 'file',
  };
}

export function describeKept({ scope: id, body, etag }: StoredDocument): z.output<typeof windowShape> {
  const { createdBy, ...window } = body as MaintenanceRecord;
  return { ...describeDeclared(window), origin: 'override', id, createdBy, etag };
}

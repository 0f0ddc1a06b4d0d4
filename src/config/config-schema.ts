import { z } from 'zod';
import { archiveSchema } from './archive-schema.ts';
import { AUTO, type Catalogue } from './catalogue.ts';
import { expectedSchema } from './expected-schema.ts';
import { intakeShape, requireOneWay } from './intake-schema.ts';
import { networkSchema } from './network-schema.ts';
import { notificationsSchema } from './notifications-schema.ts';
import { publisherSchema } from './publisher-schema.ts';
import { retentionSchema } from './retention-schema.ts';
import { serverSchema } from './server-schema.ts';
import { storeSchema } from './store-schema.ts';
import { timeZoneProblem } from './time-zone.ts';

/** The whole of `vedette.yaml`: what is valid, and (by the descriptions) its reference page. */
export type ConfigSchema = ReturnType<typeof configSchema>;

const enrichment = z.strictObject({
  geo: dataFiles('Files that know where an address is (MMDB). Empty: the optional npm package, where it is installed.'),
  asn: dataFiles(
    'Files that know which network announces an address (MMDB, or ip2asn in TSV, .gz and .zst too). Empty: the optional npm package, where it is installed.',
  ),
  cloudRanges: dataFiles('Address ranges of Azure, AWS and Google Cloud, each in its own published JSON format.'),
  reputation: dataFiles(
    'Lists of suspicious addresses: Tor exits, plain lists with CIDR blocks, CSV, or STIX 2 indicators; .gz and .zst too.',
  ),
  publishers: z
    .array(publisherSchema)
    .default([])
    .describe('Where files that belong to the lists above are fetched, by `serve` or by `vedette data update`.'),
});

const STREAM_NAME = /^[A-Za-z0-9-]{1,63}$/;
const HOUR_MS = 3_600_000;
const UNIT_MS = { h: HOUR_MS, d: 24 * HOUR_MS };

/** So long before the first start, or a time. */
const alertsFrom = z.string().transform((text, context): number | { beforeMs: number } => {
  const [, count, unit] = /^(\d{1,6})([hd])$/.exec(text) ?? [];
  const time = text === 'all' ? 0 : Date.parse(text);
  if (unit === 'h' || unit === 'd') {
    return { beforeMs: Number(count) * UNIT_MS[unit] };
  }
  if (Number.isNaN(time)) {
    context.addIssue({
      code: 'custom',
      message: 'must be such as 24h or 7d, a time such as 2026-11-01T00:00:00Z, or all',
    });
    return z.NEVER;
  }
  return time;
});

/** @param isLive there may be no resource yet: people add some while the server runs */
export function configSchema(catalogue: Catalogue, isLive = false) {
  const detectors = detectorSettings(catalogue);
  return z
    .strictObject({
      resources: z
        .array(resourceSchema(catalogue, detectors))
        .default([])
        .describe(
          'The databases that are watched. May be absent where `streams` names some, and for `serve`: they are added in the portal, too.',
        ),
      streams: z
        .array(streamSchema(catalogue))
        .default([])
        .describe('Inputs shared by several resources: each record is judged with the resource that it names.'),
      networks: z.array(networkSchema).default([]).describe('Named networks: what an address means to you.'),
      enrichment: enrichment.prefault({}).describe('Data files about addresses; paths are relative to this file.'),
      detectors: detectors.describe('Settings of detectors for every resource, by detector id.'),
      expected: z
        .array(expectedSchema(catalogue))
        .default([])
        .describe('What raises no alert for a while, and who answers for it; all conditions of an entry must fit.'),
      store: storeSchema.prefault({}).describe('The database of Vedette itself.'),
      server: serverSchema.prefault({}).describe('Where the portal and the APIs are reached. `replay` serves nothing.'),
      retention: retentionSchema.prefault({}).describe('How long and how much is kept.'),
      archive: archiveSchema
        .prefault({})
        .describe('The activities that `serve` keeps to be searched. `replay` keeps none.'),
      notifications: notificationsSchema(catalogue)
        .prefault({})
        .describe('Who is told of alerts. `replay` tells nobody.'),
      alertsFrom: alertsFrom
        .prefault('24h')
        .describe(
          'Where alerts begin at the first start over an existing log: earlier ones are marked historical and not sent. `24h`, `7d`, a time, or `all`.',
        ),
    })
    .superRefine((config, context) => requireInput(config, isLive, context));
}

/** Something must be read; only streams make up for a resource without logs. */
function requireInput(
  { resources, streams }: { resources: readonly { logs: readonly unknown[] }[]; streams: readonly unknown[] },
  isLive: boolean,
  context: z.core.$RefinementCtx,
): void {
  const bare = resources.findIndex(({ logs }) => logs.length === 0);
  const isEmpty = resources.length === 0 && !isLive;
  if (streams.length === 0 && (isEmpty || bare >= 0)) {
    const path = resources.length === 0 ? ['resources'] : ['resources', bare, 'logs'];
    context.addIssue({ code: 'custom', path, message: 'must have at least 1 entry' });
  }
}

function resourceSchema(catalogue: Catalogue, detectors: ReturnType<typeof detectorSettings>) {
  return z.strictObject({
    id: z
      .string()
      .min(1)
      .describe(
        'A short name (letters, digits, hyphens), a whole Azure Resource Manager id, or `project:instance` of Cloud SQL. No two resources share one.',
      ),
    kind: z.enum(['postgresql', 'cosmosdb']).describe('What runs behind the resource.'),
    logs: z
      .array(logSchema(catalogue))
      .default([])
      .describe('Where its activity is logged. May be empty for a resource that a stream names.'),
    detectors: detectors.describe('Settings of detectors for this resource only, by detector id.'),
    tags: z
      .record(z.string().min(1).max(512), z.string().max(256))
      .default({})
      .describe('Names and values of your choice, such as `{ team: payments }`, by which rules mean it.'),
    recipients: z
      .array(z.email().max(254))
      .max(50)
      .exactOptional()
      .describe('Who is mailed of its alerts, beside the channels and the security contacts.'),
    emailAccountAdmins: z
      .boolean()
      .exactOptional()
      .describe('Whether those are mailed, too, who have the role Owner on it.'),
  });
}

function logSchema({ parsers }: Catalogue) {
  const log = z.strictObject({
    path: z
      .string()
      .min(1)
      .exactOptional()
      .describe(
        'A file, or a glob such as `/var/log/postgresql/*.csv`, relative to this file. Compressed files (.gz, .zst) are read too.',
      ),
    ...intakeShape,
    ...readingSchema(parsers),
  });
  return log.superRefine(requireOneWay);
}

function streamSchema({ parsers }: Catalogue) {
  const { push, kafka, syslog, blob } = intakeShape;
  const stream = z.strictObject({
    name: z
      .string()
      .regex(STREAM_NAME, 'must be a short name: letters, digits, hyphens')
      .exactOptional()
      .describe('What the stream is called where records are pushed: `POST /api/v1/ingest/NAME`. Needed for `push`.'),
    path: z
      .string()
      .min(1)
      .exactOptional()
      .describe('A file, a glob, or a folder, in which all files are read, those of its folders too.'),
    push: push.describe('Programs send records to `POST /api/v1/ingest/{name}`. See docs of http-push.'),
    kafka,
    syslog,
    blob,
    ...readingSchema(parsers.filter(({ namesResources }) => namesResources)),
  });
  return stream.superRefine(requireOneWay).superRefine(({ name, push: pushed }, context) => {
    if (pushed !== undefined && name === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['name'],
        message: 'is missing; records are pushed to it by this name',
      });
    }
  });
}

/** How the files of an entry are read. */
function readingSchema(parsers: Catalogue['parsers']) {
  return {
    format: z
      .enum([AUTO, ...parsers.map(({ id }) => id)])
      .default(AUTO)
      .describe('Id of the log format; `auto` finds it out from the beginning of the files.'),
    logLinePrefix: z
      .string()
      .min(1)
      .exactOptional()
      .describe(
        "The server's `log_line_prefix`, for formats whose lines begin with it. Absent: `auto` finds it out; otherwise the format's own default.",
      ),
    timezone: z
      .string()
      .superRefine(checkTimeZone)
      .exactOptional()
      .describe('IANA name of the zone that an abbreviation in the log stands for, such as `Europe/Berlin`.'),
  };
}

function detectorSettings(catalogue: Catalogue) {
  const entries = catalogue.detectors.map(({ id, settings }) => [id, settings.strict().exactOptional()] as const);
  return z.strictObject(Object.fromEntries(entries)).exactOptional();
}

function dataFiles(description: string) {
  return z.array(z.string().min(1)).default([]).describe(description);
}

function checkTimeZone(name: string, context: z.core.$RefinementCtx): void {
  const problem = timeZoneProblem(name);
  if (problem !== undefined) {
    context.addIssue({ code: 'custom', message: problem });
  }
}

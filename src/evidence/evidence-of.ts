import type { KeyObject } from 'node:crypto';
import type { ActivityFilter, RecordPlace } from '../archive/activity-filter.ts';
import { histogramOf } from '../archive/count-activities.ts';
import { dayOfPrincipal } from '../archive/day-of-principal.ts';
import { exportActivities } from '../archive/export-activities.ts';
import type { Archive } from '../archive/open-archive.ts';
import { oldestActivities } from '../archive/session-of.ts';
import type { StatusChange, StoredAlert } from '../store/alert-store.ts';
import { sha256, signedPackage } from './package.ts';
import { type ReportFacts, reportOf, SHOWN_ACTIVITIES } from './report.ts';
import type { ZipEntry } from './zip.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Activities of a package; of more, the oldest. */
const MOST_ACTIVITIES = 100_000;

/** What a package is made of. */
export interface EvidenceRequest {
  /** The alert; of an incident, that and its alerts. */
  alerts: readonly [StoredAlert, ...StoredAlert[]];
  changes: readonly StatusChange[];
  comments: readonly { by: string; time: number; text: string }[];
  archive?: Archive | undefined;
  privateKey: KeyObject;
  /** Epoch milliseconds. */
  time: number;
  by: string;
}

interface RawLine extends RecordPlace {
  text: string;
}

/** All that speaks for an alert or an incident, as a signed ZIP archive. */
export async function evidenceOf(request: EvidenceRequest): Promise<Buffer> {
  const { alerts, changes, comments, archive, privateKey, time, by } = request;
  const [{ resourceKey }] = alerts;
  const lines = uniqueLines(alerts);
  const filter = aroundOf(alerts, lines);
  const facts: ReportFacts = {
    createdTime: new Date(time).toISOString(),
    createdBy: by,
    alerts: alerts.map(({ alert }) => alert),
    changes,
    comments,
  };
  const files: ZipEntry[] = [
    ...alerts.map(({ alert }) => jsonFile(`alerts/${alert.name}.json`, alert)),
    jsonFile('history.json', { changes, comments }),
    textFile(
      'raw-lines.jsonl',
      lines.map((line) => `${JSON.stringify({ ...line, sha256: sha256(line.text) })}\n`).join(''),
    ),
    textFile('README.txt', README),
  ];
  if (archive !== undefined) {
    const exported = await exportActivities(archive, filter, lines, MOST_ACTIVITIES);
    if (exported !== undefined) {
      files.push(
        { name: 'activities.parquet', bytes: exported.parquet },
        { name: 'activities.csv', bytes: exported.csv },
      );
    }
    Object.assign(facts, await pictured(archive, request, filter, lines));
  }
  files.unshift(textFile('report.html', reportOf(facts)));
  const about = { createdTime: facts.createdTime, createdBy: by, resource: resourceKey };
  return signedPackage({ ...about, alerts: alerts.map(({ alert }) => alert.name) }, files, privateKey);
}

/** What the pictures are drawn of. */
async function pictured(
  archive: Archive,
  { alerts: [{ alert, resourceKey }] }: EvidenceRequest,
  filter: ActivityFilter,
  lines: readonly RawLine[],
): Promise<Pick<ReportFacts, 'around' | 'day'>> {
  const { stepMs, bars } = await histogramOf(archive, filter);
  const places = new Set(lines.map(({ source, byteOffset }) => `${byteOffset} ${source}`));
  const found = await oldestActivities(archive, filter, SHOWN_ACTIVITIES);
  const items = found.items.map((item) =>
    places.has(`${item.offset} ${item.log}`) ? { ...item, isEvidence: true as const } : item,
  );
  const count = bars.reduce((sum, { success, failure }) => sum + success + failure, 0);
  const principal = entityTexts([alert], 'account', 'name')[0];
  const day = Math.floor(Date.parse(alert.properties.startTimeUtc) / DAY_MS) * DAY_MS;
  const where = { scopes: [resourceKey], where: { principal: [principal ?? ''] } };
  return {
    around: { from: filter.from, to: filter.to, stepMs, bars, count, items },
    ...(principal !== undefined && {
      day: {
        day: new Date(day).toISOString().slice(0, 'YYYY-MM-DD'.length),
        principal,
        hours: (await dayOfPrincipal(archive, where, day)).hours,
      },
    }),
  };
}

/** What those of the alerts did, an hour around them. */
function aroundOf(alerts: readonly StoredAlert[], records: readonly RecordPlace[]): ActivityFilter {
  const all = alerts.map(({ alert }) => alert);
  return {
    scopes: [...new Set(alerts.map(({ resourceKey }) => resourceKey))],
    from: Math.min(...all.map(({ properties }) => Date.parse(properties.startTimeUtc))) - HOUR_MS,
    to: Math.max(...all.map(({ properties }) => Date.parse(properties.endTimeUtc))) + HOUR_MS + 1,
    involving: {
      principals: entityTexts(all, 'account', 'name'),
      addresses: entityTexts(all, 'ip', 'address'),
      records,
    },
  };
}

function entityTexts(alerts: readonly StoredAlert['alert'][], type: string, member: string): string[] {
  const texts = alerts.flatMap(({ properties }) =>
    properties.entities.flatMap((entity) =>
      entity.type === type && typeof entity[member] === 'string' ? [entity[member]] : [],
    ),
  );
  return [...new Set(texts)];
}

/** Each line once, although several alerts show it. */
function uniqueLines(alerts: readonly StoredAlert[]): RawLine[] {
  const lines = alerts.flatMap(({ alert }) => (alert.properties.supportingEvidence.rawLines ?? []) as RawLine[]);
  return [...new Map(lines.map((line) => [`${line.byteOffset} ${line.source}`, line])).values()];
}

function jsonFile(name: string, value: unknown): ZipEntry {
  return textFile(name, `${JSON.stringify(value, undefined, 2)}\n`);
}

function textFile(name: string, text: string): ZipEntry {
  return { name, bytes: Buffer.from(text) };
}

const README = `Evidence of an alert, made by Vedette.

report.html          to read: open it in a browser; print it for paper or PDF
alerts/              the alerts, as Azure's Microsoft.Security/locations/alerts resources
history.json         what people decided and said
raw-lines.jsonl      the log lines that the alerts rest on, literals masked, with place and SHA-256 of the text
activities.parquet   what the principals and the addresses did, from an hour before to an hour behind; is_evidence marks
activities.csv       the records of the alerts; a leading apostrophe says that a text is no formula
manifest.json        the SHA-256 of each file; manifest.sig is its Ed25519 signature by the key in public-key.pem

Check it with Vedette (the key is the server's: GET /api/v1/evidence-key):

    vedette evidence verify FILE --key evidence-key.pem

or without it:

    openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin -in manifest.json -sigfile manifest.sig
    sha256sum report.html    # as manifest.json has it
`;

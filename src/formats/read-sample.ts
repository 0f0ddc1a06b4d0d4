import { UNKNOWN_ZONE } from '../lib/timestamp.ts';
import { ActivityClass, type ActivityClassName } from '../model/activity.ts';
import { type Parser, type ReaderOptions, type RecordReader, Step } from '../parsers/parser.ts';
import type { FileStart } from './file-start.ts';

const CLASS_NAMES = Object.keys(ActivityClass) as ActivityClassName[];
/** Resources of a sample that are named. */
const MAX_RESOURCES = 100;

/** What a reader makes of the beginning of a file. */
export interface Sample {
  records: number;
  activities: Record<ActivityClassName, number>;
  /** Sum of the activities. */
  judged: number;
  skipped: number;
  /** Rejected records by reason. */
  rejected: Map<string, number>;
  /** Times of the records, epoch milliseconds; NaN where none has a time. */
  firstTime: number;
  lastTime: number;
  /** Part of the bytes in records that were understood, 0 to 1. A record without a time was passed over, not understood. */
  share: number;
  /** Activities that tell who, from where, with what, in which session, and with which SQLSTATE or HTTP status. */
  tells: Record<'principal' | 'address' | 'application' | 'session' | 'status', number>;
  /** What the records are wrapped in, the outermost first, as people call it. */
  envelopes: readonly string[];
  /** What the server speaks, by its English name; `unknown`: not English, but none that is known. Absent: English. */
  language?: string;
  /** The abbreviation in a time that could not be read without `timezone:`; empty where the time names no zone. */
  unknownZone?: string;
  /** Ids of resources that the records name, as they are written. */
  resources: Set<string>;
}

export async function readSample(parser: Parser, options: ReaderOptions, start: FileStart): Promise<Sample> {
  const reader = parser.open(options);
  const activities = Object.fromEntries(CLASS_NAMES.map((name) => [name, 0])) as Sample['activities'];
  const sample: Sample = {
    records: 0,
    activities,
    judged: 0,
    skipped: 0,
    rejected: new Map(),
    firstTime: Number.NaN,
    lastTime: Number.NaN,
    share: 0,
    tells: { principal: 0, address: 0, application: 0, session: 0, status: 0 },
    envelopes: [],
    resources: new Set(),
  };
  let understood = 0;
  let length = 0;
  await readAll(reader, start, (step) => {
    const { record, time } = reader.view;
    length += record.end - record.start;
    understood += step !== Step.rejected && !Number.isNaN(time) ? record.end - record.start : 0;
    note(sample, step, reader);
  });
  const language = reader.window.feed?.language();
  sample.envelopes = reader.window.feed?.envelopes() ?? [];
  Object.assign(sample, language === undefined ? {} : { language });
  sample.share = length === 0 ? 0 : understood / length;
  return sample;
}

function note(sample: Sample, step: Step, reader: RecordReader): void {
  const { view } = reader;
  sample.records++;
  if (step === Step.rejected) {
    sample.rejected.set(view.reason, (sample.rejected.get(view.reason) ?? 0) + 1);
    if (view.reason === UNKNOWN_ZONE) {
      sample.unknownZone ??= zoneIn(reader);
    }
    return;
  }
  if (!Number.isNaN(view.time)) {
    sample.firstTime = Number.isNaN(sample.firstTime) ? view.time : Math.min(sample.firstTime, view.time);
    sample.lastTime = Number.isNaN(sample.lastTime) ? view.time : Math.max(sample.lastTime, view.time);
  }
  if (step === Step.skipped) {
    sample.skipped++;
    return;
  }
  sample.judged++;
  sample.activities[CLASS_NAMES[31 - Math.clz32(view.class)]!]++;
  noteWhatIsTold(sample, reader);
  if (view.resource.end > view.resource.start && sample.resources.size < MAX_RESOURCES) {
    const { start, end } = reader.plain(view.resource);
    sample.resources.add(Buffer.from(reader.window.bytes.subarray(start, end)).toString());
  }
}

/** `CST` of `2026-11-21 10:00:00.123 CST`, which no name of a client comes before in most formats. */
const ZONE = /\d\d:\d\d:\d\d(?:\.\d+)? ([A-Za-z]{2,6})\b/;
const TIME_BYTES = 512;

function zoneIn({ window, view: { record } }: RecordReader): string {
  const end = Math.min(record.end, record.start + TIME_BYTES);
  return ZONE.exec(Buffer.from(window.bytes.subarray(record.start, end)).toString('latin1'))?.[1] ?? '';
}

function noteWhatIsTold({ tells }: Sample, reader: RecordReader): void {
  const { view } = reader;
  reader.findClient();
  reader.findApplication();
  for (const key of ['principal', 'address', 'application'] as const) {
    tells[key] += view[key].end > view[key].start ? 1 : 0;
  }
  tells.session += view.sessionHigh !== 0 || view.sessionLow !== 0 ? 1 : 0;
  tells.status += view.status !== 0 && !view.isStatusGuessed ? 1 : 0;
}

/**
 * A sample ends in the middle of a record: that one is not counted. Of an answer, which is held up to its end, what there
 * is of it.
 */
async function readAll(reader: RecordReader, start: FileStart, onRecord: (step: Step) => void): Promise<void> {
  const { window } = reader;
  let at = 0;
  const read = (bytes: Uint8Array, to: number, length: number) => {
    const piece = start.bytes.subarray(at, at + length);
    bytes.set(piece, to);
    at += piece.length;
    return piece.length;
  };
  let isEnd = false;
  let records = 0;
  for (;;) {
    for (let step = reader.next(isEnd); step !== Step.needMore; step = reader.next(isEnd)) {
      records++;
      onRecord(step);
    }
    if (isEnd && !window.isUnscanned) {
      return;
    }
    if (!(await window.refill(read))) {
      if (start.isWhole) {
        isEnd = !(await window.finish());
      } else if (records > 0 || !(await window.finish())) {
        return;
      }
    }
  }
}

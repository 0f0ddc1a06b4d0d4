import type { Names } from '../lib/names.ts';
import type { Activity, Id, KeptRecord, ReadStatement } from '../model/activity.ts';
import { nextSerial } from './current-activity.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A statement whose client is not known yet, with all that can be asked of it: nothing points into its source. */
export class HeldStatement {
  readonly time: number;
  private readonly vocabulary: Vocabulary;
  private readonly told: Pick<Activity, 'engine' | 'class' | 'time' | 'isLate' | 'failure' | 'responseBytes'>;
  private readonly origin: Pick<Activity, 'sessionHigh' | 'sessionLow' | 'source' | 'byteOffset'>;
  private readonly names: { database: string; application: string; operation: string; container: string };
  private readonly text: string;
  private readonly kept: KeptRecord[];

  /** Copies what an activity tells. */
  constructor(activity: Activity, vocabulary: Vocabulary) {
    const { engine, class: activityClass, time, isLate, failure, responseBytes } = activity;
    this.time = time;
    this.vocabulary = vocabulary;
    this.told = { engine, class: activityClass, time, isLate, failure, responseBytes };
    const { sessionHigh, sessionLow, source, byteOffset } = activity;
    this.origin = { sessionHigh, sessionLow, source, byteOffset };
    this.names = {
      database: vocabulary.database(activity.database),
      application: vocabulary.application(activity.application),
      operation: vocabulary.word(activity.operation),
      container: vocabulary.word(activity.container),
    };
    this.text = activity.statementText();
    this.kept = activity.keep();
  }

  /** Bytes that it takes, about. */
  get size(): number {
    return this.text.length + EVIDENCE_BYTES;
  }

  /** The statement as an activity of that client, answered with that HTTP status. Its ids are of now. */
  release(principal: Id, address: Id, status: number): Activity {
    const { vocabulary, names, text, kept } = this;
    return {
      ...this.told,
      ...this.origin,
      principal,
      address,
      database: idOfText(vocabulary.databases, names.database),
      application: idOfText(vocabulary.applications, names.application),
      place: vocabulary.placeOf(address),
      status,
      operation: idOfText(vocabulary.words, names.operation),
      container: idOfText(vocabulary.words, names.container),
      protection: 0,
      directory: vocabulary,
      serial: nextSerial(),
      statementText: () => text,
      readStatement: (read) => readText(text, read),
      readRecorded: () => undefined,
      keep: () => kept,
    };
  }
}

/** What the kept record takes at most. */
const EVIDENCE_BYTES = 4000;
/** `Names` may read so many bytes behind a text. */
const PADDING = 4;
const encoder = new TextEncoder();

function idOfText(names: Names, text: string): Id {
  return readText(text, (bytes, start, end) => names.intern(new DataView(bytes.buffer), start, end));
}

function readText<T>(text: string, read: ReadStatement<T>): T {
  const bytes = encoder.encode(text);
  const padded = new Uint8Array(bytes.length + PADDING);
  padded.set(bytes);
  return read(padded, 0, bytes.length);
}

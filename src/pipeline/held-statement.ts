import type { Names } from '../lib/names.ts';
import type { Activity, Id } from '../model/activity.ts';
import { nextSerial } from './current-activity.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A statement whose client is not known yet, with all that can be asked of it: nothing points into its source. */
export interface HeldStatement {
  readonly time: number;
  /** Bytes that it takes, about. */
  readonly size: number;
  /** The statement as an activity of that client, answered with that HTTP status. Its ids are of now. */
  release(principal: Id, address: Id, status: number): Activity;
}

/** Copies what an activity tells. */
export function holdStatement(activity: Activity, vocabulary: Vocabulary): HeldStatement {
  const { engine, class: activityClass, time, isLate, failure, responseBytes } = activity;
  const database = vocabulary.database(activity.database);
  const application = vocabulary.application(activity.application);
  const operation = vocabulary.word(activity.operation);
  const container = vocabulary.word(activity.container);
  const text = activity.statementText();
  const kept = activity.keep();

  return {
    time,
    size: text.length + EVIDENCE_BYTES,
    release: (principal, address, status) => ({
      engine,
      class: activityClass,
      time,
      isLate,
      principal,
      address,
      database: idOfText(vocabulary.databases, database),
      application: idOfText(vocabulary.applications, application),
      place: vocabulary.placeOf(address),
      failure,
      responseBytes,
      status,
      operation: idOfText(vocabulary.words, operation),
      container: idOfText(vocabulary.words, container),
      protection: 0,
      directory: vocabulary,
      serial: nextSerial(),
      statementText: () => text,
      readStatement: (read) => readText(text, read),
      keep: () => kept,
    }),
  };
}

/** What the kept record takes at most. */
const EVIDENCE_BYTES = 4000;
/** `Names` may read so many bytes behind a text. */
const PADDING = 4;
const encoder = new TextEncoder();

function idOfText(names: Names, text: string): Id {
  return readText(text, (bytes, start, end) => names.intern(new DataView(bytes.buffer), start, end));
}

function readText<T>(text: string, read: (bytes: Uint8Array, start: number, end: number) => T): T {
  const bytes = encoder.encode(text);
  const padded = new Uint8Array(bytes.length + PADDING);
  padded.set(bytes);
  return read(padded, 0, bytes.length);
}

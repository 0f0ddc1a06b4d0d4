import { toJsonLines } from '../json-lines.ts';
import { PushProblem } from './push-problem.ts';

const NEWLINE = 0x0a;
const QUOTE = 0x22;

/** Whole records as they go into the journal. */
export interface PushedRecords {
  bytes: Uint8Array;
  /** Undefined where it is not known without reading them: text in which a record may have several lines. */
  count: number | undefined;
}

/** How a body is written. `text` says nothing of it: the format of the input decides. */
const KIND_OF_TYPE: Record<string, 'json' | 'csv' | 'text'> = {
  'application/json': 'json',
  'text/json': 'json',
  'application/x-ndjson': 'json',
  'application/ndjson': 'json',
  'application/jsonl': 'json',
  'application/x-jsonlines': 'json',
  'application/json-lines': 'json',
  'application/cloudevents-batch+json': 'json',
  'text/csv': 'csv',
  'application/csv': 'csv',
  'text/plain': 'text',
  'application/octet-stream': 'text',
  '': 'text',
};
const KIND_OF_FORMAT: Record<string, 'json' | 'csv'> = {
  azure: 'json',
  jsonlog: 'json',
  cloudsql: 'json',
  csvlog: 'csv',
};

/**
 * Brings a body into the form that the parser of the input reads, each record whole.
 *
 * @param format parser id of the input, or `auto`
 */
export function toRecords(body: Buffer, contentType: string, format: string): PushedRecords {
  const type = contentType.split(';', 1)[0]!.trim().toLowerCase();
  const told = KIND_OF_TYPE[type] ?? (type.endsWith('+json') ? 'json' : undefined);
  if (told === undefined) {
    throw new PushProblem(
      415,
      `the content type "${type}" is not read; use application/json, application/x-ndjson, text/csv or text/plain`,
    );
  }
  const wanted = KIND_OF_FORMAT[format] ?? (format === 'auto' ? undefined : 'text');
  if (told !== 'text' && wanted !== undefined && told !== wanted) {
    throw new PushProblem(415, `the content type "${type}" does not fit the format "${format}" of this input`);
  }
  const kind = wanted ?? (told === 'text' && looksLikeJson(body) ? 'json' : told);
  if (body.length === 0) {
    throw new PushProblem(400, 'the body is empty');
  }
  return kind === 'json' ? jsonRecords(body) : textRecords(body, kind === 'csv');
}

function jsonRecords(body: Buffer): PushedRecords {
  const lines = toJsonLines(body);
  if ('problem' in lines) {
    throw new PushProblem(400, `the body ${lines.problem}`);
  }
  return { bytes: lines.bytes, count: lines.records };
}

function textRecords(body: Buffer, isCsv: boolean): PushedRecords {
  if (isCsv && hasOpenQuote(body)) {
    throw new PushProblem(400, 'the body ends within a quoted field; send whole records');
  }
  const bytes = body.at(-1) === NEWLINE ? body : Buffer.concat([body, Buffer.of(NEWLINE)]);
  return { bytes, count: undefined };
}

function hasOpenQuote(body: Buffer): boolean {
  let quotes = 0;
  for (let at = 0; at < body.length; at++) {
    quotes += body[at] === QUOTE ? 1 : 0;
  }
  return quotes % 2 === 1;
}

function looksLikeJson(body: Buffer): boolean {
  return /^\s*(?:\{\s*["}]|\[\s*\{)/.test(body.toString('latin1', 0, 200));
}

import { kindOfFormat, looksLikeJson, type RecordKind, wholeRecords } from '../whole-records.ts';
import { PushProblem } from './push-problem.ts';

/** How a body is written. `text` says nothing of it: the format of the input decides. */
const KIND_OF_TYPE: Readonly<Record<string, RecordKind>> = {
  'application/json': 'json',
  'text/json': 'json',
  'application/x-ndjson': 'json',
  'application/ndjson': 'json',
  'application/jsonl': 'json',
  'application/x-jsonlines': 'json',
  'application/json-lines': 'json',
  'text/csv': 'csv',
  'application/csv': 'csv',
  'text/plain': 'text',
  'application/octet-stream': 'text',
  '': 'text',
};
const READ = 'application/json, application/x-ndjson, text/csv or text/plain';

/**
 * Brings a body into the form that the parser of the input reads, each record whole.
 *
 * @param format parser id of the input, or `auto`
 */
export function toRecords(body: Buffer, contentType: string, format: string): { bytes: Uint8Array; count: number } {
  const type = contentType.split(';', 1)[0]!.trim().toLowerCase();
  const told = KIND_OF_TYPE[type] ?? (type.endsWith('+json') ? 'json' : undefined);
  if (told === undefined) {
    throw new PushProblem(415, `the content type "${type}" is not read; use ${READ}`);
  }
  const wanted = kindOfFormat(format);
  if (told !== 'text' && wanted !== undefined && told !== wanted) {
    throw new PushProblem(415, `the content type "${type}" does not fit the format "${format}" of this input`);
  }
  const records = wholeRecords(body, wanted ?? (told === 'text' && looksLikeJson(body) ? 'json' : told));
  if ('problem' in records) {
    throw new PushProblem(400, `the body ${records.problem}`);
  }
  return records;
}

import { gunzipSync } from 'node:zlib';
import { isObject, type JsonObject } from './json-object.ts';
import { MAX_LINE_BYTES } from './stage.ts';

export const BASE64 = /^[A-Za-z0-9+/_-]{8,}={0,2}$/;
/** What gzip and JSON begin with, in Base64. */
export const PACKED_HEAD = /^(?:H4sI|ey|W3|Ww)/;
export const MAX_UNPACKED_BYTES = 8 * MAX_LINE_BYTES;

/**
 * What `data` holds in Base64, gzip or not: events of CloudWatch Logs as a function gets them
 * (`{"awslogs": {"data": …}}`), a message of Pub/Sub (`{"message": {"data": …}}`), records of Kinesis.
 */
export function unpackedText(object: JsonObject): string | undefined {
  const data =
    dataOf(object) ??
    Object.values(object)
      .map(dataOf)
      .find((text) => text !== undefined);
  if (data === undefined || !PACKED_HEAD.test(data) || !BASE64.test(data)) {
    return undefined;
  }
  try {
    const bytes = Buffer.from(data, 'base64');
    return (data.startsWith('H4sI') ? gunzipSync(bytes, { maxOutputLength: MAX_UNPACKED_BYTES }) : bytes).toString();
  } catch {
    return undefined;
  }
}

function dataOf(value: unknown): string | undefined {
  return isObject(value) && typeof value.data === 'string' ? value.data : undefined;
}

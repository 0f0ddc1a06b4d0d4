import { readFileSync } from 'node:fs';

/** The same eight records in each envelope (samples/README.md). */
export const SAMPLES = [
  'json-lines.jsonl',
  'records-one-line.json',
  'records-pretty.json',
  'two-batches.json',
  'array.json',
  'byte-order-mark.jsonl',
  'numbers.jsonl',
] as const;

export function sample(name: (typeof SAMPLES)[number]): Buffer {
  return readFileSync(new URL(`samples/${name}`, import.meta.url));
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** One DataPlaneRequests record on a line, newline and all; a case says which properties differ. */
export function azureRecord(properties: Record<string, Json> = {}, envelope: Record<string, Json> = {}): string {
  const record = {
    time: '2026-11-19T00:00:59.0359822Z',
    category: 'DataPlaneRequests',
    operationName: 'Read',
    ...envelope,
    properties: {
      statusCode: '200',
      clientIpAddress: '192.0.2.10',
      aadPrincipalId: 'app',
      responseLength: '7',
      ...properties,
    },
  };
  return `${JSON.stringify(record)}\n`;
}

/** A record of any category on a line, newline and all. */
export function recordOf(category: string, properties: Json, envelope: Record<string, Json> = {}): string {
  return `${JSON.stringify({ time: '2026-11-19T00:00:59.5Z', category, ...envelope, properties })}\n`;
}

/** A record of a Flexible Server's log, written by process 16 with the prefix of Azure. */
export function flexibleRecord(message: string, properties: Record<string, Json> = {}): string {
  const level = /^[A-Z]+(?=: {2})/.exec(message)?.[0] ?? 'LOG';
  return recordOf(
    'PostgreSQLLogs',
    {
      timestamp: '2026-11-19 00:00:59.123 UTC',
      processId: 16,
      errorLevel: ['LOG', 'FATAL'].includes(level) ? level : 'ERROR',
      sqlerrcode: '00000',
      message: `2026-11-19 00:00:59 UTC-6b000000.10-${message}`,
      ...properties,
    },
    { operationName: 'LogEvent' },
  );
}

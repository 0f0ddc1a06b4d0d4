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

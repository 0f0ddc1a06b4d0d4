import { readFileSync } from 'node:fs';

/**
 * The recorded samples (samples/README.md), each with the `log_line_prefix` of its server, and how many of its entries
 * show a name that imitates another entry in the same line.
 */
export const SAMPLES = [
  { name: 'traditional-13', logLinePrefix: '%m [%p] %q%u@%d ', forgeries: 1 },
  { name: 'iso-16', logLinePrefix: '', forgeries: 0 },
  { name: 'rfc5424-18', logLinePrefix: '%c %l %e %q%u/%d %a %r ', forgeries: 0 },
] as const;

export function sample(name: string): Buffer {
  return readFileSync(new URL(`samples/${name}.log`, import.meta.url));
}

/** What the csvlog of the same server held, counted by a reader of its own. */
export interface Expected {
  byMessageStart: Record<string, number>;
  bySqlstate: Record<string, number>;
}

export function expectedOf(name: string): Expected {
  return JSON.parse(readFileSync(new URL(`samples/${name}.expected.json`, import.meta.url), 'utf8')) as Expected;
}

import { readFileSync } from 'node:fs';
import { ensureGenerated, type GeneratedFile } from '../generated-file.ts';
import { type CsvRecord, forEachCsvRecord } from './csv-records.ts';
import { toAzure } from './to-azure.ts';
import { cloudsqlWriter } from './to-cloudsql.ts';
import { toJsonlog } from './to-jsonlog.ts';
import { toSyslog } from './to-syslog.ts';
import { toRds, toStderr } from './to-text-log.ts';

/** How each format writes a record; some must remember what they wrote before. */
const WRITERS = {
  jsonlog: () => toJsonlog,
  stderr: () => toStderr,
  rds: () => toRds,
  syslog: () => toSyslog,
  azure: () => toAzure,
  cloudsql: cloudsqlWriter,
} as const satisfies Record<string, () => (record: CsvRecord) => string>;

export type FormatName = keyof typeof WRITERS;

/** Raised when a writer's output changes, so that old files are not taken for new ones. */
const CONVERTER_VERSION = 1;

/** The same log in another format: what the same server would have written under another setting. */
export function convertCsvlog(source: GeneratedFile, format: FormatName): GeneratedFile {
  const from = readFileSync(`${source.path}.made-from.json`, 'utf8');
  const name = `${format}-${source.records}.log`;
  return ensureGenerated(name, source.records, { version: CONVERTER_VERSION, format, from }, (write) => {
    const toFormat = WRITERS[format]();
    forEachCsvRecord(source.path, (record) => write(toFormat(record)));
  });
}

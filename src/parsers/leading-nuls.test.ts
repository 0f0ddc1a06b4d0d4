import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parsers } from './index.ts';
import { readAll } from './testkit.ts';

const SAMPLES: Readonly<Record<string, string>> = {
  azure: 'azure/samples/json-lines.jsonl',
  cloudnativepg: 'cloudnativepg/samples/postgresql-16.jsonl',
  cloudsql: 'cloudsql/samples/postgresql-15.jsonl',
  csvlog: 'csvlog/samples/postgresql-16.csv',
  jsonlog: 'jsonlog/samples/postgresql-16.jsonl',
  pgbouncer: 'pgbouncer/samples/pgbouncer.log',
  rds: 'rds/samples/rds-16.log',
  stderr: 'stderr/samples/default-15.log',
  syslog: 'syslog/samples/iso-16.log',
};
const sampleOf = (id: string) => readFileSync(new URL(SAMPLES[id]!, import.meta.url));

describe.each(parsers.map((parser) => [parser.id, parser] as const))('%s', (id, parser) => {
  it.each([
    ['a few', 3],
    ['more than are read at once', 300_000],
  ])('passes over %s NUL bytes at the start of a file', async (_, count) => {
    const plain = await readAll(parser, sampleOf(id));
    const moved = plain.map((record) => ({ ...record, offset: record.offset + count }));
    const log = Buffer.concat([Buffer.alloc(count), sampleOf(id)]);

    expect(plain.length).toBeGreaterThan(1);
    expect(await readAll(parser, log)).toEqual(moved);
    expect(await readAll(parser, log, { sizes: [4096, 2] })).toEqual(moved);
  });
});

it('passes over them in front of an envelope', async () => {
  const stderr = parsers.find(({ id }) => id === 'stderr')!;
  const lines = sampleOf('stderr').toString().split('\n');
  const log = lines.map((line) => `${JSON.stringify({ log: `${line}\n`, stream: 'stderr' })}\n`).join('');
  const told = async (text: string) => (await readAll(stderr, text)).map((record) => ({ ...record, offset: 0 }));

  expect(await told(`${'\0'.repeat(5000)}${log}`)).toEqual(await told(log));
});

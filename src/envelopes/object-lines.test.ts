import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { jsonlog } from '../parsers/jsonlog/jsonlog.ts';
import { readAll, type SeenRecord } from '../parsers/testkit.ts';
import { unwrapped } from '../parsers/unwrapped.ts';

const parser = unwrapped(jsonlog, 'json');
const SAMPLE = readFileSync(new URL('../parsers/jsonlog/samples/postgresql-16.jsonl', import.meta.url), 'utf8');
const LINES = SAMPLE.trimEnd().split('\n');
const RECORDS: readonly object[] = LINES.map((line) => JSON.parse(line));
const told = (records: readonly SeenRecord[]) => records.map((record) => ({ ...record, offset: 0, text: '' }));
const read = (log: string, sizes?: readonly number[]) => readAll(parser, log, sizes && { sizes });

describe('records that do not have a line each', () => {
  it.each([
    ['a list over many lines', JSON.stringify(RECORDS, null, 2)],
    ['a list on one line', JSON.stringify(RECORDS)],
    ['a list of lines', `[\n${LINES.join(',\n')}\n]\n`],
    ['objects of several lines', RECORDS.map((record) => `${JSON.stringify(record, null, '\t')}\r\n`).join('')],
    ['objects one behind the other', LINES.join('')],
  ])('tell what the log told: %s', async (_, log) => {
    const plain = told(await readAll(jsonlog, SAMPLE));

    expect(told(await read(log))).toEqual(plain);
    expect(told(await read(log, [1, 333]))).toEqual(plain);
  });

  it('have their places in the file', async () => {
    const log = JSON.stringify(RECORDS.slice(0, 5), null, 2);

    for (const { offset } of await read(log)) {
      expect(log.slice(offset)).toMatch(/^\{\n/);
    }
  });

  it('cost a torn one itself', async () => {
    const log = JSON.stringify(RECORDS.slice(0, 5), null, 2);
    const steps = (await read(log.slice(0, -40))).map(({ step }) => step);

    expect(steps.filter((step) => step !== 'rejected')).toHaveLength(4);
    expect(steps.at(-1)).toBe('rejected');
  });
});

it('leaves lines alone, with or without something behind some', async () => {
  const log = LINES.map((line, i) => `${line}${i % 9 === 5 ? ' ,' : ''}  \n`).join('');

  expect(await read(log)).toEqual(await readAll(jsonlog, log));
});

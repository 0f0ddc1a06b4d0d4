import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { countBy, readAll } from '../testkit.ts';
import { csvlog } from './csvlog.ts';

const sample = readFileSync(new URL('samples/edb-audit.csv', import.meta.url), 'utf8');
const expected = JSON.parse(readFileSync(new URL('samples/edb-audit.expected.json', import.meta.url), 'utf8'));

it("reads the audit log of EDB's server, whose severity AUDIT is LOG elsewhere", async () => {
  const records = await readAll(csvlog, sample);

  expect(countBy(records, (record) => record.class ?? record.reason ?? record.step)).toEqual(expected.classes);
  expect(countBy(records, (record) => `${record.principal} from ${record.address}`)).toEqual(expected.clients);
  expect(records.filter(({ status }) => status === 0)).toHaveLength(expected.fine);
  expect(records.find((record) => record.class === 'authentication')).toMatchObject({ application: 'psql' });
});

it('reads the 27 columns of 13, which has no leader and no id of the query', async () => {
  const log = sample.replaceAll('"client backend",,0,', '"client backend",');

  expect(countBy(await readAll(csvlog, log), ({ class: name, step }) => name ?? step)).toEqual(expected.classes);
});

it.each([25, 28, 30])('leaves %i columns with its severity alone where they are none of its', async (count) => {
  const fields = sample.split('\n')[0]!.split(',');
  const line = `${[...fields, '', ''].slice(0, count).join(',')}\n`;
  const [record] = await readAll(csvlog, line.repeat(2));

  expect(record!.step).toBe(count === 25 ? 'activity' : 'rejected');
});

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { countBy, readAll } from '../testkit.ts';
import { jsonlog } from './jsonlog.ts';

const sample = readFileSync(new URL('samples/edb-audit.jsonl', import.meta.url), 'utf8');
const expected = JSON.parse(readFileSync(new URL('samples/edb-audit.expected.json', import.meta.url), 'utf8'));

it("reads the audit log of EDB's server, whose severity AUDIT is LOG elsewhere", async () => {
  const records = await readAll(jsonlog, sample);

  expect(countBy(records, (record) => record.class ?? record.reason ?? record.step)).toEqual(expected.classes);
  expect(countBy(records, (record) => `${record.principal} from ${record.address}`)).toEqual(expected.clients);
  expect(records.filter(({ status }) => status === 0)).toHaveLength(expected.fine);
});

import { describe, expect, it } from 'vitest';
import { countSteps, readAll, type SeenRecord } from '../testkit.ts';
import { jsonlog } from './jsonlog.ts';
import { jsonRecord } from './testkit.ts';

const MIB = 1024 * 1024;
const TOO_LONG = 'a record longer than 8 MiB';
const TOO_MANY = 'a record too many fields';
const principals = (records: readonly SeenRecord[]) => records.map(({ principal, step }) => principal ?? step);
const record = jsonRecord({ user: 'torn', detail: 'a "b"\nc' }).trimEnd();

describe('a torn record', () => {
  it('costs itself and no other, wherever it breaks off', async () => {
    const next = jsonRecord({ user: 'next' }) + jsonRecord({ user: 'last' });
    for (let cut = 1; cut < record.length; cut++) {
      const seen = await readAll(jsonlog, `${jsonRecord()}${record.slice(0, cut)}\n${next}`);
      expect(principals(seen)).toEqual(['app', 'rejected', 'next', 'last']);
    }
  });

  it('costs the next one, too, where that follows on the same line', async () => {
    for (let cut = 1; cut <= record.length; cut++) {
      const seen = await readAll(jsonlog, `${record.slice(0, cut)}${jsonRecord({ user: 'lost' })}${jsonRecord()}`);
      expect(principals(seen)).toEqual(['rejected', 'app']);
    }
  });

  it('at the end is rejected', async () => {
    for (let cut = 1; cut < record.length; cut++) {
      expect(principals(await readAll(jsonlog, jsonRecord() + record.slice(0, cut)))).toEqual(['app', 'rejected']);
    }
  });

  it('whose beginning is missing is rejected', async () => {
    for (let cut = 1; cut < record.length; cut++) {
      expect(principals(await readAll(jsonlog, `${record.slice(cut)}\n${jsonRecord()}`))).toEqual(['rejected', 'app']);
    }
  });
});

describe('a line that is no record', () => {
  it.each([
    'garbage',
    '"text"',
    '[]',
    `[${jsonRecord().trimEnd()}]`,
    '{}garbage',
    '{"a":{"b":1}',
    '{"a":[1,2}',
    '{"a":}',
    '{"a"}',
    '{"a" 1}',
    '{"a":"b",}',
    '{',
    '{"',
    '{"pid":',
    '{,}',
    '{{}}',
    '{"a":"b"}}',
    '{"a":"b\\"}',
    'a\0\0\0',
  ])('is rejected, and the next is read: %s', async (line) => {
    expect(principals(await readAll(jsonlog, `${line}\n${jsonRecord()}`))).toEqual(['rejected', 'app']);
  });

  it('is one rejection together with those that follow it', async () => {
    const seen = await readAll(jsonlog, `${jsonRecord()}one\n"two"\n  {"three"\n${jsonRecord()}`);
    expect(principals(seen)).toEqual(['app', 'rejected', 'app']);
  });

  it.each([
    ['brackets', TOO_LONG, Buffer.alloc(12 * MIB, '[')],
    ['nested objects', TOO_MANY, Buffer.alloc(12 * MIB, '{"a":')],
    ['quotes', TOO_MANY, Buffer.alloc(12 * MIB, '"')],
    ['backslashes', TOO_LONG, Buffer.alloc(12 * MIB, '\\')],
    ['one long string', TOO_LONG, Buffer.concat([Buffer.from('{"a":"'), Buffer.alloc(12 * MIB, 'x')])],
  ])('as 12 MiB of %s is read in bounded memory, and so is the next record', async (_, reason, middle) => {
    const { steps, reader } = await countSteps(jsonlog, Buffer.concat([middle, Buffer.from(`\n${jsonRecord()}`)]));
    expect(steps).toEqual({ activity: 1, [reason]: 1 });
    expect(reader.window.bytes.length).toBeLessThan(24 * MIB);
  });

  it.each(['{"a":{"b":[', '{"a":"\\', '{ "a" : 1 ,', '{"timestamp":"x",'])(
    'made of many %s takes a time linear in its length',
    async (unit) => {
      const line = unit.repeat((6 * MIB) / unit.length);
      const begin = performance.now();
      const { steps } = await countSteps(jsonlog, Buffer.from(`${line}\n${jsonRecord()}`));
      expect(steps).toMatchObject({ activity: 1 });
      expect(performance.now() - begin).toBeLessThan(5000);
    },
  );
});

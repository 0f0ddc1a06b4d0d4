import { describe, expect, it } from 'vitest';
import { countBy, countSteps, readAll, type SeenRecord } from '../testkit.ts';
import { azure } from './azure.ts';
import { azureRecord } from './testkit.ts';

const MIB = 1024 * 1024;
const principals = (records: readonly SeenRecord[]) => records.map(({ principal, step }) => principal ?? step);

describe('a torn record', () => {
  it('costs itself and no other, wherever it breaks off', async () => {
    const record = azureRecord({ aadPrincipalId: 'torn', list: ['a', ['b']], more: { c: null } }).trimEnd();
    const next = azureRecord({ aadPrincipalId: 'next' }) + azureRecord({ aadPrincipalId: 'last' });
    for (let cut = 1; cut < record.length; cut++) {
      const seen = await readAll(azure, `${azureRecord()}${record.slice(0, cut)}\n${next}`);
      expect(principals(seen)).toEqual(['app', 'rejected', 'next', 'last']);
    }
  });

  it('at the end is rejected', async () => {
    const record = azureRecord({ aadPrincipalId: 'torn' }).trimEnd();
    for (let cut = 1; cut < record.length; cut++) {
      expect(principals(await readAll(azure, azureRecord() + record.slice(0, cut)))).toEqual(['app', 'rejected']);
    }
  });

  it('in a batch costs itself only', async () => {
    const [first, torn, last] = ['first', 'torn', 'last'].map((aadPrincipalId) =>
      azureRecord({ aadPrincipalId }).trim(),
    );
    for (const half of [torn!.slice(0, 40), torn!.slice(0, -1), torn!.slice(0, -20)]) {
      const seen = await readAll(azure, `{"records":[${first},${half},${last}]}\n${azureRecord()}`);
      expect(principals(seen)).toEqual(['first', 'rejected', 'last', 'app']);
    }
  });

  it('through a quote that is not escaped costs itself only', async () => {
    for (const agent of ['a"b', 'a"b"c', '"', '"x":{', '","statusCode"x', 'a"]b']) {
      const broken = azureRecord({ userAgent: 'AGENT' }).replace('AGENT', agent);
      const seen = await readAll(azure, azureRecord() + broken + azureRecord({ aadPrincipalId: 'next' }));
      expect(principals(seen)).toEqual(['app', 'rejected', 'next']);
    }
  });
});

describe('what is no record', () => {
  it('between records is rejected, and they are read', async () => {
    const seen = await readAll(
      azure,
      `${azureRecord()}garbage without end\n${azureRecord()}more\n{{}}"\n${azureRecord()}`,
    );
    expect(principals(seen).filter((name) => name === 'app')).toHaveLength(3);
    expect(seen[1]).toMatchObject({ step: 'rejected', reason: 'not JSON', text: '\ngarbage without end\n' });
  });

  it.each([
    ['brackets', Buffer.alloc(12 * MIB, '[')],
    ['braces', Buffer.alloc(12 * MIB, '{')],
    ['nested objects', Buffer.alloc(12 * MIB, '{"a":')],
    ['quotes', Buffer.alloc(12 * MIB, '"')],
    ['backslashes', Buffer.alloc(12 * MIB, '\\')],
    ['one long word', Buffer.alloc(12 * MIB, 'x')],
    ['one long string', Buffer.concat([Buffer.from('{"a":"'), Buffer.alloc(12 * MIB, 'x')])],
  ])('as 12 MiB of %s is read in bounded memory, and so is the next record', async (_, middle) => {
    const { steps, reader } = await countSteps(azure, Buffer.concat([middle, Buffer.from(`\n${azureRecord()}`)]));
    expect(steps).toMatchObject({ activity: 1 });
    expect(Object.values(steps).reduce((a, b) => a + b, 0)).toBeLessThan(2000);
    expect(reader.window.bytes.length).toBeLessThan(24 * MIB);
  });

  it('as nesting of 10000 levels is followed without recursion', async () => {
    const nested = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}\n`;
    const seen = await readAll(azure, nested + azureRecord());
    expect(countBy(seen, ({ step }) => step)).toEqual({ rejected: 1, activity: 1 });
  });
});

describe('an envelope', () => {
  it('may hold more than records', async () => {
    const records = `"records" : [${azureRecord().trim()},\n${azureRecord().trim()}]`;
    const seen = await readAll(
      azure,
      `{"version":1,"name":"a{b","list":["x"],${records},"count":2,"next" : "y]{", "none":null}\n${azureRecord()}`,
    );
    expect(principals(seen)).toEqual(['app', 'app', 'app']);
  });

  it('whose beginning is missing loses nothing but that, whatever its quotes', async () => {
    for (const rest of ['erties": {"x": "y"}}', 'erties": {"x": "y', 'x"', '{"a":"', '"}],"b":"c"', 'a"b', '5}']) {
      const seen = await readAll(azure, `${rest},${azureRecord().trim()},${azureRecord().trim()}]}`);
      expect(principals(seen).filter((name) => name === 'app')).toHaveLength(2);
    }
  });
});

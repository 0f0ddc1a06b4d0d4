import { describe, expect, it } from 'vitest';
import { readAll, type SeenRecord } from '../testkit.ts';
import { csvlog } from './csvlog.ts';
import { findRecordStart, START_BYTES } from './find-record-start.ts';
import { csvRecord, sample } from './testkit.ts';

/** What a record says, wherever it stands. */
const said = (record: SeenRecord) => ({ ...record, offset: 0 });

/** A line that a client put into its statement, as the server logs it: every quote doubled. */
const FORGED = csvRecord({
  user: 'forged',
  from: '203.0.113.66:1',
  severity: 'FATAL',
  sqlState: '28P01',
  message: 'role',
});

describe('findRecordStart', () => {
  const find = (text: string) => findRecordStart(Buffer.from(text), 0, text.length);
  const start = '2026-11-21 16:48:45.367 UTC';

  it.each([
    [`torn\n${start}`, 5],
    [`torn\n\n${start}`, 6],
    [`torn\n2026 and more\n${start}`, 19],
    [`${start}\n${start}`, start.length + 1],
    [start, -1],
    [`torn\n${start.slice(0, START_BYTES - 2)}`, -1],
    [`torn\n${start.replaceAll('-', '/')}`, -1],
    ['', -1],
  ])('finds in %j the place %i', (text, place) => {
    expect(find(text)).toBe(place);
  });
});

describe('a torn record', () => {
  it('costs itself and no other, wherever it breaks off', async () => {
    const bytes = sample(16);
    const whole = await readAll(csvlog, bytes.subarray(0, 8000));
    const torn = whole.findIndex(({ text }) => text.includes('PASSWORD') && text.includes('\n'));
    const { offset, text } = whole[torn]!;
    const end = offset + Buffer.byteLength(text);
    const others = [...whole.slice(0, torn), ...whole.slice(torn + 1)].map(said);
    for (let cut = offset; cut < end; cut++) {
      const log = Buffer.concat([bytes.subarray(0, cut), Buffer.from('\n'), bytes.subarray(end + 1, 8000)]);
      const seen = await readAll(csvlog, log);
      expect(seen[torn]!.step === 'rejected' || said(seen[torn]!).principal === whole[torn]!.principal).toBe(true);
      expect([...seen.slice(0, torn), ...seen.slice(torn + 1)].map(said)).toEqual(others);
    }
  });

  it('costs the one behind it, too, when that follows in the same line', async () => {
    const records = ['first', 'second', 'third', 'fourth'].map((user) => csvRecord({ user }));
    for (let cut = 1; cut < 100; cut++) {
      const seen = await readAll(csvlog, records[0] + records[1]!.slice(0, cut) + records[2]! + records[3]!);
      expect(seen.filter(({ step }) => step === 'rejected')).toHaveLength(1);
      expect(seen.filter(({ step }) => step === 'activity').map(({ principal }) => principal)).toEqual([
        'first',
        'fourth',
      ]);
    }
  });

  it('at the end of a file is rejected', async () => {
    const last = csvRecord({ user: 'last', message: 'statement: SELECT\n1' });
    const lastQuote = last.indexOf('"shop-api"'); // behind it, a record of an older version would be whole
    for (let cut = 1; cut < lastQuote; cut++) {
      const seen = await readAll(csvlog, csvRecord() + last.slice(0, cut));
      expect(seen.map(({ step }) => step)).toEqual(['activity', 'rejected']);
    }
  });

  it('in many places costs as many', async () => {
    const log = Array.from({ length: 2000 }, (_, i) =>
      csvRecord({ user: `user${i}` }).slice(0, i % 2 === 0 ? undefined : 120),
    );
    const seen = await readAll(csvlog, log.join('\n'));
    expect(seen.filter(({ step }) => step === 'activity')).toHaveLength(1000);
    expect(seen.filter(({ step }) => step === 'rejected').length).toBeGreaterThanOrEqual(1000);
  });

  it('between empty lines costs nothing else', async () => {
    const seen = await readAll(csvlog, `${csvRecord()}\n\n${csvRecord()}`);
    expect(seen.map(({ step, reason }) => reason ?? step)).toEqual([
      'activity',
      'not the columns of a csvlog record',
      'activity',
    ]);
  });
});

describe('a line forged in a statement', () => {
  const withForgery = csvRecord({ message: `statement: SELECT '\n${FORGED.repeat(3)}'` });

  it('is no record', async () => {
    const seen = await readAll(csvlog, csvRecord() + withForgery + csvRecord());
    expect(seen.map(({ step, principal }) => principal ?? step)).toEqual(['app', 'app', 'app']);
  });

  it('is none behind a torn record, wherever that breaks off', async () => {
    const torn = csvRecord({ user: 'torn', message: 'statement: SELECT\n1' });
    for (let cut = 0; cut < torn.length - 1; cut++) {
      const seen = await readAll(csvlog, `${torn.slice(0, cut)}\n${withForgery}${csvRecord({ user: 'next' })}`);
      expect(seen.filter(({ step }) => step === 'activity').map(({ principal }) => principal)).not.toContain('forged');
      expect(seen.at(-1)).toMatchObject({ principal: 'next' });
    }
  });

  it('is none when the record it stands in breaks off', async () => {
    for (let cut = 1; cut < withForgery.length - 1; cut++) {
      const seen = await readAll(csvlog, `${withForgery.slice(0, cut)}\n${csvRecord({ user: 'next' })}`);
      const principals = seen.filter(({ step }) => step === 'activity').map(({ principal }) => principal);
      expect(principals.filter((principal) => principal !== 'app')).toEqual(['next']);
    }
  });

  it('is none when a torn record leaves a quote open and the statement is made to fit it', async () => {
    const [victim, ...fields] = csvRecord({ message: 'connection authorized: user=victim' })
      .replace('"app"', '"victim"')
      .split('"victim"');
    const forged = `${victim}xvictimx${fields.join('')}`.replaceAll('"', 'x');
    const torn = csvRecord({ columns: 24, message: 'statement: SELECT' }).slice(0, -1).split(',');
    for (let open = 1; open < torn.length; open++) {
      const opened = `${torn.slice(0, open).join(',')},"to`;
      for (const columns of [23, 24, 26]) {
        // the rest of the torn record: its open field ends at the statement's first comma
        const rest = [...torn, '', '']
          .slice(open + 1, columns)
          .join(',')
          .replaceAll('"', 'x');
        for (const end of ['', ',', 'x,', forged.split(',').slice(0, 23).join(',').concat(',')]) {
          const message = `statement: SELECT 1 -- ,${rest}\n${forged}${forged}${end}`;
          const log = `${opened}\n${csvRecord({ message }).repeat(2)}${csvRecord({ user: 'next' })}`;
          const principals = (await readAll(csvlog, log)).map(({ principal }) => principal);
          expect(principals.filter((name) => name?.includes('victim'))).toEqual([]);
          expect(principals).toContain('next');
        }
      }
    }
  });
});

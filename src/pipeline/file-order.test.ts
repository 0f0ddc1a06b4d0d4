import { renameSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { csvlog } from '../parsers/csvlog/csvlog.ts';
import type { Parser } from '../parsers/parser.ts';
import { beforeHour, hourInPath, inOrderOfTime } from './file-order.ts';
import { START, statementAt, statements, temporaryFiles } from './testkit.ts';

async function order(
  contents: Record<string, string | Uint8Array>,
  timezone?: string,
): Promise<[string, number | undefined][]> {
  const plan = { format: 'csvlog', files: temporaryFiles(contents), ...(timezone !== undefined && { timezone }) };
  const files = await inOrderOfTime(plan, csvlog);
  return files.map(({ path, firstTime }) => [basename(path), firstTime === undefined ? undefined : firstTime - START]);
}

describe('inOrderOfTime', () => {
  it('puts files in the order of their first records, whatever their names', async () => {
    const files = {
      'a.csv': statements(3, 9000),
      'b.csv.gz': gzipSync(statements(3, 1000)),
      'c.csv': `broken\n${statementAt(5000)}`,
    };
    expect(await order(files)).toEqual([
      ['b.csv.gz', 1000],
      ['c.csv', 5000],
      ['a.csv', 9000],
    ]);
  });

  it('puts files of equal times in the order of their names', async () => {
    const names = await order({ 'c.csv': statementAt(0), 'a.csv': statementAt(0), 'b.csv': statementAt(0) });
    expect(names.map(([name]) => name)).toEqual(['a.csv', 'b.csv', 'c.csv']);
  });

  it('puts files without a time at the end, by name', async () => {
    const names = await order({
      'e.csv': '',
      'd.csv': 'no record',
      'c.csv.gz': 'no archive',
      'b.csv': `${`${statementAt(0).slice(0, 60)}\n`.repeat(2000)}${statementAt(0)}`,
      'z.csv': statementAt(0),
    });
    expect(names.map(([name]) => name)).toEqual(['z.csv', 'b.csv', 'c.csv.gz', 'd.csv', 'e.csv']);
  });

  it('knows the zone of the log', async () => {
    const inBerlin = (time: string) => statementAt(0).replace(/^.*? UTC/, time);
    const files = {
      'a.csv': inBerlin('2026-11-21 02:00:00.000 CET'),
      'b.csv': inBerlin('2026-11-21 00:30:00.000 UTC'),
    };
    expect(await order(files, 'Europe/Berlin')).toEqual([
      ['b.csv', 1_800_000],
      ['a.csv', 3_600_000],
    ]);
  });

  it('does not look into a file that is alone', async () => {
    expect(await order({ 'a.csv': statementAt(0) })).toEqual([['a.csv', undefined]]);
  });
});

it('looks again when the log was rotated meanwhile', async () => {
  const contents = { 'live.csv': statementAt(3000), 'live.csv.1': statementAt(2000), 'live.csv.2': statementAt(1000) };
  const files = temporaryFiles(contents);
  const [live, first, second] = files as [string, string, string];
  let restarts = 0;
  const rotatedInTheMiddle: Parser = {
    ...csvlog,
    open(options) {
      const reader = csvlog.open(options);
      return {
        ...reader,
        restart() {
          if (++restarts === 2) {
            renameSync(first, second);
            renameSync(live, first);
            writeFileSync(live, statementAt(4000));
          }
          reader.restart(0);
        },
      };
    },
  };

  expect((await inOrderOfTime({ format: 'csvlog', files }, rotatedInTheMiddle)).map(({ path }) => path)).toEqual([
    second,
    first,
    live,
  ]);
});

describe('the hour in the path of an export', () => {
  const path = '/x/resourceId=/SUBSCRIPTIONS/1/Y=2/y=2026/m=11/d=21/h=10/m=00/PT1H.json.gz';

  it('is when the file begins', () => {
    expect(hourInPath(path)).toBe(Date.UTC(2026, 10, 21, 10));
    expect(beforeHour(path)).toBe('/x/resourceId=/SUBSCRIPTIONS/1/Y=2');
  });

  it.each(['/x/y=2026/PT1H.json', `${path}/more`, '/x/a.csv'])('is not in %s', (other) => {
    expect([hourInPath(other), beforeHour(other)]).toEqual([undefined, undefined]);
  });

  it('is believed without a look into the file', async () => {
    const files = [path.replace('d=21', 'd=22'), path];

    expect((await inOrderOfTime({ format: 'csvlog', files }, csvlog)).map((file) => file.path)).toEqual([
      path,
      files[0],
    ]);
  });
});

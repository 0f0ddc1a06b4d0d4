import { describe, expect, it } from 'vitest';
import { ActivityClass } from '../model/activity.ts';
import { azure } from '../parsers/azure/azure.ts';
import { azureRecord } from '../parsers/azure/testkit.ts';
import { csvlog } from '../parsers/csvlog/csvlog.ts';
import type { Parser } from '../parsers/parser.ts';
import { stderr } from '../parsers/stderr/stderr.ts';
import { prefixWeakness } from '../postgres/prefix-weakness.ts';
import { authorized, received, statement } from '../sessions/testkit.ts';
import { escapesIn, gapsOf, RECOMMENDED_PREFIX } from './gaps.ts';
import { readSample } from './read-sample.ts';
import { tryOut } from './recognize.ts';
import { STATEMENTS, textLog } from './testkit.ts';

const detectors = [
  { id: 'unusual-location', watches: ActivityClass.authentication | ActivityClass.dataAccess },
  { id: 'sql-injection', watches: ActivityClass.statement },
];

/** The sentences about a log. */
async function gapsIn(parser: Parser, log: string, prefix?: string): Promise<string[]> {
  const start = { path: '', bytes: Buffer.from(log), isWhole: true, modified: 0 };
  const sample = await readSample(parser, { timezone: 'UTC', logLinePrefix: prefix }, start);
  const engine = parser === azure ? 'cosmosdb' : 'postgresql';
  return gapsOf({ sample, engine, prefix, detectors }).map(({ text }) => text);
}

describe('nothing is missing', () => {
  it('with the prefix that is recommended, which leaves no room for forging', async () => {
    const log = textLog('TIME [7] 6afbb86d.7 LINE 42P01 10.0.0.5 alice@orders psql ');

    expect(await gapsIn(stderr, log, RECOMMENDED_PREFIX)).toEqual([]);
    expect(prefixWeakness(RECOMMENDED_PREFIX)).toBeUndefined();
  });

  it('in csvlog with connections and statements', async () => {
    expect(await gapsIn(csvlog, received() + authorized() + statement({ application: 'psql' }))).toEqual([]);
  });

  it('where nothing was seen', async () => {
    expect(await gapsIn(stderr, '', '%m [%p] ')).toEqual([]);
  });
});

describe('missing is', () => {
  it.each([
    [
      'the address',
      '%m [%p] %u@%d %a ',
      'TIME [7] alice@orders psql ',
      /^no %h in log_line_prefix: the location of clients/,
    ],
    ['the role', '%m [%p] %h %a ', 'TIME [7] 10.0.0.5 psql ', /^no %u in log_line_prefix: nobody knows whose/],
    [
      'the session',
      '%m %u@%d %h %a ',
      'TIME alice@orders 10.0.0.5 psql ',
      /^no %p in log_line_prefix: lines of one session/,
    ],
    ['the application', '%m [%p] %u@%d %h ', 'TIME [7] alice@orders 10.0.0.5 ', /^no %a in log_line_prefix: /],
    [
      'the SQLSTATE',
      '%m [%p] %u@%d %h %a ',
      'TIME [7] alice@orders 10.0.0.5 psql ',
      /^no %e in log_line_prefix: errors/,
    ],
  ])('%s', async (_, prefix, head, sentence) => {
    const gaps = await gapsIn(stderr, textLog(head, STATEMENTS), prefix);

    expect(gaps.filter((gap) => sentence.test(gap))).toHaveLength(1);
  });

  it('the time', async () => {
    expect(await gapsIn(stderr, textLog('[7] '), '[%p] ')).toContain(
      'no %m in log_line_prefix: no record can be judged',
    );
  });

  it.each([
    ['CST', /^times in CST, which stands for more than one zone: no such record is read; give the log a `timezone:`/],
    ['CET', /^none$/],
  ])('a zone for times in %s', async (zone, sentence) => {
    const log = statement({ application: 'psql' }).replaceAll(' UTC', ` ${zone}`);
    const start = { path: '', bytes: Buffer.from(log), isWhole: true, modified: 0 };
    const { sample } = await tryOut(csvlog, {}, start);
    const texts = gapsOf({ sample, engine: 'postgresql', detectors: [] }).map(({ text }) => text);

    expect(sample.judged).toBe(1);
    expect(texts[0] ?? 'none').toMatch(sentence);
  });

  it('a kind of activity that a detector watches', async () => {
    expect(await gapsIn(csvlog, statement({ application: 'psql' }))).toEqual([
      'no logins in its beginning, which unusual-location watches; switch log_connections on',
    ]);
    expect(await gapsIn(azure, azureRecord())).toEqual([
      'no query texts in its beginning, which sql-injection watches; export the category QueryRuntimeStatistics',
    ]);
  });
});

it('reads the letters of escapes', () => {
  expect(escapesIn('%m [%5p] %-10u@%d 100%% %q')).toEqual(['m', 'p', 'u', 'd', 'q']);
});

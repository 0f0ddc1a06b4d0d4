import { expect, it } from 'vitest';
import { parsers } from '../parsers/index.ts';
import { START_BYTES } from './file-start.ts';
import { fitting, recognize } from './recognize.ts';
import { textLog } from './testkit.ts';

const LINES = textLog('TIME [7] alice@orders ').trimEnd().split('\n');
const MANY = Array.from({ length: 400 }, () => LINES).flat();
const iso = (i: number) => new Date(Date.UTC(2026, 10, 21, 10) + i).toISOString();
const hits = (lines: readonly string[]) =>
  JSON.stringify({
    hits: { hits: lines.map((message, i) => ({ _source: { '@timestamp': iso(i), message } })).reverse() },
  });

it.each([
  ['a short answer', hits(LINES)],
  ['an answer that is longer than what is looked at', hits(MANY)],
  [
    'a long export, newest first',
    MANY.map((line, i) => `${JSON.stringify({ _line: line, _ts: i })}\n`)
      .reverse()
      .join(''),
  ],
])('recognizes the format within %s', async (_, log) => {
  const all = Buffer.from(log);
  const bytes = all.subarray(0, START_BYTES);
  const isWhole = bytes.length === all.length;
  const found = await recognize(
    { path: 'x', bytes, isWhole, modified: 0 },
    { parsers: fitting(parsers, undefined, 'postgresql') },
  );

  expect(found).toMatchObject({ parser: { id: 'stderr' }, logLinePrefix: '%m [%p] %q%u@%d ' });
  expect(found!.sample.judged).toBeGreaterThan(4);
  expect(found!.sample.envelopes).toEqual(['objects of JSON']);
});

const PREFIX = 'pid=7,user=alice,db=orders,app=psql,client=10.0.0.5 ';

it('recognizes lines whose time is that of their receipt', async () => {
  const lines = textLog(PREFIX).trimEnd().split('\n');
  const log = JSON.stringify({
    logs: lines.map((msg, i) => ({ msg: `[${i + 1}-1] ${msg}`, time: iso(i), unit: 'pg.service' })),
  });
  const found = await recognize(
    { path: 'x', bytes: Buffer.from(log), isWhole: true, modified: 0 },
    { parsers: fitting(parsers, undefined, 'postgresql') },
  );

  expect(found?.parser.id).toBe('syslog');
  expect(found?.logLinePrefix).toContain('pid=%p,user=%u,db=%d,app=%a,client=%h ');
  expect(found!.sample.rejected.size).toBe(0);
});

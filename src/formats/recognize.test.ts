import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parsers } from '../parsers/index.ts';
import { readFileStart, START_BYTES } from './file-start.ts';
import { fitting, recognize } from './recognize.ts';
import { ENTRIES, temporaryFiles, textLog } from './testkit.ts';

const folder = join(import.meta.dirname, '../parsers');
/** Every recording of every format; what lies in a folder `server` is a companion of another format. */
const samples = globSync('*/samples/**/*.{csv,json,jsonl,log}', { cwd: folder })
  .filter((name) => !name.endsWith('.expected.json') && !name.includes('/server/'))
  .sort();

async function formatOf(path: string, logLinePrefix?: string) {
  const found = await recognize(await readFileStart(path), { parsers, logLinePrefix });
  return found && { format: found.parser.id, prefix: found.logLinePrefix, sample: found.sample };
}

async function formatOfContent(name: string, content: string | Uint8Array) {
  return formatOf(temporaryFiles({ [name]: content })[0]!);
}

describe('recognizes', () => {
  it('samples of every format', () => {
    expect(new Set(samples.map((name) => name.split('/')[0]))).toEqual(new Set(parsers.map(({ id }) => id)));
  });

  it.each(samples)('%s', async (name) => {
    const found = await formatOf(join(folder, name));

    expect(found).toMatchObject({ format: name.split('/')[0] });
    expect(found?.sample.rejected.size).toBe(0);
    expect(found?.sample.judged).toBeGreaterThan(0);
    expect(found?.sample.firstTime).toBeGreaterThan(Date.UTC(2015));
  });

  const csv = readFileSync(join(folder, 'csvlog/samples/postgresql-16.csv'));

  it.each([
    ['a.csv.gz', gzipSync(csv)],
    ['a.csv.zst', zstdCompressSync(csv)],
    ['a.txt', csv],
    ['a.log', Buffer.concat([Buffer.from('\ufeff'), csv])],
    ['torn.csv', Buffer.concat([Buffer.alloc(2 * START_BYTES + 1), csv])],
    ['long.csv', Buffer.concat(Array.from({ length: Math.ceil(START_BYTES / csv.length) + 1 }, () => csv))],
  ])('csvlog in %s', async (name, content) => {
    expect(await formatOfContent(name, content)).toMatchObject({ format: 'csvlog' });
  });

  it.each([
    ['TIME [7] ', '%m [%p] ', undefined],
    ['TIME [7] alice@orders ', '%m [%p] %q%u@%d ', '%m [%p] %q%u@%d '],
    ['app=psql db=orders 10.0.0.5 TIME pid=7 ', 'app=%a db=%d %h %m pid=%p ', 'app=%a db=%d %h %m pid=%p '],
  ])('stderr with %s', async (prefix, _, found) => {
    expect(await formatOfContent('a.log', textLog(prefix))).toMatchObject({ format: 'stderr', prefix: found });
  });

  it('syslog with the prefix behind its header', async () => {
    const header = 'Nov 21 10:00:00 db1 postgres[7]: [#-1] user=alice,db=orders,app=psql,client=10.0.0.5 ';
    const entries = ENTRIES.filter((entry) => !entry.startsWith('STATEMENT'));
    const log = entries.map((entry, i) => textLog(header.replace('#', `${i + 1}`), [entry])).join('');

    expect(await formatOfContent('a.log', log)).toMatchObject({
      format: 'syslog',
      prefix: 'user=%u,db=%d,app=%a,client=%h ',
    });
  });

  it.each([
    ['app[postgres.7]: [GREEN] [#-1]  sql_error_code = 00000 ', ' sql_error_code = %e '],
    [
      'app[postgres.7]: [GREEN] [#-1]  sql_error_code = 00000 time_ms = "TIME" pid="7" proc_start_time="2026-11-21 09:59:00 UTC" session_id="6afbb86d.7" vtid="2/0" tid="0" log_line="#" database="d9" connection_source="10.0.0.5(4711)" user="u1" application_name="psql" ',
      ' sql_error_code = %e time_ms = "%m" pid="%p" proc_start_time="%s" session_id="%c" vtid="%v" tid="%x" log_line="%l" database="%d" connection_source="%r" user="%u" application_name="%a" ',
    ],
  ])('a database of Heroku: %s', async (head, prefix) => {
    const log = ENTRIES.map((entry, i) =>
      textLog(`2026-11-21T10:00:00+00:00 ${head.replaceAll('#', `${i + 1}`)}`, [entry]),
    ).join('');

    expect(await formatOfContent('a.log', log)).toMatchObject({ format: 'syslog', prefix, sample: { judged: 6 } });
  });

  it('a quiet server by syslog', async () => {
    const line = 'Nov 21 10:00:00 db1 postgres[7]: [#-1] LOG:  checkpoint starting: time\n';
    const log = Array.from({ length: 50 }, (_, i) => line.replace('#', `${i + 1}`)).join('');

    expect(await formatOfContent('a.log', log)).toMatchObject({ format: 'syslog' });
  });

  it('a log in a zone that is not configured', async () => {
    expect(await formatOfContent('a.log', textLog('TIME [7] ').replaceAll('UTC', 'IST'))).toMatchObject({
      format: 'stderr',
    });
  });

  it.each([
    ['TIME:10.0.0.5(4711):alice@orders:[7]:', 'TIME [7] alice@orders 10.0.0.5 ', 'rds'],
    ['TIME [7] alice@orders 10.0.0.5 ', 'TIME:10.0.0.5(4711):alice@orders:[7]:', 'stderr'],
  ])('a prefix that changed behind %s', async (before, behind, format) => {
    const many = (head: string) => Array.from({ length: 20 }, (_, i) => textLog(head, ENTRIES, 10 * i)).join('');

    expect(await formatOfContent('a.log', many(before) + many(behind))).toMatchObject({
      format,
      sample: { judged: 240, share: 1 },
    });
  });

  it('a quiet log as that of a server, which may say more', async () => {
    const log = 'Nov 21 10:00:00 db1 postgres[7]: [2-1] db=,user= FATAL:  terminating walreceiver\n'.repeat(3);

    expect(await formatOfContent('a.log', log)).toMatchObject({ format: 'syslog', sample: { judged: 0 } });
  });

  it.each([
    ['Solaris', 'Nov 21 10:00:00 db1 postgres[7]: [ID 748625 local0.info] [#-1] '],
    ['a daemon that tells no process', 'Nov 21 10:00:00 db1 postgresql-16: [#-1] '],
    ['BusyBox', 'Nov 21 10:00:00 db1 local0.info postgres[7]: [#-1] '],
    ['journald', 'Sat 2026-11-21 10:00:00 UTC db1 postgres[7]: [#-1] '],
  ])('the prefix within syslog of %s', async (_, head) => {
    const log = ENTRIES.map((entry, i) =>
      textLog(`${head.replace('#', `${i + 1}`)}user=alice,db=orders `, [entry]),
    ).join('');

    expect(await formatOfContent('a.log', log)).toMatchObject({
      format: 'syslog',
      prefix: 'user=%u,db=%d ',
      sample: { judged: 6 },
    });
  });

  it('what it can between lines of other programs', async () => {
    const noise = Array.from({ length: 10 }, (_, i) => `some other program writes line ${i}\n`).join('');
    const found = await formatOfContent('a.log', noise + textLog('TIME [7] ') + noise);

    expect(found).toMatchObject({ format: 'stderr', sample: { judged: 6 } });
    expect(found?.sample.share).toBeLessThan(0.9);
  });
});

describe('recognizes nothing in', () => {
  it.each([
    ['an empty file', ''],
    ['a binary file', readFileSync(process.execPath).subarray(0, 300_000)],
    ['prose', 'The quick brown fox jumps over the lazy dog.\n'.repeat(100)],
    ['other JSON', '{"a":1}\n'.repeat(100)],
    ['a gzip file that is none', undefined],
  ])('%s', async (_, content) => {
    const name = content === undefined ? 'a.gz' : 'a.log';

    expect(await formatOfContent(name, content ?? 'not packed')).toBeUndefined();
  });
});

it('tries only the prefix that is given', async () => {
  const [path] = temporaryFiles({ 'a.log': textLog('TIME [7] alice@orders ') });

  expect(await formatOf(path!, '%m [%p] ')).toBeUndefined();
  expect(await formatOf(path!, '%m [%p] %u@%d ')).toMatchObject({ format: 'stderr', prefix: '%m [%p] %u@%d ' });
});

describe('fitting', () => {
  const ids = (...request: [string | undefined, 'postgresql' | 'cosmosdb' | undefined]) =>
    fitting(parsers, ...request).map(({ id }) => id);

  it('are the formats of a kind of resource', () => {
    expect(ids(undefined, 'cosmosdb')).toEqual(['azure']);
    expect(ids(undefined, 'postgresql')).toEqual(
      expect.arrayContaining(['csvlog', 'jsonlog', 'stderr', 'syslog', 'azure']),
    );
  });

  it('are, of shared input, those whose records name resources', () => {
    expect(ids(undefined, undefined)).toContain('azure');
    expect(ids(undefined, undefined)).not.toContain('csvlog');
  });

  it('is the one that is named', () => {
    expect(ids('csvlog', 'postgresql')).toEqual(['csvlog']);
  });
});

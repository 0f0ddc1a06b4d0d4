import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { unreadKindOf } from './unread.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const repeated = (line: string) => bytes(`${line}\n`.repeat(5));
/** The head of the first file in an archive, as tar writes it. */
function tar(name: string): Buffer {
  const head = Buffer.alloc(1024);
  head.write(name);
  head.write('ustar', 257);
  return head;
}

describe('says what to do with', () => {
  it.each([
    ['a tar archive', tar('pg.log'), /^is a tar archive; unpack it$/],
    ['a packed one', gzipSync(tar('pg.log')), /^is a tar archive, packed with gzip; unpack it$/],
    ['gzip', gzipSync('x'), /^is packed with gzip; let its name end/],
    ['the event log of Windows', bytes('ElfFile\0\0\0'), /EVTX\); save it as XML or CSV/],
    ['a journal of systemd', bytes('LPKSHHRH\0\0'), /journalctl -o json/],
    ['Parquet', bytes('PAR1\u0015\u0004'), /Parquet file; write its rows out as JSON/],
    ['Avro', bytes('Obj\u0001\u0004\u0014avro.codec'), /Avro file/],
    ['a web page', bytes('\n<!DOCTYPE html><html><body>Sign in</body></html>'), /web page/],
    ['UTF-16 without a mark', Buffer.from('2026-11-21 10:00:00 UTC [7] LOG:  x\n', 'utf16le'), /UTF-16 without a byte/],
    ['the same the other way round', Buffer.from('2026-11-21 10:00:00 UTC', 'utf16le').swap16(), /UTF-16/],
    ['Pgpool-II', repeated('2026-11-21 10:00:01.123: child pid 101: LOG:  new connection received'), /Pgpool-II/],
    [
      'Odyssey',
      repeated('1 21 Nov 10:00:01.123 info [c2ba4c3c1a2b none] (startup) new client connection from 192.0.2.7:5'),
      /Odyssey/,
    ],
    ['PgCat', repeated('2026-11-21T10:00:00.123456Z  INFO ThreadId(01) pgcat::client: Client 192.0.2.7:5'), /pooler/],
    [
      'Greenplum',
      repeated('2026-11-21 10:00:00.493000 UTC,"app","shop",p4001,th-1234567,"192.0.2.7","5",2026-11-21 09:59:59 UTC'),
      /Greenplum/,
    ],
    ["Aurora's activity stream", repeated('{"type":"x","databaseActivityEventList":[]}'), /activity stream/],
    ['lines without a time', repeated('LOG:  connection received: host=192.0.2.7 port=5'), /do not tell their time/],
    [
      'lines of services whose receiver tells the time',
      repeated('pid=7,user=app,db=shop,app=psql,client=192.0.2.7 LOG:  statement: SELECT 1'),
      /do not tell their time/,
    ],
  ])('%s', (_, file, told) => {
    expect(unreadKindOf(file)).toMatch(told);
  });
});

it.each([
  ['nothing', ''],
  ['words', 'one\ntwo\nthree\n'],
  ['few bytes', '\0\0\0'],
  ['JSON', '{"a":1}\n'],
  ['lines with a time', '2026-11-21 10:00:00.123 UTC [7] LOG:  statement: SELECT 1\n'],
  ['a line about a pooler among others', `${'one\n'.repeat(9)}2026-11-21 10:00:01: child pid 101: LOG:  x\n`],
])('says nothing of %s', (_, text) => {
  expect(unreadKindOf(bytes(text))).toBeUndefined();
});

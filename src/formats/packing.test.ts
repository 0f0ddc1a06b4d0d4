import { gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { packingOf } from './packing.ts';

it.each([
  ['gzip', gzipSync('x'), /gzip; let its name end in \.gz$/],
  ['Zstandard', zstdCompressSync('x'), /Zstandard; let its name end in \.zst$/],
  ['bzip2', Buffer.from('BZh91AY'), /bzip2; unpack it/],
  ['xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00, 0x00]), /xz; unpack it/],
  ['ZIP', Buffer.from('PK\u0003\u0004'), /ZIP; unpack it/],
])('says what to do with %s', (_, bytes, told) => {
  expect(packingOf(bytes)).toMatch(told);
});

it.each([
  ['a log', '2026-11-21 10:00:00 UTC [7] LOG:  x'],
  ['nothing', ''],
  ['the beginning of one', '\u001f\u008b'],
])('leaves %s alone', (_, text) => {
  expect(packingOf(Buffer.from(text, 'latin1'))).toBeUndefined();
});

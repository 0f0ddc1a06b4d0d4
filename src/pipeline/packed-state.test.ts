import { crc32, zstdCompressSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { encodeSnapshot } from '../lib/snapshot/snapshot.ts';
import { SnapshotError } from '../lib/snapshot/snapshot-scope.ts';
import { packState, unpackState } from './packed-state.ts';
import { stateDictionary } from './state-dictionary.ts';

const snapshot = encodeSnapshot(
  { name: 'orders', times: Int32Array.from({ length: 500 }, (_, i) => i) },
  { classes: {} },
);

function withChecksum(content: Uint8Array): Uint8Array {
  const head = Buffer.alloc(4);
  head.writeUInt32LE(crc32(content), 0);
  return Buffer.concat([head, content]);
}

it('gives back what was packed', () => {
  expect(unpackState(packState(snapshot))).toEqual(Buffer.from(snapshot));
});

it('needs few bytes for what all states have in common', () => {
  const common = stateDictionary(1)!;

  expect(common.length).toBeGreaterThan(4000);
  expect(packState(common).length).toBeLessThan(60);
});

it('reads what earlier versions wrote: a frame without a dictionary, and the snapshot as it is', () => {
  expect(unpackState(withChecksum(zstdCompressSync(snapshot)))).toEqual(Buffer.from(snapshot));
  expect(unpackState(withChecksum(snapshot))).toEqual(Buffer.from(snapshot));
});

it.each([
  ['empty', () => new Uint8Array(0)],
  ['cut', () => packState(snapshot).subarray(0, 20)],
  ['changed', () => packState(snapshot).map((byte, i) => (i === 30 ? byte ^ 1 : byte))],
  ['no frame', () => withChecksum(Buffer.from([1, 2, 3]))],
])('refuses what is damaged: %s', (_, damaged) => {
  expect(() => unpackState(damaged())).toThrow(SnapshotError);
});

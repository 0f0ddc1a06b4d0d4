import { createWriteStream } from 'node:fs';
import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { writePieces } from './write-pieces.ts';

function streamFailingAfter(pieces: number, code: string): { stream: Writable; written: string[] } {
  const written: string[] = [];
  const write = (chunk: Buffer, _encoding: string, done: (error?: Error) => void) => {
    if (written.length === pieces) {
      done(Object.assign(new Error(`write ${code}`), { code }));
      return;
    }
    written.push(chunk.toString());
    done();
  };
  return { stream: new Writable({ write }), written };
}

it('writes all pieces in order', async () => {
  const { stream, written } = streamFailingAfter(9, 'EPIPE');

  expect(await writePieces(stream, ['a', 'b'])).toBe(true);
  expect(written).toEqual(['a', 'b']);
  expect(stream.listenerCount('error')).toBe(0);
});

it('stops without a failure once the reader has gone', async () => {
  const { stream, written } = streamFailingAfter(1, 'EPIPE');

  expect(await writePieces(stream, ['a', 'b', 'c'])).toBe(false);
  expect(written).toEqual(['a']);
});

it('fails on a full disk', async () => {
  await expect(writePieces(createWriteStream('/dev/full'), ['a'])).rejects.toThrow(/ENOSPC/);
});

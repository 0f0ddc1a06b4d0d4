import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { InputReader, Position } from '../source.ts';
import { fileTail } from './file-tail.ts';

const decoder = new TextDecoder();

export interface Tail {
  reader: InputReader;
  /** Reads until the text ends with `end`, waiting for more as often as need be. */
  until(end: string): Promise<string>;
  /** Reads until so many bytes have come. */
  take(length: number): Promise<string>;
  /** Where the next one would go on. */
  position(): Position;
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-tail-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Lines that no two logs share, long enough to tell files apart. */
export const lines = (name: string, from: number, to: number) =>
  Array.from(
    { length: to - from },
    (_, i) => `${name} line ${String(from + i).padStart(6, '0')} ${'.'.repeat(40)}\n`,
  ).join('');

/** Opens a glob; `history`: names of files in the order in which they are to be read. */
export function openTail(pattern: string, history: readonly string[] = [], position?: Position): Tail {
  let { promise: awake, resolve: wake } = Promise.withResolvers<void>();
  const plan = { id: 'test', source: 'file-tail', format: 'csvlog', options: { pattern, history } };
  const reader = fileTail.open(plan, position, () => wake());
  onTestFinished(() => reader.close());
  const bytes = new Uint8Array(65_536);
  let isOpen = false;

  async function readMore(): Promise<string> {
    const got = isOpen ? await reader.read(bytes, 0, bytes.length) : 0;
    if (got > 0) {
      return decoder.decode(bytes.subarray(0, got));
    }
    if (!isOpen || reader.isPartOver) {
      isOpen = await reader.advance();
      if (isOpen) {
        return '';
      }
    }
    await awake;
    ({ promise: awake, resolve: wake } = Promise.withResolvers<void>());
    return '';
  }

  return {
    reader,
    async until(end) {
      let text = '';
      while (!text.endsWith(end)) {
        text += await readMore();
      }
      return text;
    },
    async take(length) {
      let text = '';
      while (text.length < length) {
        text += await readMore();
      }
      return text;
    },
    position: () => JSON.parse(JSON.stringify(reader.positionAt(reader.offset))) as Position,
  };
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { InputPlan, InputReader, Position } from '../sources/source.ts';
import { type JournalInputOptions, openJournalInput } from './journal-input.ts';

/** A directory that goes when the test ends. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'vedette-journal-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export function planOf(options: JournalInputOptions): InputPlan {
  return { id: 'test', source: 'test', format: 'jsonlog', options };
}

/** Opens a journal as an engine does; closed when the test ends. */
export function openReader(options: JournalInputOptions, position?: Position, wake = () => {}): InputReader {
  const reader = openJournalInput(planOf(options), position, wake);
  onTestFinished(() => reader.close());
  return reader;
}

/** All that can be read now, part after part. */
export async function readAll(reader: InputReader): Promise<string> {
  const pieces: Buffer[] = [];
  const bytes = new Uint8Array(100_000);
  for (;;) {
    const got = await reader.read(bytes, 0, bytes.length);
    if (got > 0) {
      pieces.push(Buffer.from(bytes.subarray(0, got)));
    } else if (!(reader.name === '' || reader.isPartOver) || !(await reader.advance())) {
      return Buffer.concat(pieces).toString();
    }
  }
}

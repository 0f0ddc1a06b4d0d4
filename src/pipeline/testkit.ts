import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { csvlog } from '../parsers/csvlog/csvlog.ts';
import { csvRecord } from '../parsers/csvlog/testkit.ts';
import { emptyCounts } from './counts.ts';
import { inOrderOfTime } from './file-order.ts';
import { openHistoryInput } from './history-input.ts';
import type { Counts } from './plan.ts';
import { openSourceStream } from './source-stream.ts';

export const DAY_MS = 86_400_000;
/** When the logs of the cases begin. */
export const START = Date.UTC(2026, 10, 21);

/** A record of a statement, `ms` after the start. */
export function statementAt(ms: number, user = 'app'): string {
  const time = `${new Date(START + ms).toISOString().slice(0, 23).replace('T', ' ')} UTC`;
  return csvRecord({ time, user });
}

/** Records a second apart. */
export function statements(count: number, fromMs: number, user = 'app'): string {
  return Array.from({ length: count }, (_, i) => statementAt(fromMs + 1000 * i, user)).join('');
}

/** Writes files that go with the test, in one folder; returns their paths. */
export function temporaryFiles(contents: Readonly<Record<string, string | Uint8Array>>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return Object.entries(contents).map(([name, content]) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  });
}

export interface Read {
  /** Of each activity: who, and how long after the start in milliseconds. */
  seen: { principal: string; ms: number; isLate: boolean }[];
  counts: Counts;
  diskBytes: number;
}

/** Reads the files of one csvlog as history. */
export async function readHistory(
  files: Readonly<Record<string, string | Uint8Array>>,
  to = Number.POSITIVE_INFINITY,
): Promise<Read> {
  const counts = emptyCounts();
  const plan = { format: 'csvlog', files: temporaryFiles(files) };
  const input = openHistoryInput(await inOrderOfTime(plan, csvlog), counts);
  const stream = openSourceStream({ input, parser: csvlog, reading: {}, counts, to });
  const { reader } = stream;
  const seen: Read['seen'] = [];
  while (!stream.isEnded) {
    while (stream.next()) {
      reader.findClient();
      const { start, end } = reader.view.principal;
      const principal = Buffer.from(reader.window.bytes.slice(start, end)).toString();
      seen.push({ principal, ms: reader.view.time - START, isLate: stream.isLate });
    }
    await stream.load();
  }
  return { seen, counts, diskBytes: input.diskBytes ?? 0 };
}

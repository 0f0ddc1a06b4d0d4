import { type Parser, Step } from '../parsers/parser.ts';
import { openHistoryFile } from '../sources/history-file/history-file.ts';
import type { SourcePlan } from './plan.ts';

/** Records looked at for a time: a file that begins with so many broken ones goes to the end. */
const MAX_RECORDS = 1000;

/** A file with the time of its first record; undefined when it shows none. */
export interface TimedFile {
  path: string;
  firstTime: number | undefined;
}

/** The files of a source in the order of their first records, then by name. */
export async function inOrderOfTime(source: SourcePlan, parser: Parser): Promise<TimedFile[]> {
  const timed: TimedFile[] = [];
  for (const path of source.files) {
    timed.push({ path, firstTime: source.files.length > 1 ? await firstTimeOf(path, source, parser) : undefined });
  }
  const time = (file: TimedFile) => file.firstTime ?? Number.POSITIVE_INFINITY;
  return timed.sort((a, b) => (time(a) === time(b) ? (a.path < b.path ? -1 : 1) : time(a) - time(b)));
}

async function firstTimeOf(path: string, source: SourcePlan, parser: Parser): Promise<number | undefined> {
  const file = openHistoryFile(path);
  const reader = parser.open(source);
  let isEnd = false;
  try {
    for (let records = 0; records < MAX_RECORDS; records++) {
      const step = reader.next(isEnd);
      if (step === Step.needMore) {
        if (isEnd && !reader.window.isUnscanned) {
          return undefined;
        }
        isEnd = !(await reader.window.refill((bytes, at, length) => file.read(bytes, at, length)));
      } else if (step !== Step.rejected && !Number.isNaN(reader.view.time)) {
        return reader.view.time;
      }
    }
    return undefined;
  } finally {
    file.close();
  }
}

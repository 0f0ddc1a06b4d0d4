import { plainJsonText } from '../../azure/json-text.ts';
import { createObjectWalker } from '../../azure/object-walker.ts';
import { byteText, indexOfText } from '../../lib/byte-text.ts';
import { ActivityClass } from '../../model/activity.ts';
import { failureOf } from '../../postgres/message.ts';
import { ScanWindow } from '../../scan/scan-window.ts';
import { createJsonObjects } from '../json-objects.ts';
import { type Parser, type ReaderOptions, type RecordReader, type Span, Step } from '../parser.ts';
import { createRecordView } from '../record-view.ts';
import { createEntryJudge } from './entry-judge.ts';
import { createFollowingEntries } from './following-entries.ts';
import { MEMBER_KEYS } from './members.ts';
import { redactLogEntry } from './redact-log-entry.ts';
import type { SettledPrefixes } from './settled-prefixes.ts';

/** Failures of which only a DETAIL tells whether the role exists. */
const FAILED_FOR_USER = byteText('authentication failed for user ');

/** Google Cloud SQL for PostgreSQL, as Cloud Logging exports it: entries as JSON lines or arrays. */
export const cloudsql: Parser = {
  id: 'cloudsql',
  engines: ['postgresql'],
  openEnd: 'object',
  namesResources: true,
  open: createCloudSqlReader,
  redact: redactLogEntry,
};

function createCloudSqlReader(options: ReaderOptions): RecordReader {
  const window = new ScanWindow('json');
  const view = createRecordView('postgresql');
  const walker = createObjectWalker(window, MEMBER_KEYS);
  const judged = createEntryJudge(window, view, walker.found, options);
  const { entry } = judged.payload;
  const following = createFollowingEntries(window, view, options);
  const settled = [judged.payload.settledPrefixes, following.settledPrefixes];
  const objects = createJsonObjects(window, view, walker, judge);

  function judge(behind: number, mayMoreCome: boolean): Step {
    const step = judged.judge();
    return step === Step.activity && !complete(behind) && mayMoreCome ? Step.needMore : step;
  }

  /**
   * Adds what Cloud Logging holds in entries of their own: why a client was refused, which statement broke.
   *
   * @returns false when more bytes are needed to tell
   */
  function complete(behind: number): boolean {
    const isError = view.class === ActivityClass.statementError;
    const part = isError ? entry.statement : entry.detail;
    if (part.start < part.end || !(isError || needsDetail())) {
      return true;
    }
    const isTold = following.find(isError ? 'statement' : 'detail', behind);
    part.start = following.span.start;
    part.end = following.span.end;
    if (!isError) {
      view.failure = failureOf(window.words, entry.message.start, entry.message.end, part.start, part.end);
    }
    return isTold;
  }

  function needsDetail(): boolean {
    const { start, end } = entry.message;
    return (
      view.class === ActivityClass.authenticationFailure &&
      indexOfText(window.words, start, Math.min(end, start + 60), FAILED_FOR_USER) >= 0
    );
  }

  /** What was unescaped already may hold backslashes of its own. */
  function plain(span: Span, maxBytes?: number): Span {
    return judged.texts.isPlain(span) || following.texts.isPlain(span) ? span : plainJsonText(window, span, maxBytes);
  }

  return {
    window,
    view,
    next: (isEnd) => objects.next(isEnd),
    findClient: () => judged.findClient(),
    findApplication: () => judged.findApplication(),
    findRequest: () => judged.findRequest(),
    protection: () => judged.protection(),
    plain,
    rewind(position) {
      window.resume(position);
      objects.forget();
    },
    restart(offset) {
      window.restart(offset);
      objects.forget();
    },
    save: () => ({ isLost: objects.isLost, settled: settled.map(({ known }) => known) }),
    recall(saved) {
      const memory = saved as { isLost: boolean; settled: SettledPrefixes['known'][] };
      objects.isLost = memory.isLost;
      for (const [i, prefixes] of settled.entries()) {
        prefixes.recall(memory.settled[i]!);
      }
    },
  };
}

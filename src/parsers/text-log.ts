import { ScanWindow } from '../scan/scan-window.ts';
import { type RecordReader, Step } from './parser.ts';
import { createRecordView } from './record-view.ts';
import type { TextLogReader } from './text-log-memory.ts';
import { openTextLogOf } from './text-log-reader.ts';

/** What is saved beside what the reader of one prefix saves. */
interface TextLogSaved {
  prefix: string;
  reader: unknown;
}

/**
 * Reads the log that PostgreSQL writes as text. A prefix that changes on the way, as it does when the configuration is
 * reloaded, is told (`takeNotes`), and what follows is read with the new one.
 */
export function openTextLog(logLinePrefix: string, timezone: string | undefined): RecordReader {
  const window = new ScanWindow('lines');
  const view = createRecordView('postgresql');
  let prefix = logLinePrefix;
  let reader = open();
  let notes: string[] = [];

  function open(): TextLogReader {
    return openTextLogOf(prefix, { timezone, window, view });
  }

  function next(isEnd: boolean): Step {
    const step = reader.next(isEnd);
    const changed = step === Step.needMore ? reader.changedPrefix() : undefined;
    if (changed === undefined) {
      return step;
    }
    notes.push(`log_line_prefix changes from '${prefix}' to '${changed}' at byte ${window.offsetOf(window.position)}`);
    prefix = changed;
    reader = open();
    reader.rewind(window.position);
    return reader.next(isEnd);
  }

  return {
    window,
    view,
    next,
    findClient: () => reader.findClient(),
    findApplication: () => reader.findApplication(),
    findRequest: () => reader.findRequest(),
    recordedStatement: () => reader.recordedStatement?.(),
    rowCount: () => reader.rowCount?.() ?? -1,
    protection: () => reader.protection(),
    plain: (span, maxBytes) => reader.plain(span, maxBytes),
    rewind: (position) => reader.rewind(position),
    restart(offset) {
      if (prefix !== logLinePrefix) {
        prefix = logLinePrefix;
        reader = open();
      }
      reader.restart(offset);
    },
    takeNotes() {
      const taken = notes;
      notes = [];
      return taken;
    },
    save: (): TextLogSaved => ({ prefix, reader: reader.save() }),
    recall(saved) {
      const known = saved as TextLogSaved;
      if (known.prefix !== prefix) {
        prefix = known.prefix;
        reader = open();
      }
      reader.recall(known.reader);
    },
  };
}

import { selfTestAlert } from '../alerts/self-test-alert.ts';
import type { Resource } from '../model/resource.ts';
import type { RecordReader } from '../parsers/parser.ts';
import type { AlertDraft } from './alert-drafts.ts';

/** Marked records that somebody writes to try the way in: told, but neither judged nor learned from. */
export interface SelfTests {
  /** Whether the activity in view is such a record; then it is told. */
  take(reader: RecordReader): boolean;
  takeAlerts(): AlertDraft[];
}

/** @param marks by which they are known; asked for each record */
export function createSelfTests(resource: Resource, marks: () => readonly string[] | undefined): SelfTests {
  let drafts: AlertDraft[] = [];
  return {
    take({ window, view }) {
      const wanted = marks();
      if (wanted === undefined) {
        return false;
      }
      const { start, end } = view.record;
      const record = Buffer.from(window.bytes.buffer, window.bytes.byteOffset + start, end - start);
      const mark = wanted.find((one) => record.includes(one));
      if (mark === undefined) {
        return false;
      }
      const { time } = view;
      const alert = selfTestAlert(resource, mark, time);
      drafts.push({ alert, version: 1, startTime: time, background: { matters: [] } });
      return true;
    },
    takeAlerts() {
      const taken = drafts;
      drafts = [];
      return taken;
    },
  };
}

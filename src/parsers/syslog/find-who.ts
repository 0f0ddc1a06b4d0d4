import { ActivityClass } from '../../model/activity.ts';
import { findClient } from '../../postgres/find-client.ts';
import type { ScanWindow } from '../../scan/scan-window.ts';
import type { RecordView } from '../parser.ts';
import type { EntryText } from './entry-reader.ts';

/** Classes whose message the server writes about a client: all of it is the server's but names. */
const ABOUT_CLIENT =
  ActivityClass.connection |
  ActivityClass.authentication |
  ActivityClass.authenticationFailure |
  ActivityClass.unknownDatabase |
  ActivityClass.disconnection;
const WHO = ['principal', 'database', 'address'] as const;

/**
 * Puts who an entry is about into the view. The prefix tells it; `connection authorized` tells it more clearly, and other
 * messages what the prefix lacks.
 *
 * @param client filled with what the message tells
 */
export function findWho({ words }: ScanWindow, view: RecordView, text: EntryText, client: RecordView): void {
  const { start, end } = text.entry.message;
  for (const name of WHO) {
    client[name].start = client[name].end = start;
  }
  if ((view.class & ABOUT_CLIENT) !== 0) {
    findClient(words, start, end, client);
  }
  const isClear = view.class === ActivityClass.authentication;
  const isBelieved = view.class !== ActivityClass.logForgery;
  for (const name of WHO) {
    const [first, second] = isClear ? [client[name], text[name]] : [text[name], client[name]];
    const told = first.start < first.end ? first : second;
    view[name].start = told.start;
    view[name].end = isBelieved ? told.end : told.start;
  }
}

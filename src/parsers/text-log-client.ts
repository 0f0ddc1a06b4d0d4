import { ActivityClass } from '../model/activity.ts';
import { type Client, findClient } from '../postgres/find-client.ts';
import type { LogEntry } from '../postgres/judge-entry.ts';
import type { PrefixReader } from '../postgres/log-line-prefix.ts';
import { areTold, mayBeTold } from '../postgres/told-names.ts';
import type { ScanWindow } from '../scan/scan-window.ts';
import type { RecordView, Span } from './parser.ts';

/** Whose messages name the client. */
const NAMING =
  ActivityClass.connection |
  ActivityClass.authentication |
  ActivityClass.authenticationFailure |
  ActivityClass.unknownDatabase |
  ActivityClass.disconnection;

/** Who an entry is about: what the prefix tells, else what the message tells. */
export interface ClientFinder {
  /** @param isTold the message tells the names of the prefix; false where that is not known */
  begin(entry: LogEntry, isTold?: boolean): void;
  /** The entry is no longer what it says. @param isTrulyRead its prefix tells the truth, where that tells an address or a session */
  beginForgery(isTrulyRead: boolean): void;
  /** Whether the prefix speaks of another user than the message. */
  isOther(): boolean;
  find(): void;
}

export function createClientFinder(window: ScanWindow, prefix: PrefixReader, view: RecordView): ClientFinder {
  const { fields } = prefix;
  const told: Client = { principal: span(), database: span(), address: span() };
  let message: Span = span();
  let isKnownTold = false;
  /** Nothing is told of who wrote it. */
  let isAnonymous = false;

  function find(): void {
    if (view.class === ActivityClass.logForgery) {
      empty(view.principal);
      empty(view.database);
      copy(fields.address, view.address);
      if (isAnonymous) {
        empty(view.address);
      }
      return;
    }
    copy(fields.principal, view.principal);
    copy(fields.database, view.database);
    copy(fields.address, view.address);
    if ((view.class & NAMING) !== 0) {
      findInMessage();
    }
  }

  /** Where the names in the prefix can be split in several ways, the message tells which is right. */
  function findInMessage(): void {
    const { principal, database, address } = view;
    if (view.class === ActivityClass.connection && !isEmpty(address)) {
      return; // nobody has said a name yet
    }
    const isClear = !isEmpty(principal) && (isKnownTold || areTold(window, message.start, message.end, fields));
    if (isClear && !isEmpty(address)) {
      return;
    }
    empty(told.principal);
    empty(told.database);
    empty(told.address);
    findClient(window.words, message.start, message.end, told);
    copy(!isClear && !isEmpty(told.principal) ? told.principal : principal, principal);
    copy(!isClear && !isEmpty(told.database) ? told.database : database, database);
    copy(isEmpty(address) ? told.address : address, address);
  }

  return {
    begin(entry, isTold = false) {
      message = entry.message;
      isKnownTold = isTold;
      isAnonymous = false;
    },
    beginForgery(isTrulyRead) {
      view.class = ActivityClass.logForgery;
      view.failure = 0;
      view.status = 0;
      isAnonymous = !isTrulyRead;
      if (isAnonymous) {
        view.sessionHigh = 0;
        view.sessionLow = 0;
      }
    },
    isOther() {
      const isTold = view.class === ActivityClass.authentication || view.class === ActivityClass.authenticationFailure;
      return (
        isTold &&
        !isKnownTold &&
        !isEmpty(fields.principal) &&
        !mayBeTold(window, message.start, message.end, fields.principal)
      );
    },
    find,
  };
}

function span(): Span {
  return { start: 0, end: 0 };
}

function isEmpty({ start, end }: Span): boolean {
  return start === end;
}

function empty(text: Span): void {
  text.start = text.end = 0;
}

/** Puts a span where another is. */
export function copy(from: Span, to: Span): void {
  to.start = from.start;
  to.end = from.end;
}

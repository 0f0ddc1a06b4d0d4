import { Member } from '../../azure/member.ts';
import type { PackedTexts } from '../../azure/packed-texts.ts';
import { byteText, indexOfText, startsWith } from '../../lib/byte-text.ts';
import { ActivityClass } from '../../model/activity.ts';
import { findClient as findClientInMessage } from '../../postgres/find-client.ts';
import { findStatement } from '../../postgres/find-statement.ts';
import { judgeEntry } from '../../postgres/judge-entry.ts';
import { findApplicationName } from '../../postgres/message.ts';
import { protectionOf } from '../../postgres/protection-of.ts';
import { type ReaderOptions, type Span, Step } from '../parser.ts';
import { type CategoryReader, clear, put, putResource, type WalkedRecord } from './category-reader.ts';
import { isInside, isOwnName, Origin, type SessionOrigins } from './own-connections.ts';
import { createPostgresqlMessage } from './postgresql-message.ts';

/** Classes whose messages name the client. */
const NAMING =
  ActivityClass.connection |
  ActivityClass.authentication |
  ActivityClass.authenticationFailure |
  ActivityClass.disconnection;
/** Processes that serve a client; PostgreSQL 13 and later tell. */
const CLIENT_PROCESS = /client backend|not initialized|walsender/;
const CLIENT_BACKEND = byteText('client backend');
const NOT_INITIALIZED = byteText('not initialized');
const AUTHORIZED = byteText('connection authorized: ');
const DATABASE = byteText('database=');
const IDENTITY = byteText('identity="');
const QUOTE = byteText('"');
/** Longer names are nobody's of Azure's, and longer kinds of processes nobody's. */
const OWN_NAME_BYTES = 64;
const decoder = new TextDecoder();

/** Azure Database for PostgreSQL, Single Server and Flexible Server: the server's log, a record for each message. */
export function createPostgresqlLogReader(
  record: WalkedRecord,
  texts: PackedTexts,
  options: ReaderOptions,
  /** The statement that a following record tells of an error. */
  following: Span,
  origins: SessionOrigins,
): CategoryReader {
  const { window, view } = record;
  const message = createPostgresqlMessage(record, texts, options);
  const { entry, prefix, session } = message;
  const span: Span = { start: 0, end: 0 };

  function judge(): Step {
    put(record, Member.backendType, span);
    if (span.start < span.end && !isClientProcess()) {
      return Step.skipped;
    }
    clear(following);
    if (!message.read() || message.kind !== 'entry' || !judgeEntry(window.bytes, window.words, entry, view)) {
      return Step.skipped;
    }
    view.engine = 'postgresql';
    view.sessionHigh = session.high;
    view.sessionLow = session.low;
    view.responseBytes = 0;
    putResource(record);
    return isOwn() ? Step.skipped : Step.activity;
  }

  function isClientProcess(): boolean {
    const { start, end } = span;
    return (
      startsWith(window.words, start, end, CLIENT_BACKEND) ||
      startsWith(window.words, start, end, NOT_INITIALIZED) ||
      CLIENT_PROCESS.test(decoder.decode(window.bytes.slice(start, Math.min(end, start + OWN_NAME_BYTES))))
    );
  }

  /** Whether this is Azure looking after its server. */
  function isOwn(): boolean {
    const origin = origins.of(session.high, session.low);
    if (view.class === ActivityClass.connection) {
      findClient();
      const isFromInside = isInside(window, view.address);
      origins.note(session.high, session.low, isFromInside ? Origin.inside : Origin.outside);
      return isFromInside;
    }
    if (view.class === ActivityClass.disconnection || view.class === ActivityClass.authenticationFailure) {
      origins.forget(session.high, session.low);
    }
    if (origin === Origin.azure || origin === Origin.outside) {
      return origin === Origin.azure;
    }
    findClient();
    if (!isOwnName(window, principal(), view.database)) {
      return false;
    }
    if (view.class === ActivityClass.authenticationFailure || view.class === ActivityClass.disconnection) {
      // where its address is not known, a guess at Azure's user must not be missed
      return origin === Origin.inside || (view.address.start < view.address.end && isInside(window, view.address));
    }
    if (view.class === ActivityClass.authentication) {
      origins.note(session.high, session.low, Origin.azure);
    }
    return true;
  }

  /** Whom the record names: the identity of a credential that was accepted, too. */
  function principal(): Span {
    if (view.class !== ActivityClass.credentialAccepted) {
      return view.principal;
    }
    const { start, end } = entry.message;
    const at = indexOfText(window.words, start, end, IDENTITY);
    clear(span);
    if (at >= 0) {
      span.start = at + IDENTITY.length;
      span.end = Math.max(
        span.start,
        indexOfText(window.words, span.start, Math.min(end, span.start + OWN_NAME_BYTES), QUOTE),
      );
    }
    return span;
  }

  /** Told by the message, else by the prefix, else by a property. */
  function findClient(): void {
    clear(view.principal);
    clear(view.database);
    clear(view.address);
    if ((view.class & NAMING) !== 0) {
      findClientInMessage(window.words, entry.message.start, entry.message.end, view);
      splitGluedDatabase();
    }
    const { fields } = prefix;
    complete(view.principal, fields.principal, Member.userName);
    complete(view.database, fields.database, Member.databaseName);
    complete(view.address, fields.address, Member.clientIpAddress);
  }

  /** Single Server writes no blank between the two: `user=postgresdatabase=postgres`. */
  function splitGluedDatabase(): void {
    const { principal: glued, database } = view;
    if (
      database.start < database.end ||
      !startsWith(window.words, entry.message.start, entry.message.end, AUTHORIZED)
    ) {
      return;
    }
    const at = indexOfText(window.words, glued.start + 1, glued.end, DATABASE);
    if (at >= 0) {
      database.start = at + DATABASE.length;
      database.end = glued.end;
      glued.end = at;
    }
  }

  /** Fills a span that is empty. */
  function complete(empty: Span, ofPrefix: Span, member: number): void {
    if (empty.start < empty.end) {
      return;
    }
    if (message.hasPrefix && ofPrefix.start < ofPrefix.end) {
      empty.start = ofPrefix.start;
      empty.end = ofPrefix.end;
    } else {
      put(record, member, empty);
    }
  }

  return {
    judge,
    findClient,
    protection: () => protectionOf(window.words, entry.message.start, entry.message.end),
    findApplication() {
      clear(view.application);
      if (view.class === ActivityClass.authentication) {
        findApplicationName(window.words, entry.message.start, entry.message.end, view.application);
      }
      complete(view.application, prefix.fields.application, Member.applicationName);
    },
    findRequest() {
      clear(view.operation);
      clear(view.container);
      if (view.class === ActivityClass.statement) {
        findStatement(window.words, entry.message.start, entry.message.end, view.statement);
      } else {
        put(record, Member.statement, view.statement);
        if (view.statement.start === view.statement.end) {
          view.statement.start = following.start;
          view.statement.end = following.end;
        }
      }
    },
  };
}

import { ActivityClass } from '../model/activity.ts';
import type { RecordView } from '../parsers/parser.ts';
import { idOf, type Provenance, type Who } from './current-activity.ts';
import type { Vocabulary } from './vocabulary.ts';

const SESSION_ENDS = ActivityClass.disconnection | ActivityClass.authenticationFailure | ActivityClass.protocolError;

/** Who is behind a request: its record tells all. */
export function identifyRequest(who: Who, view: RecordView, { reader }: Provenance, vocabulary: Vocabulary): void {
  reader.findClient();
  who.session = 0;
  who.principal = idOf(vocabulary.principals, reader, view.principal);
  who.address = idOf(vocabulary.addresses, reader, view.address);
}

/** Who gave a credential that was accepted: not yet the principal of the session, which another line tells. */
export function identifyCredential(who: Who, view: RecordView, provenance: Provenance, vocabulary: Vocabulary): void {
  identifyClient(who, view, provenance, vocabulary, noteSession(view, provenance));
}

/** Keeps a line that belongs to the opening of a session and gives the session's slot. */
export function noteSession(view: RecordView, { sessions }: Provenance): number {
  const slot = sessions.find(view.sessionHigh, view.sessionLow);
  if (slot !== 0) {
    sessions.keepLine(slot, view.record.start, view.record.end);
  }
  return slot;
}

/**
 * Who is behind a line: what the lines that opened its session told. True for a session first met in its middle: it
 * is believed, and must have been authenticated.
 */
export function identifySession(who: Who, view: RecordView, provenance: Provenance, vocabulary: Vocabulary): boolean {
  const { sessions } = provenance;
  const slot = sessions.find(view.sessionHigh, view.sessionLow);
  switch (view.class) {
    case ActivityClass.connection:
      openSession(who, view, provenance, vocabulary);
      return false;
    case ActivityClass.authentication:
      identifyClient(who, view, provenance, vocabulary, slot);
      authenticate(who, view, provenance);
      sessions.keepLine(who.session, view.record.start, view.record.end);
      return false;
    case ActivityClass.authenticationFailure:
    case ActivityClass.protocolError:
      identifyClient(who, view, provenance, vocabulary, slot);
      return false;
  }
  if (slot !== 0 && sessions.principal[slot] !== 0) {
    who.session = slot;
    who.principal = sessions.principal[slot]!;
    who.address = sessions.address[slot]!;
    return false;
  }
  identifyClient(who, view, provenance, vocabulary, slot);
  authenticate(who, view, provenance);
  return who.principal !== 0;
}

export function isSessionOver(view: RecordView): boolean {
  return (view.class & SESSION_ENDS) !== 0;
}

function openSession(who: Who, view: RecordView, { sessions, reader }: Provenance, vocabulary: Vocabulary): void {
  reader.findClient();
  who.session = sessions.open(view.sessionHigh, view.sessionLow, view.time);
  who.principal = 0;
  who.address = idOf(vocabulary.addresses, reader, view.address);
  sessions.address[who.session] = who.address;
  sessions.keepLine(who.session, view.record.start, view.record.end);
}

/** The record itself names the principal; the address is the session's, where that was told before. */
function identifyClient(
  who: Who,
  view: RecordView,
  { sessions, reader }: Provenance,
  vocabulary: Vocabulary,
  slot: number,
): void {
  reader.findClient();
  who.session = slot;
  who.principal = idOf(vocabulary.principals, reader, view.principal);
  who.address = slot === 0 ? idOf(vocabulary.addresses, reader, view.address) : sessions.address[slot]!;
}

/** Opens the session if that was not seen, and notes who is behind it. */
function authenticate(who: Who, view: RecordView, { sessions }: Provenance): void {
  if (who.session === 0) {
    who.session = sessions.open(view.sessionHigh, view.sessionLow, view.time);
    sessions.address[who.session] = who.address;
  }
  sessions.authenticate(who.session, who.principal, view.time);
}

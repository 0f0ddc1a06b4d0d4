import { type ByteText, byteText, indexOfText, startsWith } from '../lib/byte-text.ts';

/** Start and end of a text; equal when there is none. */
interface Span {
  start: number;
  end: number;
}

/** Where the parts of a client go. What a message does not tell stays as it is. */
export interface Client {
  principal: Span;
  database: Span;
  address: Span;
}

const RECEIVED = byteText('connection received: host=');
const AUTHORIZED = byteText('connection authorized: user=');
const REPLICATION_AUTHORIZED = byteText('replication connection authorized: user=');
const DISCONNECTION = byteText('disconnection: session time: ');
const PORT = byteText(' port=');
const USER = byteText(' user=');
const HOST = byteText(' host=');
const DATABASE = byteText(' database=');
const APPLICATION_NAME = byteText(' application_name=');
const SSL = byteText(' SSL enabled (');
const GSS = byteText(' GSS (');
const HOST_LEADS: readonly ByteText[] = [byteText(' for host "'), byteText(' from host "')];
const FOR_USER = byteText(' for user "');
const ROLE = byteText('role "');
const DATABASE_ALONE = byteText('database "');
const QUOTED_USER = byteText('", user "');
const QUOTED_DATABASE = byteText('", database "');
const QUOTE = 0x22;
const LOCAL = byteText('[local]');

/**
 * What the message of a session's line tells of its client, for logs whose lines have no fields for it:
 * `connection received`, `connection authorized`, a refusal, `disconnection`.
 * A name ends where the server's next word begins; names with such words in them are cut there.
 */
export function findClient(words: DataView, start: number, end: number, client: Client): void {
  if (startsWith(words, start, end, RECEIVED)) {
    between(words, start + RECEIVED.length, end, [PORT], client.address);
    dropLocal(words, client.address);
  } else if (startsWith(words, start, end, AUTHORIZED)) {
    findAuthorized(words, start + AUTHORIZED.length, end, client);
  } else if (startsWith(words, start, end, REPLICATION_AUTHORIZED)) {
    findAuthorized(words, start + REPLICATION_AUTHORIZED.length, end, client);
  } else if (startsWith(words, start, end, DISCONNECTION)) {
    findDisconnected(words, start + DISCONNECTION.length, end, client);
  } else {
    findRefused(words, start, end, client);
  }
}

function findAuthorized(words: DataView, start: number, end: number, { principal, database }: Client): void {
  between(words, start, end, [DATABASE, APPLICATION_NAME, SSL, GSS], principal);
  if (startsWith(words, principal.end, end, DATABASE)) {
    between(words, principal.end + DATABASE.length, end, [APPLICATION_NAME, SSL, GSS], database);
  }
}

function findDisconnected(words: DataView, start: number, end: number, client: Client): void {
  after(words, start, end, USER, [DATABASE], client.principal);
  after(words, start, end, DATABASE, [HOST], client.database);
  after(words, start, end, HOST, [PORT], client.address);
  dropLocal(words, client.address);
}

/** `no pg_hba.conf entry for host "h", user "u", database "d", …`, `… failed for user "u"`, `role "u" does not exist`. */
function findRefused(words: DataView, start: number, end: number, client: Client): void {
  for (const lead of HOST_LEADS) {
    const host = indexOfText(words, start, end, lead);
    if (host >= 0) {
      between(words, host + lead.length, end, [QUOTED_USER], client.address);
      dropLocal(words, client.address);
      afterQuote(words, host, end, QUOTED_USER, client.principal);
      afterQuote(words, client.principal.start, end, QUOTED_DATABASE, client.database);
      if (client.database.end > client.database.start) {
        client.principal.end = client.database.start - QUOTED_DATABASE.length;
      }
      return;
    }
  }
  if (startsWith(words, start, end, ROLE)) {
    afterQuote(words, start, end, ROLE, client.principal);
  } else if (startsWith(words, start, end, DATABASE_ALONE)) {
    afterQuote(words, start, end, DATABASE_ALONE, client.database);
  } else {
    afterQuote(words, start, end, FOR_USER, client.principal);
  }
}

/** The last name in a message ends at its last quote: the server writes none behind it, and doubles none in it. */
function afterQuote(words: DataView, start: number, end: number, lead: ByteText, span: Span): void {
  const at = indexOfText(words, start, end, lead);
  if (at < 0) {
    return;
  }
  span.start = at + lead.length;
  span.end = end;
  while (span.end > span.start && words.getUint8(span.end) !== QUOTE) {
    span.end--;
  }
}

function after(words: DataView, start: number, end: number, lead: ByteText, stops: readonly ByteText[], span: Span) {
  const at = indexOfText(words, start, end, lead);
  if (at >= 0) {
    between(words, at + lead.length, end, stops, span);
  }
}

/** From `start` to the first of the words that may follow, tried in their order. */
function between(words: DataView, start: number, end: number, stops: readonly ByteText[], span: Span): void {
  span.start = start;
  span.end = end;
  for (const stop of stops) {
    const at = indexOfText(words, start, end, stop);
    if (at >= 0) {
      span.end = at;
      return;
    }
  }
}

/** A Unix socket has no address. */
function dropLocal(words: DataView, span: Span): void {
  if (startsWith(words, span.start, span.end, LOCAL)) {
    span.end = span.start;
  }
}

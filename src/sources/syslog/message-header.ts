/** What the start of a message says of who wrote it; empty where it does not. */
export interface MessageHeader {
  hostname: string;
  appName: string;
  /** Names the counter of this writer, and where it stands; absent where messages are not numbered. */
  sequence?: { writer: string; number: number };
}

/** Names are shorter. */
const HEADER_BYTES = 1000;
/** RFC 5424: `<134>1 TIME HOST APP PROCESS KIND DATA`. */
const STRUCTURED =
  /^<\d{1,3}>1 \S+ (\S{1,255}) (\S{1,48}) (\S{1,128}) \S{1,32} (-|(?:\[(?:[^"\]]|"(?:[^"\\]|\\.)*")*\])+)(?: |$)/s;
/** RFC 3164: `<134>Nov 21 10:00:00 host app[123]: `, the host left out where it is our own; also with an ISO 8601 time. */
const PLAIN =
  /^(?:<\d{1,3}>)?(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\S+) (?:([^\s[\]]*[^\s[\]:]) )?([^\s:[\]]{1,48})(?:\[(\d{1,9})\])?: ?/;
/** RFC 5424, 7.3.1. */
const SEQUENCE_ID = /\[meta (?:[^\]]*? )?sequenceId="(\d{1,10})"/;
/** PostgreSQL's `syslog_sequence_numbers`: message 7 of this process, its first part. */
const NUMBERED = /^(?:\ufeff)? ?\[(\d{1,10})-1\] /;

export function readMessageHeader(message: Buffer): MessageHeader {
  const text = message.toString('utf8', 0, HEADER_BYTES);
  const structured = STRUCTURED.exec(text);
  if (structured !== null) {
    const [whole, hostname = '', appName = '', process = '', data = ''] = structured;
    const [, id] = SEQUENCE_ID.exec(data) ?? [];
    return {
      hostname: known(hostname),
      appName: known(appName),
      ...(id === undefined
        ? numbered(text.slice(whole.length), hostname, appName, process)
        : { sequence: { writer: hostname, number: Number(id) } }),
    };
  }
  const [whole, hostname = '', appName = '', process = ''] = PLAIN.exec(text) ?? [];
  return whole === undefined
    ? { hostname: '', appName: '' }
    : { hostname, appName, ...numbered(text.slice(whole.length), hostname, appName, process) };
}

function numbered(text: string, ...writer: string[]): Pick<MessageHeader, 'sequence'> {
  const [, number] = NUMBERED.exec(text) ?? [];
  return number === undefined ? {} : { sequence: { writer: writer.join(' '), number: Number(number) } };
}

function known(name: string): string {
  return name === '-' ? '' : name;
}

import type { Journal } from '../../journal/journal.ts';
import { openJournalInput, releaseJournal } from '../../journal/journal-input.ts';
import type { Intake } from '../intake.ts';
import { keepInJournal } from '../keep-in-journal.ts';
import type { Source } from '../source.ts';
import { createTally, type Tally } from '../tally.ts';
import { listenForDatagrams } from './listen-for-datagrams.ts';
import { listenForStreams } from './listen-for-streams.ts';
import { type MessageHeader, readMessageHeader } from './message-header.ts';

/** Messages of syslog daemons and of PostgreSQL itself, RFC 5424 and 3164. */
export const syslog: Source = { id: 'syslog', open: openJournalInput, release: releaseJournal };

export interface SyslogListener {
  transport: 'udp' | 'tcp' | 'tls';
  host: string;
  port: number;
  /** PEM; for `tls`. */
  cert?: string;
  key?: string;
  /** PEM of who signs the certificates of senders; absent: senders need none. */
  clientCa?: string;
}

/** Whose messages go into a journal; what is absent does not matter. */
export interface SyslogRoute {
  hostname?: string;
  appName?: string;
  journal: Journal;
}

/** What a listener hands its messages to. */
export interface SyslogSink {
  tally: Tally;
  signal: AbortSignal;
  /** Keeps messages that came together; resolves when they are on disk. */
  keep: (messages: readonly Buffer[]) => Promise<void>;
}

export interface SyslogIntake extends Intake {
  /** Where it listens; the port was chosen by the system where 0 was asked for. */
  readonly port: number;
}

/** Listens at one address for messages of several resources. Rejects when it cannot be listened at. */
export async function startSyslog(listener: SyslogListener, routes: readonly SyslogRoute[]): Promise<SyslogIntake> {
  const tally = createTally();
  const stop = new AbortController();

  function journalOf({ hostname, appName }: MessageHeader): Journal | undefined {
    return routes.find(
      (route) =>
        (route.hostname === undefined || route.hostname.toLowerCase() === hostname.toLowerCase()) &&
        (route.appName === undefined || route.appName === appName),
    )?.journal;
  }

  async function keep(messages: readonly Buffer[]): Promise<void> {
    const linesOf = new Map<Journal, Buffer[]>();
    for (const message of messages) {
      const journal = journalOf(readMessageHeader(message));
      if (journal === undefined) {
        tally.refuse('a message of nobody: no configured host and program fits', message);
        continue;
      }
      const lines = linesOf.get(journal) ?? [];
      linesOf.set(journal, lines);
      lines.push(lineOf(message));
    }
    for (const [journal, lines] of linesOf) {
      const bytes = Buffer.concat(lines);
      if (await keepInJournal(journal, bytes, { tally, signal: stop.signal })) {
        tally.took(lines.length, bytes.length);
      }
    }
  }

  const sink: SyslogSink = { tally, signal: stop.signal, keep };
  const open = await (listener.transport === 'udp'
    ? listenForDatagrams(listener, sink)
    : listenForStreams(listener, sink));
  let closing: Promise<void> | undefined;

  async function end(): Promise<void> {
    const late = setTimeout(() => stop.abort(), CLOSE_MS); // a journal that is full must not hold us
    await open.close();
    clearTimeout(late);
    stop.abort();
  }

  return {
    ...tally,
    port: open.port,
    close() {
      closing ??= end();
      return closing;
    },
  };
}

const NEWLINE = 0x0a;
const CLOSE_MS = 3000;

/** One line, as rsyslog writes it: what would break the line is escaped in octal. */
function lineOf(message: Buffer): Buffer {
  const end = message.at(-1) === NEWLINE || message.at(-1) === 0 ? message.length - 1 : message.length;
  const body = message.subarray(0, end);
  const isPlain = !body.some((byte) => byte === NEWLINE || byte === 0 || byte === 0x0d);
  const line = isPlain ? body : Buffer.from(body.toString('latin1').replace(/[\n\r\0]/g, escaped), 'latin1');
  return Buffer.concat([line, Buffer.of(NEWLINE)]);
}

function escaped(character: string): string {
  return `#${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
}

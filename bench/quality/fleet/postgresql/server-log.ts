import type { Row } from '../delivery.ts';
import type { Random } from '../draws.ts';
import { executionRows, type LogStyle, type Step } from './statement-rows.ts';

/** Who connects, and as what. */
export interface Client {
  user: string;
  database: string;
  /** Empty: the client names none. */
  application: string;
  address: string;
  isEncrypted: boolean;
}

/** What differs from one record of a session to the next. */
interface Record {
  time: number;
  /** Command tag: `idle`, `SELECT`, `authentication`. */
  tag: string;
  severity?: 'LOG' | 'ERROR' | 'FATAL';
  state?: string;
  message: string;
  detail?: string;
  /** The statement behind an error, and where in it. */
  query?: string;
  position?: number;
}

/** Milliseconds from the connection to the login: a handshake of TLS and SCRAM. */
const HANDSHAKE_MS = 14;
const HBA_LINE = 'Connection matched pg_hba.conf line 97: "host all all all scram-sha-256"';
const TLS = ' SSL enabled (protocol=TLSv1.3, cipher=TLS_AES_256_GCM_SHA384, bits=256)';
const FIRST_PORT = 32_768;
const PORTS = 28_000;

export interface ServerLog {
  rows: Row[];
  /** A login, what runs, and its end; gives the time of the end. */
  session(time: number, client: Client, steps: readonly Step[], staysMs?: number): number;
  /** A login that fails: the password is wrong, or no such role is there (the log tells, the client is not told). */
  refuse(time: number, client: Client, reason: 'password' | 'unknown' | 'hba'): void;
  /** A login that works and is sent away all the same, such as by 53300. */
  turnAway(time: number, client: Client, state: string, message: string): void;
  /** A connection on which nobody logs in, with what the server says of it. */
  bare(time: number, address: string, said?: Pick<Record, 'severity' | 'state' | 'message'>): void;
}

/** csvlog of PostgreSQL 15 with log_connections and log_disconnections. */
export function createServerLog(random: Random, style: LogStyle): ServerLog {
  const rows: Row[] = [];
  const open = sessionOpener(random, rows);
  return {
    rows,
    session(time, client, steps, staysMs = 0) {
      const write = open(time, client);
      let now = logIn(write, time, client);
      let transaction = 0;
      for (const step of steps) {
        now += step.afterMs;
        transaction++;
        for (const row of executionRows(step, style, transaction)) {
          write({ time: now, ...row }, true);
        }
      }
      now = Math.max(now + 1, time + staysMs);
      const { user, database, address } = client;
      write(
        {
          time: now,
          tag: 'idle',
          message: `disconnection: session time: ${spanText(now - time)} user=${user} database=${database} host=${address} port=${write.port}`,
        },
        true,
      );
      return now;
    },
    refuse(time, client, reason) {
      const write = open(time, client);
      write({ time: time + HANDSHAKE_MS, tag: 'authentication', severity: 'FATAL', ...refusalOf(client, reason) });
    },
    turnAway(time, client, state, message) {
      const write = open(time, client);
      const now = logIn(write, time, client);
      write({ time: now + 1, tag: 'startup', severity: 'FATAL', state, message });
    },
    bare(time, address, said) {
      const write = open(time, { user: '', database: '', application: '', address, isEncrypted: false });
      if (said) {
        write({ time: time + HANDSHAKE_MS, tag: '', ...said });
      }
    },
  };
}

interface Write {
  (record: Record, isNamed?: boolean): void;
  port: number;
}

/** Writes `connection received` and gives what writes the rest of the session. */
function sessionOpener(random: Random, rows: Row[]): (time: number, client: Client) => Write {
  let pid = 1000;
  return (time, { user, database, application, address }) => {
    pid = pid > 4_190_000 ? 1000 : pid + 1 + random.below(3);
    const port = FIRST_PORT + random.below(PORTS);
    const sessionId = `${Math.floor(time / 1000).toString(16)}.${pid.toString(16)}`;
    const ends = `"${address}:${port}",${sessionId},`;
    const start = `${timeText(time).slice(0, 19)} UTC`;
    let line = 0;
    function append(record: Record, who: string, backend: string, name: string, virtual: string): void {
      line++;
      const { tag, severity = 'LOG', state = '00000', message, detail, query, position } = record;
      const told = `${quoted(message)},${detail === undefined ? '' : quoted(detail)},,,,,${query === undefined ? ',' : `${quoted(query)},${position ?? ''}`}`;
      const text = `${timeText(record.time)} UTC,${who},${pid},${ends}${line},${quoted(tag)},${start},${virtual},0,${severity},${state},${told},,${quoted(name)},"${backend}",,0\n`;
      rows.push({ time: record.time, text });
    }
    append(
      { time, tag: '', message: `connection received: host=${address} port=${port}` },
      ',',
      'not initialized',
      '',
      '',
    );
    const who = user === '' ? ',' : `${quoted(user)},${quoted(database)}`;
    const backend = user === '' ? 'not initialized' : 'client backend';
    const write = (record: Record, isNamed = false): void =>
      append(record, who, backend, isNamed ? application : '', user === '' ? '' : `3/${pid + line}`);
    return Object.assign(write, { port });
  };
}

function logIn(write: Write, time: number, { user, database, application, isEncrypted }: Client): number {
  const now = time + HANDSHAKE_MS;
  const tag = 'authentication';
  write({
    time: now,
    tag,
    message: `connection authenticated: identity="${user}" method=scram-sha-256 (/etc/postgresql/15/main/pg_hba.conf:97)`,
  });
  const name = application === '' ? '' : ` application_name=${application}`;
  write({
    time: now,
    tag,
    message: `connection authorized: user=${user} database=${database}${name}${isEncrypted ? TLS : ''}`,
  });
  return now + 2;
}

function refusalOf({ user, database, address, isEncrypted }: Client, reason: 'password' | 'unknown' | 'hba') {
  if (reason === 'hba') {
    const encryption = isEncrypted ? 'SSL encryption' : 'no encryption';
    return {
      state: '28000',
      message: `no pg_hba.conf entry for host "${address}", user "${user}", database "${database}", ${encryption}`,
    };
  }
  const detail = reason === 'unknown' ? `Role "${user}" does not exist.\n${HBA_LINE}` : HBA_LINE;
  return { state: '28P01', message: `password authentication failed for user "${user}"`, detail };
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** `2026-03-09 00:00:00.000`. */
function timeText(time: number): string {
  return new Date(time).toISOString().slice(0, 23).replace('T', ' ');
}

/** `0:29:55.020`. */
function spanText(ms: number): string {
  const hours = Math.floor(ms / 3_600_000);
  return `${hours}:${new Date(ms % 3_600_000).toISOString().slice(14, 23)}`;
}

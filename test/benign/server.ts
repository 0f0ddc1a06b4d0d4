import { createHash } from 'node:crypto';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** A Monday. */
export const START = Date.UTC(2026, 8, 7);

/** Who connects, from where, with what. */
export interface Client {
  user: string;
  database?: string;
  address: string;
  application: string;
}

/** What a session does, beside logging in and out. */
export interface Visit {
  statements?: readonly string[];
  /** Between statements. */
  everyMs?: number;
  /** Statements that break, by SQLSTATE and message. */
  errors?: readonly { sql: string; state: string; message: string }[];
}

interface Row {
  /** When it is written. */
  time: number;
  text: string;
}

/** A server with `log_connections`, `log_disconnections` and `log_statement = all`, as its csvlog tells of it. */
export class Server {
  private rows: Row[] = [];
  private sessions = 0;
  private state: number;

  constructor(name: string) {
    this.state = createHash('sha256').update(name).digest().readUInt32LE();
  }

  /** From 0 up to, and without, `below`; the same in each run (Numerical Recipes' generator). */
  chance(below: number): number {
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.state / 2 ** 32) * below);
  }

  visit(time: number, client: Client, { statements = [], errors = [], everyMs = 400 }: Visit = {}): void {
    const { user, database = 'shop', application } = client;
    const write = this.session(time, client);
    write(0, 'LOG', '00000', `connection received: host=${client.address} port=40000`);
    write(9, 'LOG', '00000', `connection authenticated: identity="${user}" method=scram-sha-256 (/etc/pg_hba.conf:9)`);
    write(
      11,
      'LOG',
      '00000',
      `connection authorized: user=${user} database=${database} application_name=${application}`,
    );
    let at = 20;
    for (const sql of statements) {
      at += everyMs;
      write(at, 'LOG', '00000', `statement: ${sql}`);
    }
    for (const { sql, state, message } of errors) {
      at += everyMs;
      write(at, 'LOG', '00000', `statement: ${sql}`);
      write(at, 'ERROR', state, message, sql);
    }
    write(
      at + 50,
      'LOG',
      '00000',
      `disconnection: session time: 0:00:01.000 user=${user} database=${database} host=${client.address} port=40000`,
    );
  }

  /** A login that the server refuses. */
  refuse(
    time: number,
    client: Client,
    state = '28P01',
    message = `password authentication failed for user "${client.user}"`,
  ): void {
    const write = this.session(time, client);
    write(0, 'LOG', '00000', `connection received: host=${client.address} port=40000`);
    write(8, 'FATAL', state, message);
  }

  /** Somebody who hangs up, or says what is none of the protocol. */
  probe(time: number, address: string, message?: string): void {
    const write = this.session(time, { user: '', address, application: '' });
    write(0, 'LOG', '00000', `connection received: host=${address} port=40000`);
    if (message !== undefined) {
      write(3, 'LOG', '08P01', message);
    }
  }

  /** Says something of itself. */
  say(time: number, message: string): void {
    this.rows.push({
      time,
      text: `${stamp(time)},,,1,,${time.toString(16).slice(-8)}.1,1,,${stamp(time)},,0,LOG,00000,"${message}",,,,,,,,,"","postmaster",,0`,
    });
  }

  /** Takes away what was written from one time to another. */
  lose(from: number, to: number): void {
    this.rows = this.rows.filter(({ time }) => time < from || time >= to);
  }

  /** Writes what was written from one time to another once more, at a later one. */
  repeat(from: number, to: number, at: number): void {
    this.rows.push(...this.between(from, to).map(({ text }) => ({ time: at, text })));
  }

  /** Writes what was written from one time to another at a later one. */
  delay(from: number, to: number, at: number): void {
    this.repeat(from, to, at);
    this.lose(from, to);
  }

  private between(from: number, to: number): Row[] {
    return this.rows.filter(({ time }) => time >= from && time < to).sort((a, b) => a.time - b.time);
  }

  csv(): string {
    return `${this.rows
      .sort((a, b) => a.time - b.time)
      .map(({ text }) => text)
      .join('\n')}\n`;
  }

  private session(start: number, { user, database = 'shop', address, application }: Client) {
    const pid = 1000 + (this.sessions++ % 30_000);
    const id = `${Math.floor(start / 1000).toString(16)}.${pid.toString(16)}`;
    let line = 0;
    return (afterMs: number, severity: string, state: string, message: string, query = '') => {
      const time = start + afterMs;
      const isKnown = line > 0 && user !== '';
      const names = isKnown ? `"${user}","${database}"` : ',';
      const text = `${stamp(time)},${names},${pid},"${address}:40000",${id},${++line},"",${stamp(start)},3/9,0,${severity},${state},${quoted(message)},,,,,,${query === '' ? '' : quoted(query)},,,"${isKnown ? application : ''}","client backend",,0`;
      this.rows.push({ time, text });
    };
  }
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

function stamp(time: number): string {
  return `${new Date(time).toISOString().replace('T', ' ').slice(0, 23)} UTC`;
}

/** Failed logins of one incident: as many as make a burst. */
const GUESSES = 12;
const SESSION_LINES = 5;
const USERS = 40;

/** A csvlog of steady work, with bursts of guesses in it. */
export interface LiveLog {
  /** So many records of a time. */
  work(time: number, records: number): string;
  /** Guesses of one address. */
  incident(time: number, address: string): string;
  readonly records: number;
}

export function liveLog(): LiveLog {
  let session = 0;
  let line = 0;
  let records = 0;
  let guesses = 0;

  return {
    work(time, count) {
      let text = '';
      for (let i = 0; i < count; i++) {
        text += benign(time, session, line++);
        if (line === SESSION_LINES) {
          line = 0;
          session++;
        }
      }
      records += count;
      return text;
    },
    incident(time, address) {
      let text = '';
      for (let i = 0; i < GUESSES; i++) {
        text += guess(time, 1_000_000 + guesses++, address);
      }
      records += GUESSES;
      return text;
    },
    get records() {
      return records;
    },
  };
}

function benign(time: number, session: number, line: number): string {
  const user = `app${session % USERS}`;
  const from = `10.20.${session % 16}.${1 + (session % 200)}:${30_000 + (session % 30_000)}`;
  const head = (name: string, tag: string, step: number) => headOf(time, name, session, from, tag, step);
  switch (line) {
    case 0:
      return `${head('', '', 1)}LOG,00000,"connection received: host=${from.replace(':', ' port=')}",,,,,,,,,"","not initialized",,0\n`;
    case 1:
      return `${head(user, 'authentication', 2)}LOG,00000,"connection authorized: user=${user} database=orders application_name=shop",,,,,,,,,"","client backend",,0\n`;
    case 2:
    case 3:
      return `${head(user, 'SELECT', line + 1)}LOG,00000,"statement: SELECT id, total FROM orders WHERE customer = ${session} LIMIT 10",,,,,,,,,"shop","client backend",,0\n`;
    default:
      return `${head(user, 'idle', 5)}LOG,00000,"disconnection: session time: 0:00:00.100 user=${user} database=orders host=${from.replace(':', ' port=')}",,,,,,,,,"shop","client backend",,0\n`;
  }
}

function guess(time: number, session: number, address: string): string {
  const user = `guess${session % 97}`;
  const head = headOf(time, user, session, `${address}:${20_000 + (session % 40_000)}`, 'authentication', 2);
  return `${head}FATAL,28P01,"password authentication failed for user ""${user}""","Role ""${user}"" does not exist.",,,,,,,,"","client backend",,0\n`;
}

function headOf(time: number, user: string, session: number, from: string, tag: string, step: number): string {
  const stamp = `${new Date(time).toISOString().slice(0, 23).replace('T', ' ')} UTC`;
  const id = `${Math.floor(time / 1000).toString(16)}.${(session & 0x3f_ffff).toString(16)}`;
  const name = user === '' ? ',' : `"${user}","orders"`;
  return `${stamp},${name},${session & 0x3f_ffff},"${from}",${id},${step},"${tag}",${stamp},3/${session},0,`;
}

import { failure } from './failure.ts';

/** Who guesses. */
export const GUESSER = '203.0.113.77';

/** A failed login. */
interface Guess {
  /** `2026-11-29 08:00:00`, milliseconds behind it, both UTC; the same as `2026-11-29T08:00:00.123Z`. */
  day: string;
  millis: string;
  iso: string;
  user: string;
  pid: number;
}

const FAILED = (user: string) => `FATAL:  password authentication failed for user "${user}"`;
const DETAIL = (user: string) => `DETAIL:  Role "${user}" does not exist.`;
const RECEIVED = `LOG:  connection received: host=${GUESSER} port=40000`;

/** How servers tell a failed login, by what they write. */
export const FORMS = {
  stderr: ({ day, millis, user, pid }) => {
    const prefix = `${day}.${millis} UTC [${pid}] ${user}@orders ${GUESSER} `;
    return `${prefix}${FAILED(user)}\n${prefix}${DETAIL(user)}\n`;
  },
  'stderr by default': ({ day, millis, user, pid }) =>
    [RECEIVED, FAILED(user), DETAIL(user)].map((text) => `${day}.${millis} UTC [${pid}] ${text}\n`).join(''),
  rds: ({ day, user, pid }) => `${day} UTC:${GUESSER}(40000):${user}@orders:[${pid}]:${FAILED(user)}\n`,
  syslog: ({ iso, day, millis, user, pid }) =>
    [FAILED(user), DETAIL(user)]
      .map((text, i) => {
        const message = `[${pid}-${i + 1}] ${day}.${millis} UTC [${pid}] ${user}@orders ${GUESSER} ${text}`;
        return `${iso.replace('Z', '+00:00')} db postgres[${pid}]: ${message}\n`;
      })
      .join(''),
  jsonlog: ({ day, millis, user, pid }) =>
    lineOf({
      timestamp: `${day}.${millis} UTC`,
      user,
      dbname: 'orders',
      pid,
      remote_host: GUESSER,
      remote_port: 40000,
      session_id: `6b000000.${pid.toString(16)}`,
      line_num: 2,
      ps: 'authentication',
      error_severity: 'FATAL',
      state_code: '28P01',
      message: FAILED(user).slice('FATAL:  '.length),
      detail: DETAIL(user).slice('DETAIL:  '.length),
      backend_type: 'client backend',
    }),
  cloudsql: ({ day, millis, iso, user, pid }) =>
    [`db=[unknown],user=[unknown] ${RECEIVED}`, `db=orders,user=${user} ${FAILED(user)}`]
      .map((text, i) =>
        lineOf({
          textPayload: `${day}.${millis} UTC [${pid}]: [${i + 1}-1] ${text}`,
          insertId: `s=1;i=${pid}${i};p=${pid}-0-0@a1`,
          timestamp: iso,
          severity: 'ALERT',
          logName: 'projects/shop/logs/cloudsql.googleapis.com%2Fpostgres.log',
        }),
      )
      .join(''),
  azure: ({ day, iso, user, pid }) =>
    [RECEIVED, FAILED(user)]
      .map((text) =>
        lineOf({
          time: iso,
          category: 'PostgreSQLLogs',
          operationName: 'LogEvent',
          properties: {
            timestamp: `${day} UTC`,
            processId: pid,
            errorLevel: text.startsWith('LOG') ? 'LOG' : 'FATAL',
            sqlerrcode: text.startsWith('LOG') ? '00000' : '28P01',
            message: `${day} UTC-6b000000.${pid.toString(16)}-${text}`,
          },
        }),
      )
      .join(''),
} satisfies Record<string, (guess: Guess) => string>;

/** Twelve failed logins of twelve users, a second apart, as a format tells them. */
export function guessing(form: keyof typeof FORMS | 'csvlog', start: number): string[] {
  return Array.from({ length: 12 }, (_, i) => {
    const iso = new Date(start + 1000 * i).toISOString();
    const [day, millis] = [iso.slice(0, 19).replace('T', ' '), iso.slice(20, 23)];
    const guess = { day, millis, iso, user: `guess${i}`, pid: 4000 + i };
    return form === 'csvlog' ? failure(start, i, guess.user) : FORMS[form](guess);
  });
}

function lineOf(members: object): string {
  return `${JSON.stringify(members)}\n`;
}

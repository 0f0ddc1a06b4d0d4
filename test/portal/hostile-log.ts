/** What somebody who can choose a name, a statement or a line of a log may put there, for a page to trip over. */
const HTML = '<img src=x onerror=globalThis.hacked=1>';
const SVG = '"><svg onload=globalThis.hacked=2>';
const FORMULA = "=cmd|'/C calc'!A0";
const LINK = 'javascript:globalThis.hacked=3';
/** A bell, a right-to-left override, a zero-width space, an isolate that is never closed. */
const UNSEEN = '\u0007\u202egnp\u200b\u2066';

/** Names that stand in the log, field by field. */
export const HOSTILE = {
  principal: `${HTML}${UNSEEN}`,
  database: `${SVG}عربى`,
  application: `${FORMULA} ${LINK}`,
  table: `</script><script>globalThis.hacked=4</script>`,
  literal: `${SVG}${UNSEEN}`,
  rejected: `${HTML}${UNSEEN}<iframe src=${LINK}>`,
  comment: `${SVG} [click](${LINK}) https://evil.example/?q=1 ${UNSEEN}`,
} as const;

export const HOSTILE_ADDRESS = '203.0.113.66';
const SECOND_MS = 1000;

/** An hour of csvlog in which somebody guesses, gets in and runs a program, under names of the kind above. */
export function hostileLog(start: number): string {
  const { principal, database, application, table, literal, rejected } = HOSTILE;
  let line = 0;
  const record = (seconds: number, session: number, level: string, code: string, message: string, query = '') => {
    const time = `${new Date(start + seconds * SECOND_MS).toISOString().slice(0, 23).replace('T', ' ')} UTC`;
    const id = `${Math.floor(start / SECOND_MS).toString(16)}.${(5000 + session).toString(16)}`;
    const from = `${HOSTILE_ADDRESS}:${40_000 + session}`;
    const told = [time, principal, database, 5000 + session, from, id, ++line, 'idle', time, `3/${session}`, 0];
    const rest = [level, code, message, '', '', '', '', '', query, '', '', application, 'client backend', '', 0];
    return `${[...told, ...rest].map(quoted).join()}\n`;
  };
  const failures = Array.from({ length: 20 }, (_, n) =>
    record(n, n, 'FATAL', '28P01', `password authentication failed for user "${principal}"`),
  );
  const login = `connection authorized: user=${principal} database=${database} application_name=${application}`;
  return [
    ...failures,
    record(30, 99, 'LOG', '00000', login),
    record(31, 99, 'LOG', '00000', `statement: COPY "${table}" FROM PROGRAM '${literal}'`),
    record(32, 99, 'LOG', '00000', `statement: ALTER ROLE "${principal}" SUPERUSER`),
    `${rejected}\n`,
    record(40, 99, 'LOG', '00000', 'disconnection: session time: 0:00:10.000'),
  ].join('');
}

function quoted(value: string | number): string {
  return typeof value === 'number' ? String(value) : `"${value.replaceAll('"', '""')}"`;
}

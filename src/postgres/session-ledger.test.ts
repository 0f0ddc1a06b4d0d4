import { describe, expect, it } from 'vitest';
import { ActivityClass } from '../model/activity.ts';
import { createPrefixReader } from './log-line-prefix.ts';
import { createSessionLedger } from './session-ledger.ts';
import { logBytes } from './testkit.ts';

const { connection, authentication, statement, disconnection } = ActivityClass;
const START = Date.UTC(2026, 10, 21, 16) / 1000;

interface Line {
  session?: string;
  pid?: number;
  line?: number;
  user?: string;
  class?: number;
}

/** A ledger for a prefix, with what it says of lines told one after another. */
function ledger(prefix: string) {
  const reader = createPrefixReader(prefix);
  const sessions = createSessionLedger(reader.escapes);
  let place = 0;
  const tell = (text: string, activityClass: number, at = ++place) => {
    const source = logBytes(`${text}LOG:  text`);
    expect(reader.read(source, 0, source.end)).toBeGreaterThan(0);
    return sessions.contradicts(source.words, reader.fields, activityClass, at);
  };
  return { sessions, tell };
}

/** Lines under a prefix with everything. */
function fullLedger() {
  const { sessions, tell } = ledger('%m [%p] %c %l %u@%d ');
  return {
    sessions,
    contradicts: (what: Line, at?: number) => {
      const { session = `${START.toString(16)}.64`, pid = 100, line = 1, user = 'app' } = what;
      return tell(`2026-11-21 16:00:00.500 UTC [${pid}] ${session} ${line} ${user}@shop `, what.class ?? statement, at);
    },
  };
}

describe('a line contradicts', () => {
  it('itself, when its session id holds another pid', () => {
    expect(fullLedger().contradicts({ pid: 101 })).toBe(true);
    expect(fullLedger().contradicts({})).toBe(false);
  });

  it('itself, when its session begins after it', () => {
    expect(fullLedger().contradicts({ session: `${(START + 5).toString(16)}.64` })).toBe(false);
    expect(fullLedger().contradicts({ session: `${(START + 60).toString(16)}.64` })).toBe(true);
  });

  it('its session, when its number was there or is behind', () => {
    const { contradicts } = fullLedger();

    expect([7, 8, 8, 3, 9, 12].map((line) => contradicts({ line }))).toEqual([false, false, true, true, false, false]);
  });

  it('its session, when it is of another user', () => {
    const { contradicts } = fullLedger();

    expect(contradicts({ line: 1, user: '[unknown]', class: connection })).toBe(false);
    expect(contradicts({ line: 2, class: authentication })).toBe(false);
    expect(contradicts({ line: 3, user: 'postgres' })).toBe(true);
    expect(contradicts({ line: 3 })).toBe(false);
  });

  it('its session, when that is opened twice', () => {
    const { contradicts } = fullLedger();

    expect(contradicts({ line: 1, user: '[unknown]', class: connection })).toBe(false);
    expect(contradicts({ line: 2, user: '[unknown]', class: connection })).toBe(true);
  });

  it('and again, when it is read again', () => {
    const { contradicts, sessions } = fullLedger();
    const read = () => [contradicts({ line: 5 }, 10), contradicts({ line: 2 }, 20), contradicts({ line: 6 }, 30)];

    expect(read()).toEqual([false, true, false]);
    expect(read()).toEqual([false, true, false]);
    sessions.restart();
    expect(contradicts({ line: 7 }, 0)).toBe(false);
    expect(contradicts({ line: 7 }, 1)).toBe(true);
  });
});

describe('under a prefix without %c, a line of a pid', () => {
  const prefix = '%m [%p] [%l-1] %u@%d ';
  const line = (pid: number, number: number, user: string) =>
    `2026-11-21 16:00:00.500 UTC [${pid}] [${number}-1] ${user}@shop `;

  it('contradicts a session that was seen to open, until that ends', () => {
    const { tell } = ledger(prefix);

    expect(tell(line(100, 1, '[unknown]'), connection)).toBe(false);
    expect(tell(line(100, 3, 'app'), authentication)).toBe(false);
    expect(tell(line(100, 2, 'app'), statement)).toBe(true);
    expect(tell(line(100, 4, 'postgres'), statement)).toBe(true);
    expect(tell(line(100, 5, 'app'), disconnection)).toBe(false);
    expect(tell(line(100, 1, 'postgres'), statement)).toBe(false);
  });

  it('may be of a new process, where openings are not logged', () => {
    const { tell } = ledger(prefix);

    expect(tell(line(100, 50, 'app'), statement)).toBe(false);
    expect(tell(line(100, 3, 'postgres'), statement)).toBe(false);
  });

  it('opens a session anew', () => {
    const { tell } = ledger(prefix);

    expect(tell(line(100, 1, '[unknown]'), connection)).toBe(false);
    expect(tell(line(100, 2, 'app'), authentication)).toBe(false);
    expect(tell(line(100, 1, '[unknown]'), connection)).toBe(false);
    expect(tell(line(100, 2, 'postgres'), authentication)).toBe(false);
  });
});

it('holds a bounded number of sessions, the latest ones', () => {
  const { contradicts } = fullLedger();
  const session = (n: number) => ({ session: `${(START - 40_000 + n).toString(16)}.64`, line: 5 });
  for (let n = 0; n < 40_000; n++) {
    expect(contradicts(session(n))).toBe(false);
  }

  expect(contradicts(session(39_999))).toBe(true);
  expect(contradicts(session(0))).toBe(false);
});

it('knows nothing of lines without a session', () => {
  const { tell } = ledger('%m %u@%d ');

  expect(tell('2026-11-21 16:00:00.500 UTC app@shop ', statement)).toBe(false);
  expect(tell('2026-11-21 16:00:00.500 UTC ann@shop ', statement)).toBe(false);
});

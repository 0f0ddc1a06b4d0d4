import { describe, expect, it } from 'vitest';
import { createPrefixReader } from './log-line-prefix.ts';
import { logBytes, textAt } from './testkit.ts';

const TIME = Date.UTC(2026, 10, 21, 16, 48, 45);

/** What a prefix tells of a line, and what stands behind it. */
function read(prefix: string, line: string, timezone?: string) {
  const reader = createPrefixReader(prefix, timezone);
  const source = logBytes(line);
  const at = reader.read(source, 0, source.end);
  const { fields } = reader;
  return {
    rest: at < 0 ? undefined : textAt(source, { start: at, end: source.end }),
    time: fields.time,
    user: textAt(source, fields.principal),
    database: textAt(source, fields.database),
    address: textAt(source, fields.address),
    application: textAt(source, fields.application),
    pid: fields.pid,
    session: [fields.sessionHigh >>> 0, fields.sessionLow],
    lineNumber: fields.lineNumber,
    state: fields.state < 0 ? '' : textAt(source, { start: fields.state, end: fields.state + 5 }),
    isBackground: reader.isBackground,
    problem: reader.problem,
  };
}

describe('createPrefixReader', () => {
  it('knows the letters in a prefix', () => {
    expect([...createPrefixReader('%m %%u [%5p] %-10u %y %q').escapes].sort()).toEqual(['m', 'p', 'q', 'u']);
  });

  it('reads everything that a prefix can tell', () => {
    const line =
      '2026-11-21 16:48:45.367 UTC 6b01cb6d.40b8 17 app shop 192.0.2.10(41234) psql 28P01 16568 FATAL:  text';

    expect(read('%m %c %l %u %d %r %a %e %p ', line)).toMatchObject({
      rest: 'FATAL:  text',
      time: TIME + 367,
      user: 'app',
      database: 'shop',
      address: '192.0.2.10',
      application: 'psql',
      pid: 16568,
      session: [0x6b01cb6d, 0x40b8],
      lineNumber: 17,
      state: '28P01',
    });
  });

  it.each([
    ['%t', '2026-11-21 16:48:45 UTC', TIME],
    ['%m', '2026-11-21 16:48:45.367 UTC', TIME + 367],
    ['%m', '2026-11-21 18:48:45.367 +02', TIME + 367],
    ['%m', '2026-11-21 13:18:45.367 -0330', TIME + 367],
    ['%n', '1795279725.367', TIME + 367],
    ['%s', '2026-11-21 16:48:45 UTC', Number.NaN],
    ['', '', Number.NaN],
  ])('reads the time of %j from %j', (letters, text, expected) => {
    const { time, rest } = read(`${letters} [%p] `, `${text} [1] LOG:  text`);

    expect([time, rest]).toEqual([expected, 'LOG:  text']);
  });

  it('reads a zone as it is configured, and says what is missing where it is not', () => {
    const line = '2026-07-01 12:00:00.000 IST [1] LOG:  text';

    expect(read('%m [%p] ', line, 'Asia/Kolkata').time).toBe(Date.UTC(2026, 6, 1, 6, 30));
    expect(read('%m [%p] ', line)).toMatchObject({ rest: 'LOG:  text', time: Number.NaN });
    expect(read('%m [%p] ', line).problem).toContain('timezone');
    expect(read('[%p] ', '[1] LOG:  text').problem).toContain('put %m into it');
  });

  it.each([
    ['%r', '192.0.2.10(41234)', '192.0.2.10'],
    ['%r', '2001:db8::1(41234)', '2001:db8::1'],
    ['%r', 'db-client.example.com(41234)', 'db-client.example.com'],
    ['%r', '[local]', ''],
    ['%r', '192.0.2.10', '192.0.2.10'],
    ['%h', '192.0.2.10', '192.0.2.10'],
    ['%h', 'fe80::1%eth0', 'fe80::1%eth0'],
    ['%h', '[local]', ''],
  ])('reads the client %s from %j', (letters, text, address) => {
    const prefix = `%m [%p] ${letters} `;
    const line = `2026-11-21 16:48:45.367 UTC [1] ${text} LOG:  text`;

    expect(read(prefix, line)).toMatchObject({ address, isBackground: false, rest: 'LOG:  text' });
  });

  it('takes [unknown] for no name', () => {
    expect(read('%m [%p] %q%u@%d ', '2026-11-21 16:48:45.367 UTC [1] [unknown]@[unknown] LOG:  text')).toMatchObject({
      user: '',
      database: '',
      isBackground: false,
    });
  });

  it.each([
    ['%m [%p] %q%u@%d ', '2026-11-21 16:48:45.367 UTC [1] LOG:  checkpoint starting: time'],
    ['%m [%p] %u@%d ', '2026-11-21 16:48:45.367 UTC [1] @ LOG:  checkpoint starting: time'],
    ['%t:%r:%u@%d:[%p]:', '2026-11-21 16:48:45 UTC::@:[1]:LOG:  checkpoint starting: time'],
  ])('tells by %j that a process has no client', (prefix, line) => {
    expect(read(prefix, line)).toMatchObject({ isBackground: true, rest: 'LOG:  checkpoint starting: time' });
    expect(read('%m [%p] ', '2026-11-21 16:48:45.367 UTC [1] LOG:  text').isBackground).toBe(false);
  });

  it('reads padded fields, on either side, and longer than their padding', () => {
    const prefix = '%m |%-8u|%8d|%6p|%-6l| ';
    const line = (rest: string) => `2026-11-21 16:48:45.367 UTC ${rest} LOG:  text`;

    expect(read(prefix, line('|app     |    shop|    12|3     |'))).toMatchObject({
      user: 'app',
      database: 'shop',
      pid: 12,
      lineNumber: 3,
      rest: 'LOG:  text',
    });
    expect(read(prefix, line('|long_user_name|long_database|1234567|3     |'))).toMatchObject({
      user: 'long_user_name',
      database: 'long_database',
      pid: 1234567,
    });
  });

  it.each([
    ['%m [%p] %u@%d ', 'ann@example.com@shop', 'ann@example.com', 'shop'],
    ['%m [%p] %u@%d ', 'ann b@shop', 'ann b', 'shop'],
    ['%m [%p] %u %d ', 'ann  shop ', 'ann', ' shop'],
    ['%m [%p] user=%u,db=%d ', 'user=a,b,db=c,d', 'a,b', 'c,d'],
    ['%m [%p] user=%u,db=%d ', 'user=,db=,db=x', '', ',db=x'],
  ])('splits names under %j: %j', (prefix, names, user, database) => {
    expect(read(prefix, `2026-11-21 16:48:45.367 UTC [1] ${names} LOG:  text`)).toMatchObject({ user, database });
  });

  it('reads names with `:` and `@` under the prefix of Amazon RDS', () => {
    const line = '2026-11-21 16:48:45 UTC:fe80::1(59980):a:b@example.com@shop:eu:[16963]:LOG:  text';

    expect(read('%t:%r:%u@%d:[%p]:', line)).toMatchObject({
      address: 'fe80::1',
      user: 'a:b@example.com',
      database: 'shop:eu',
      pid: 16963,
    });
  });

  it('finds the end of an application name by what must follow it', () => {
    const line = '2026-11-21 16:48:45.367 UTC [1] app@shop Tableau 2024.2 x 192.0.2.10 LOG:  text';

    expect(read('%m [%p] %q%u@%d %a %h ', line)).toMatchObject({
      application: 'Tableau 2024.2 x',
      address: '192.0.2.10',
    });
  });

  it('reads a prefix whose last space was lost, or that ends with a name', () => {
    expect(read('%m [%p]', '2026-11-21 16:48:45.367 UTC [1] LOG:  text').rest).toBe('LOG:  text');
    expect(read('%m %u@%d', '2026-11-21 16:48:45.367 UTC app@shopLOG:  text')).toMatchObject({
      database: 'shop',
      rest: 'LOG:  text',
    });
  });

  it.each([
    '',
    'Creating directory /var/lib/postgresql ... ok',
    '2026-11-21 16:48:45,367 INFO: no action',
    '2026-11-21 16:48:45.367 UTC',
    '2026-11-21 16:48:45.367 UTC [x] LOG:  text',
    '2026-11-21 16:48:45.367 UTC [12',
  ])('does not find the prefix in %j', (line) => {
    expect(read('%m [%p] %q%u@%d ', line).rest).toBeUndefined();
  });

  it('reads each line anew, also where the one before was of the same session', () => {
    const reader = createPrefixReader('%m [%p] %q%u@%d %h %l ');
    const told = ['app@shop 192.0.2.1 1', 'app@shop 192.0.2.1 2', 'app@shop 192.0.2.2 3', 'ann@shop 192.0.2.1 4'].map(
      (text) => {
        const source = logBytes(`2026-11-21 16:48:45.367 UTC [1] ${text} LOG:  text`);
        reader.read(source, 0, source.end);
        const { principal, database, address, lineNumber } = reader.fields;
        return `${textAt(source, principal)}@${textAt(source, database)} ${textAt(source, address)} ${lineNumber}`;
      },
    );

    expect(told).toEqual([
      'app@shop 192.0.2.1 1',
      'app@shop 192.0.2.1 2',
      'app@shop 192.0.2.2 3',
      'ann@shop 192.0.2.1 4',
    ]);
  });

  it('tells nothing of the line before where %q ends the prefix, or where there is none', () => {
    const reader = createPrefixReader('%m [%p] %q%u@%d %h %l ');
    const told = ['app@shop 192.0.2.1 7 LOG:  text', 'LOG:  text', 'app@shop 192.0.2.1 7 LOG:  text', 'app'].map(
      (text) => {
        const source = logBytes(`2026-11-21 16:48:45.367 UTC [1] ${text}`);
        reader.read(source, 0, source.end);
        const { principal, database, address, lineNumber } = reader.fields;
        return [principal, database, address].map((span) => textAt(source, span)).concat(String(lineNumber));
      },
    );

    expect(told).toEqual([
      ['app', 'shop', '192.0.2.1', '7'],
      ['', '', '', '0'],
      ['app', 'shop', '192.0.2.1', '7'],
      ['', '', '', '0'],
    ]);
  });

  it.each([
    ['%m [%p] %q%u@%d %r %a ', 'app@shop 192.0.2.10(41234) Tableau 2024.2 x'],
    ['%m [%p] user=%u,db=%d,client=%r,app=%a ', 'user=app,db=shop,client=192.0.2.10(41234),app=Tableau 2024.2 x'],
    ['%m [%p] %a|%d|%u, from %h: ', 'Tableau 2024.2 x|shop|app, from 192.0.2.10:'],
  ])('reads literals of any length, and a last field with spaces, under %j', (prefix, text) => {
    expect(read(prefix, `2026-11-21 16:48:45.367 UTC [1] ${text} LOG:  text`)).toMatchObject({
      user: 'app',
      database: 'shop',
      address: '192.0.2.10',
      application: 'Tableau 2024.2 x',
      rest: 'LOG:  text',
    });
  });

  it('comes to the end of names that are made to be hard, in time', () => {
    const reader = createPrefixReader('%m [%p] %q%u@%d %a %h |');
    const source = logBytes(`2026-11-21 16:48:45.367 UTC [1] ${'@ '.repeat(50_000)}`);
    const start = performance.now();
    for (let i = 0; i < 200; i++) {
      expect(reader.read(source, 0, source.end)).toBe(-1);
    }

    expect(performance.now() - start).toBeLessThan(5000);
  });
});

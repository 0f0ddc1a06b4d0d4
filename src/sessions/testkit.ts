const START = Date.UTC(2026, 0, 5, 8);

/** One line of csvlog, as PostgreSQL 17 writes it. */
export interface Line {
  second?: number;
  session?: string;
  user?: string;
  address?: string;
  severity?: 'LOG' | 'FATAL' | 'ERROR';
  state?: string;
  message: string;
  detail?: string;
  application?: string;
}

export function csv({ second = 0, session = '6afbb86d.1', user = '', ...line }: Line): string {
  const time = `${new Date(START + second * 1000).toISOString().slice(0, 23).replace('T', ' ')} UTC`;
  const quoted = (text: string | undefined) =>
    text === undefined || text === '' ? '' : `"${text.replaceAll('"', '""')}"`;
  const from = quoted(line.address === '[local]' ? '[local]' : `${line.address ?? '10.0.0.5'}:4711`);
  const database = user === '' ? '' : '"orders"';
  const { severity = 'LOG', state = '00000', application = '' } = line;
  return `${time},${quoted(user)},${database},4711,${from},${session},1,"x",${time},,0,${severity},${state},${quoted(line.message)},${quoted(line.detail)},,,,,,,,"${application}","client backend",,0\n`;
}

export const received = (line: Partial<Line> = {}) =>
  csv({ message: 'connection received: host=10.0.0.5 port=4711', ...line });
export const authenticated = (line: Partial<Line> = {}) =>
  csv({ user: 'alice', message: 'connection authenticated: identity="alice" method=scram-sha-256', ...line });
export const authorized = (line: Partial<Line> = {}) =>
  csv({ user: 'alice', message: 'connection authorized: user=alice database=orders application_name=psql', ...line });
export const statement = (line: Partial<Line> = {}) =>
  csv({ user: 'alice', message: "statement: SELECT 'secret'", ...line });
export const disconnection = (line: Partial<Line> = {}) =>
  csv({
    user: 'alice',
    message: 'disconnection: session time: 0:00:01 user=alice database=orders host=10.0.0.5',
    ...line,
  });
export const failure = (line: Partial<Line> = {}) =>
  csv({
    user: 'alice',
    severity: 'FATAL',
    state: '28P01',
    message: 'password authentication failed for user "alice"',
    ...line,
  });

import type { PostgresqlMajor } from '../../test/servers/postgresql.ts';

/** A `log_line_prefix` that people use, and the server that it is recorded with. */
export interface PrefixFamily {
  /** Name of the sample. */
  id: string;
  major: PostgresqlMajor;
  prefix: string;
  settings?: Readonly<Record<string, string>>;
  /** What stands in front of the user in a line of the given time. */
  before: (time: Date) => string;
  /** Between the names, and behind the database. */
  between: string;
  behind: string;
}

export const STDERR_FAMILIES: readonly PrefixFamily[] = [
  {
    id: 'pgbadger',
    major: 13,
    prefix: '%t [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h ',
    before: (time) => `${seconds(time)} [9]: [3-1] user=`,
    between: ',db=',
    behind: ',app=,client=192.0.2.9 ',
  },
  {
    id: 'debian',
    major: 14,
    prefix: '%m [%p] %q%u@%d ',
    before: (time) => `${millis(time)} [9] `,
    between: '@',
    behind: ' ',
  },
  {
    id: 'default',
    major: 15,
    prefix: '%m [%p] ',
    before: (time) => `${millis(time)} [9] LOG:  `,
    between: ' ',
    behind: ' ',
  },
  {
    id: 'session',
    major: 16,
    prefix: '%m %c %l %u %d %e %h ',
    before: (time) => `${millis(time)} ${Math.floor(time.getTime() / 1000).toString(16)}.9 2 `,
    between: ' ',
    behind: ' 00000 192.0.2.9 ',
  },
  {
    id: 'verbose',
    major: 17,
    prefix: '%n [%p] %r %b %i %v %x %Q %P %s |%-12u|%12d| ',
    settings: { log_error_verbosity: 'verbose', compute_query_id: 'on' },
    before: (time) => `${(time.getTime() / 1000).toFixed(3)} [9] 192.0.2.9(1) - - 1/1 0 0  ${seconds(time)} |`,
    between: ' |',
    behind: '| ',
  },
  {
    id: 'names-first',
    major: 18,
    prefix: '%u %d %m [%p] ',
    settings: { log_connections: 'all' },
    before: () => '',
    between: ' ',
    behind: ' ',
  },
];

export const RDS_FAMILY: PrefixFamily = {
  id: 'rds',
  major: 16,
  prefix: '%t:%r:%u@%d:[%p]:',
  before: (time) => `${seconds(time)}:192.0.2.9(1):`,
  between: '@',
  behind: ':[9]:',
};

/** As `%t` and `%m` tell it. */
function seconds(time: Date): string {
  return `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

function millis(time: Date): string {
  return `${time.toISOString().slice(0, 23).replace('T', ' ')} UTC`;
}

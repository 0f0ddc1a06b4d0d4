import type { Resource } from '../model/resource.ts';
import { DEFAULT_LOG_LINE_PREFIX } from '../postgres/log-line-prefix.ts';
import { writePrefix } from '../postgres/write-prefix.ts';
import type { InputPlan } from '../sources/source.ts';

/** RFC 5737: of documentation, so nobody's. */
const ADDRESS = '192.0.2.1';
const DATABASE = 'vedette_selftest';
/** RFC 5424: facility local0, severity notice. */
const SYSLOG_PRIORITY = '<133>1';

/** The marked record of a self-test: a login that failed, of a role that nobody has. */
interface MarkedLogin {
  mark: string;
  /** `2026-11-29T08:00:00.123Z`, and as servers write it. */
  iso: string;
  time: string;
  pid: number;
  resource: Resource;
  prefix: string | undefined;
}

type Write = (login: MarkedLogin) => string;

/** What servers write about it, by format. Formats that are not here are tried by a real login. */
const WRITERS: Readonly<Record<string, Write>> = {
  csvlog: ({ mark, time, pid }) =>
    `${time},"${mark}","${DATABASE}",${pid},"${ADDRESS}:1",${sessionOf(time, pid)},1,"authentication",${time},0/0,0,FATAL,28P01,"${failed(mark).replaceAll('"', '""')}","${detail(mark).replaceAll('"', '""')}",,,,,,,,"","client backend",,0\n`,
  jsonlog: ({ mark, time, pid }) =>
    lineOf({
      timestamp: time,
      user: mark,
      dbname: DATABASE,
      pid,
      remote_host: ADDRESS,
      remote_port: 1,
      session_id: sessionOf(time, pid),
      line_num: 1,
      ps: 'authentication',
      session_start: time,
      error_severity: 'FATAL',
      state_code: '28P01',
      message: failed(mark),
      detail: detail(mark),
      backend_type: 'client backend',
    }),
  stderr: (login) => textOf(login, login.prefix ?? DEFAULT_LOG_LINE_PREFIX),
  rds: (login) => textOf(login, login.prefix ?? '%t:%r:%u@%d:[%p]:'),
  cloudsql: ({ mark, time, iso, pid }) =>
    lineOf({
      textPayload: `${time} [${pid}]: [1-1] db=${DATABASE},user=${mark} FATAL:  ${failed(mark)}`,
      insertId: mark,
      timestamp: iso,
      severity: 'ALERT',
      logName: 'projects/vedette/logs/cloudsql.googleapis.com%2Fpostgres.log',
    }),
  azure: (login) => lineOf(login.resource.engine === 'cosmosdb' ? requestOf(login) : azureLogOf(login)),
};

/**
 * The record as the server of a resource would write it; undefined: nobody knows how.
 *
 * @param sender how messages of syslog are addressed
 */
export function selfTestRecord(
  { format, logLinePrefix, source }: InputPlan,
  resource: Resource,
  mark: string,
  sender: { hostname?: string; appName?: string } = {},
): string | undefined {
  const iso = new Date().toISOString();
  const time = `${iso.slice(0, -1).replace('T', ' ')} UTC`;
  const login = { mark, iso, time, pid: process.pid, resource, prefix: logLinePrefix };
  if (format !== 'syslog') {
    return WRITERS[format]?.(login);
  }
  const lines = textOf(login, logLinePrefix ?? '')
    .split('\n')
    .slice(0, -1);
  const { hostname = 'vedette', appName = 'postgres' } = sender;
  const message = (line: string, i: number) => `[1-${i + 1}] ${line}\n`;
  return lines
    .map((line, i) =>
      source === 'syslog'
        ? `${SYSLOG_PRIORITY} ${iso} ${hostname} ${appName} ${login.pid} - - ${message(line, i)}`
        : `${iso.replace('Z', '+00:00')} ${hostname} postgres[${login.pid}]: ${message(line, i)}`,
    )
    .join('');
}

function textOf({ mark, time, pid }: MarkedLogin, prefix: string): string {
  const seconds = time.replace(/\.\d+/, '');
  const written = writePrefix(prefix, {
    m: time,
    t: seconds,
    s: seconds,
    n: (Date.now() / 1000).toFixed(3),
    p: String(pid),
    c: sessionOf(time, pid),
    l: '1',
    u: mark,
    d: DATABASE,
    h: ADDRESS,
    r: `${ADDRESS}(1)`,
    e: '28P01',
    x: '0',
    v: '0/0',
    i: 'authentication',
    b: 'client backend',
    Q: '0',
  });
  return `${written}FATAL:  ${failed(mark)}\n${written}DETAIL:  ${detail(mark)}\n`;
}

function azureLogOf({ mark, time, iso, pid, resource, prefix = '%t-%c-' }: MarkedLogin): object {
  const written = writePrefix(prefix, {
    t: time.replace(/\.\d+/, ''),
    m: time,
    c: sessionOf(time, pid),
    p: String(pid),
    u: mark,
  });
  return {
    time: iso,
    resourceId: resource.id,
    category: 'PostgreSQLLogs',
    operationName: 'LogEvent',
    properties: {
      timestamp: time,
      processId: pid,
      errorLevel: 'FATAL',
      sqlerrcode: '28P01',
      message: `${written}FATAL:  ${failed(mark)}`,
    },
  };
}

function requestOf({ mark, iso, resource }: MarkedLogin): object {
  return {
    time: iso,
    resourceId: resource.id,
    category: 'DataPlaneRequests',
    operationName: 'Read',
    properties: { statusCode: '401', clientIpAddress: ADDRESS, aadPrincipalId: mark, responseLength: '0' },
  };
}

function failed(mark: string): string {
  return `password authentication failed for user "${mark}"`;
}

function detail(mark: string): string {
  return `Role "${mark}" does not exist.`;
}

/** `%c`: start and pid in hexadecimal. */
function sessionOf(time: string, pid: number): string {
  return `${Math.floor(Date.parse(time.replace(' UTC', 'Z').replace(' ', 'T')) / 1000).toString(16)}.${pid.toString(16)}`;
}

function lineOf(members: object): string {
  return `${JSON.stringify(members)}\n`;
}

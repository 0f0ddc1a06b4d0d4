import { CSVLOG_COLUMNS } from '../../scripts/record/csvlog-columns.ts';

/**
 * The fixed load that DuckDB is measured by: seven columns of each record and six GROUP BYs over them, about what
 * the detectors need to know. `own-counts.ts` gets the same results through Vedette's parsers.
 */
export interface GroupByLoad {
  /** Makes the table `records` of the file that the parameter names. */
  createTable: string;
  /** By name: SELECT of the keys and a number `n`. Written for speed, in DuckDB's favour. */
  queries: Readonly<Record<string, GroupByQuery>>;
}

export interface GroupByQuery {
  keys: readonly string[];
  sql: string;
}

export const LOAD_NAMES = ['csvlog', 'jsonlog', 'cosmos'] as const;
export type LoadName = (typeof LOAD_NAMES)[number];

/** What runs a statement: `log_statement`, the extended protocol, `log_min_duration_statement`, pgaudit. */
const IS_STATEMENT = `(starts_with(message, 'statement: ') OR starts_with(message, 'execute ')
  OR starts_with(message, 'duration: ') OR starts_with(message, 'AUDIT: '))`;
/** SQLSTATE class 28, invalid authorization specification. */
const IS_REFUSAL = `starts_with(sql_state_code, '28')`;
/** Everything but success (00), warning (01) and no data (02): errors, as told without an eighth column. */
const IS_ERROR = `left(sql_state_code, 2) NOT IN ('00', '01', '02')`;
const IS_LOGIN = `starts_with(message, 'connection authorized')`;
/** The host without the port. An IPv6 address holds colons too: the last one counts. */
const CSVLOG_HOST = `left(connection_from, length(connection_from) - strpos(reverse(connection_from), ':'))`;

/** The queries over a log of PostgreSQL. `host` says where the client's address stands. */
function postgresqlQueries(host: string): GroupByLoad['queries'] {
  return {
    byClass: {
      keys: ['class'],
      sql: `SELECT CASE WHEN ${IS_REFUSAL} THEN 'failure'
        WHEN ${IS_ERROR} THEN 'error'
        WHEN ${IS_STATEMENT} THEN 'statement'
        WHEN starts_with(message, 'connection received') THEN 'received'
        WHEN starts_with(message, 'connection authenticated') THEN 'authenticated'
        WHEN ${IS_LOGIN} THEN 'authorized'
        WHEN starts_with(message, 'disconnection') THEN 'disconnection'
        ELSE 'other' END AS class, count(*) AS n FROM records GROUP BY ALL`,
    },
    failuresByHost: {
      keys: ['host'],
      sql: `SELECT ${host} AS host, count(*) AS n FROM records WHERE ${IS_REFUSAL} GROUP BY ALL`,
    },
    loginsByUser: {
      keys: ['user_name'],
      sql: `SELECT user_name, count(*) AS n FROM records WHERE ${IS_LOGIN} GROUP BY ALL`,
    },
    loginsByUserAndHost: {
      keys: ['user_name', 'host'],
      sql: `SELECT user_name, ${host} AS host, count(*) AS n FROM records WHERE ${IS_LOGIN} GROUP BY ALL`,
    },
    statementsByApplication: {
      keys: ['application_name'],
      sql: `SELECT application_name, count(*) AS n FROM records WHERE ${IS_STATEMENT} GROUP BY ALL`,
    },
    recordsByDay: { keys: ['day'], sql: `SELECT left(log_time, 10) AS day, count(*) AS n FROM records GROUP BY ALL` },
  };
}

const CSVLOG: GroupByLoad = {
  createTable: `CREATE TABLE records AS
    SELECT log_time, user_name, database_name, connection_from, sql_state_code, message, application_name
    FROM read_csv(?, auto_detect = false, header = false, delim = ',', quote = '"', escape = '"', new_line = '\\n',
      columns = {${CSVLOG_COLUMNS.map((name) => `'${name}': 'VARCHAR'`).join(', ')}})`,
  queries: postgresqlQueries(CSVLOG_HOST),
};

/** Strings, as in csvlog; keys that the server left out are null. */
const JSONLOG: GroupByLoad = {
  createTable: `CREATE TABLE records AS
    SELECT timestamp AS log_time, "user" AS user_name, dbname AS database_name, remote_host, state_code AS sql_state_code,
      message, application_name
    FROM read_json(?, format = 'newline_delimited', auto_detect = false, columns = {timestamp: 'VARCHAR',
      "user": 'VARCHAR', dbname: 'VARCHAR', remote_host: 'VARCHAR', state_code: 'VARCHAR', message: 'VARCHAR',
      application_name: 'VARCHAR'})`,
  queries: postgresqlQueries('remote_host'),
};

/** DataPlaneRequests: the principal is the Entra object id, else the kind of key. */
const COSMOS: GroupByLoad = {
  createTable: `CREATE TABLE records AS
    SELECT time, resourceId, coalesce(nullif(properties.aadPrincipalId, ''), properties.keyType) AS principal,
      properties.clientIpAddress AS clientIpAddress, properties.statusCode AS statusCode,
      properties.responseLength AS responseLength, properties.userAgent AS userAgent
    FROM read_json(?, format = 'newline_delimited', auto_detect = false, columns = {time: 'VARCHAR', resourceId: 'VARCHAR',
      properties: 'STRUCT(aadPrincipalId VARCHAR, keyType VARCHAR, clientIpAddress VARCHAR, statusCode VARCHAR,
        responseLength BIGINT, userAgent VARCHAR)'})`,
  queries: {
    byPrincipal: { keys: ['principal'], sql: 'SELECT principal, count(*) AS n FROM records GROUP BY ALL' },
    byPrincipalAndAddress: {
      keys: ['principal', 'clientIpAddress'],
      sql: 'SELECT principal, clientIpAddress, count(*) AS n FROM records GROUP BY ALL',
    },
    byStatus: { keys: ['statusCode'], sql: 'SELECT statusCode, count(*) AS n FROM records GROUP BY ALL' },
    bytesByPrincipal: {
      keys: ['principal'],
      sql: 'SELECT principal, sum(responseLength) AS n FROM records GROUP BY ALL',
    },
    byUserAgent: { keys: ['userAgent'], sql: 'SELECT userAgent, count(*) AS n FROM records GROUP BY ALL' },
    recordsByDay: { keys: ['day'], sql: 'SELECT left(time, 10) AS day, count(*) AS n FROM records GROUP BY ALL' },
  },
};

export const LOADS: Readonly<Record<LoadName, GroupByLoad>> = { csvlog: CSVLOG, jsonlog: JSONLOG, cosmos: COSMOS };

/** Results by query; each maps the keys, joined by a tab, to the number. */
export type GroupByResults = Record<string, Record<string, number>>;

/** Groups of a query and the sum of their numbers: enough to make DuckDB do all the work and print next to nothing. */
export type GroupByTotals = Record<string, { groups: number; sum: number }>;

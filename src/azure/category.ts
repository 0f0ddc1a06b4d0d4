import { byteText, startsWith } from '../lib/byte-text.ts';
import { foldedText } from './folded-text.ts';

/** Categories of records that say something of a database or its account. */
export const Category = {
  other: 0,
  dataPlaneRequests: 1,
  queryRuntimeStatistics: 2,
  controlPlaneRequests: 3,
  postgresqlLogs: 4,
  activityLog: 5,
} as const;
export type Category = (typeof Category)[keyof typeof Category];

/** Nearly all records of a busy account or server, as Azure writes their names. */
const DATA_PLANE_REQUESTS = byteText('DataPlaneRequests');
const POSTGRESQL_LOGS = byteText('PostgreSQLLogs');
/** Longer names of categories and tables do not exist. */
const MAX_NAME_BYTES = 40;

/** Names of categories and, for rows of Log Analytics, of tables; lower case. */
const CATEGORIES: ReadonlyMap<string, Category> = new Map([
  ['dataplanerequests', Category.dataPlaneRequests],
  ['cdbdataplanerequests', Category.dataPlaneRequests],
  ['queryruntimestatistics', Category.queryRuntimeStatistics],
  ['cdbqueryruntimestatistics', Category.queryRuntimeStatistics],
  ['controlplanerequests', Category.controlPlaneRequests],
  ['cdbcontrolplanerequests', Category.controlPlaneRequests],
  ['postgresqllogs', Category.postgresqlLogs],
  ['pgsqlserverlogs', Category.postgresqlLogs],
  ['administrative', Category.activityLog],
  ['azureactivity', Category.activityLog],
  // exports of the Activity Log before November 2018 told the kind of operation as its category
  ['write', Category.activityLog],
  ['delete', Category.activityLog],
  ['action', Category.activityLog],
]);

/** The category that a name between `start` and `end` stands for. */
export function categoryOf(words: DataView, start: number, end: number): Category {
  if (end - start === DATA_PLANE_REQUESTS.length && startsWith(words, start, end, DATA_PLANE_REQUESTS)) {
    return Category.dataPlaneRequests;
  }
  if (end - start === POSTGRESQL_LOGS.length && startsWith(words, start, end, POSTGRESQL_LOGS)) {
    return Category.postgresqlLogs;
  }
  if (end === start || end - start > MAX_NAME_BYTES) {
    return Category.other;
  }
  return CATEGORIES.get(foldedText(words, start, end)) ?? Category.other;
}

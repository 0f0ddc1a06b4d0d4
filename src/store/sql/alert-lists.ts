import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { AlertStatus } from '../../model/alert.ts';
import { SEVERITIES } from '../../model/severity.ts';
import type { AlertCount, AlertFilter, StoredAlert } from '../alert-store.ts';
import type { Page, PageRequest } from '../page.ts';
import { storedAlert } from './alert-rows.ts';
import { isInScopes, isOneOf } from './conditions.ts';
import { keyBehind, pageOf, rowsToRead } from './cursor.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';
import { rangeOf, searchedWords } from './words.ts';

type Condition = Expression<SqlBool>;
type Alerts = ExpressionBuilder<Schema, 'alert'>;

/** Newest start first; those of one time by name. */
export async function alertPage(db: Database, filter: AlertFilter, page: PageRequest): Promise<Page<StoredAlert>> {
  const behind = keyBehind(page, [0, '']);
  const rows = await db.sql
    .selectFrom('alert')
    .selectAll()
    .where((eb) => eb.and(conditions(eb, filter, withoutIndex)))
    .$if(behind !== undefined, (query) => query.where((eb) => isBehind(eb, behind as [number, string])))
    .orderBy('start_time', 'desc')
    .orderBy('name')
    .limit(rowsToRead(page))
    .execute();
  return pageOf(page, rows, storedAlert, (row) => [row.start_time, row.name]);
}

export async function alertCounts(db: Database, filter: AlertFilter): Promise<AlertCount[]> {
  const rows = await db.sql
    .selectFrom('alert')
    .select(({ fn }) => ['severity', 'status', fn.countAll<number>().as('count')])
    .where((eb) => eb.and(conditions(eb, filter)))
    .groupBy(['severity', 'status'])
    .orderBy('severity')
    .orderBy('status')
    .execute();
  return rows.map(({ severity, status, count }) => ({
    severity: SEVERITIES[severity] ?? 'Informational',
    status: status as AlertStatus,
    count,
  }));
}

/** The first condition is what an index can begin at. */
function isBehind(eb: Alerts, [time, name]: [number, string]): Condition {
  return eb.and([eb('start_time', '<=', time), eb.or([eb('start_time', '<', time), eb('name', '>', name)])]);
}

/**
 * The column in a form of which there is no index: a range of it would be read in its own order and sorted anew, all of a
 * subscription for each page. So the index by time gives the order, and holds the column too.
 */
const withoutIndex = sql<string>`resource_key || ''`;

/** @param resourceKey as scopes are compared with it */
function conditions(
  eb: Alerts,
  filter: AlertFilter,
  resourceKey: Parameters<typeof isInScopes<Schema, 'alert'>>[1] = 'resource_key',
): Condition[] {
  const severities = filter.severities?.map((severity) => SEVERITIES.indexOf(severity));
  const { from, to, isIncident, isHistorical, correlationKey, scopes } = filter;
  return [
    ...(severities ? [isOneOf(eb, 'severity', severities)] : []),
    ...(filter.statuses ? [isOneOf(eb, 'status', filter.statuses)] : []),
    ...(filter.alertTypes ? [isOneOf(eb, 'alert_type', filter.alertTypes)] : []),
    ...(filter.resourceKeys ? [isOneOf(eb, 'resource_key', filter.resourceKeys)] : []),
    ...(scopes ? [isInScopes(eb, resourceKey, scopes)] : []),
    ...(from !== undefined ? [eb('start_time', '>=', from)] : []),
    ...(to !== undefined ? [eb('start_time', '<', to)] : []),
    ...(isIncident !== undefined ? [eb('is_incident', '=', Number(isIncident))] : []),
    ...(isHistorical !== undefined ? [eb('is_historical', '=', Number(isHistorical))] : []),
    ...(correlationKey !== undefined ? [eb('correlation_key', '=', correlationKey)] : []),
    ...searchedWords(filter.text ?? '').map((word) => holdsWord(eb, word)),
  ];
}

function holdsWord(eb: Alerts, beginning: string): Condition {
  const [from, to] = rangeOf(beginning);
  return eb(
    'name',
    'in',
    eb.selectFrom('alert_word').select('alert_word.name').where('word', '>=', from).where('word', '<', to),
  );
}

import type { Alert } from '../../model/alert.ts';
import type { Archive } from '../open-archive.ts';
import { exportSql, runSql, type SqlFile } from '../run-sql.ts';
import type { SqlFormat, SqlResult } from '../sql-messages.ts';
import type { Hunt } from './hunt.ts';

const DAY_MS = 86_400_000;

/** What a hunt looks at. */
export interface HuntRequest {
  /** Epoch milliseconds; nothing later is looked at. */
  until: number;
  /** Absent: as many as the hunt says. */
  days?: number | undefined;
  /** See `ActivityFilter`. */
  scopes?: readonly string[] | undefined;
  maxRows?: number;
}

export type HuntResult = SqlResult & { since: number; until: number };

/** @param alerts those within the scopes */
export async function runHunt(
  archive: Archive,
  alerts: readonly Alert[],
  hunt: Hunt,
  request: HuntRequest,
): Promise<HuntResult> {
  const { span, ...query } = queryOf(hunt, request);
  return { ...span, ...(await runSql(archive, alerts, { ...query, span })) };
}

export function exportHunt(
  archive: Archive,
  alerts: readonly Alert[],
  hunt: Hunt,
  request: HuntRequest & { format: SqlFormat },
): Promise<SqlFile> {
  return exportSql(archive, alerts, { ...queryOf(hunt, request), format: request.format });
}

function queryOf({ sql, days: usualDays }: Hunt, { until, days = usualDays, scopes, maxRows }: HuntRequest) {
  return {
    sql,
    span: { since: until - days * DAY_MS, until },
    within: scopes === undefined ? {} : { scopes },
    ...(maxRows !== undefined && { maxRows }),
  };
}

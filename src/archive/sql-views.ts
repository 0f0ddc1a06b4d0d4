import type { DuckDBConnection } from '@duckdb/node-api';
import { anyOf, scopeSql, timeSql } from './activity-filter.ts';
import { ACTIVITY_COLUMNS, STATEMENT_COLUMNS } from './activity-table.ts';
import type { SqlTask } from './sql-messages.ts';
import { columnList, fileList, quoted } from './sql-text.ts';

/** A column of the view `alerts`. */
export const ALERT_COLUMNS = [
  { name: 'name', type: 'VARCHAR', description: 'Names the alert.' },
  { name: 'alert_type', type: 'VARCHAR', description: "Microsoft's id of the kind, or ours." },
  { name: 'display_name', type: 'VARCHAR', description: 'What it is called.' },
  { name: 'description', type: 'VARCHAR', description: 'What happened, in one sentence.' },
  { name: 'severity', type: 'VARCHAR', description: 'Informational, Low, Medium or High.' },
  { name: 'status', type: 'VARCHAR', description: 'Active, InProgress, Resolved or Dismissed.' },
  { name: 'start_time', type: 'TIMESTAMPTZ', description: 'First event.' },
  { name: 'end_time', type: 'TIMESTAMPTZ', description: 'Last event.' },
  { name: 'resource_uid', type: 'VARCHAR', description: 'As in `activities`.' },
  { name: 'user_name', type: 'VARCHAR', description: 'The first principal that it is about.' },
  { name: 'src_ip', type: 'VARCHAR', description: 'The first address that it is about.' },
  { name: 'is_incident', type: 'BOOLEAN', description: 'Whether it sums up others.' },
  { name: 'correlation_key', type: 'VARCHAR', description: 'The same for all alerts of one intrusion.' },
] as const;

/** Makes the views that queries are over, then locks everything else. */
export async function createViews(connection: DuckDBConnection, task: SqlTask): Promise<void> {
  await setSpan(connection, task.span);
  await connection.run(`${viewSql('activities', ACTIVITY_COLUMNS, task.activities)} ${limitSql(task)}`);
  await connection.run(viewSql('statements', STATEMENT_COLUMNS, task.statements));
  await connection.run('CREATE VIEW logons AS SELECT * FROM activities WHERE class_uid = 3002');
  const columns = ALERT_COLUMNS.map(({ name, type }) => `${quoted(name)}: ${quoted(type)}`).join(', ');
  await connection.run(
    `CREATE TABLE alerts AS SELECT * FROM read_json(${quoted(task.alerts)}, format = 'newline_delimited', columns = {${columns}})`,
  );
  const allowed = [...task.activities, ...task.statements, ...(task.output === undefined ? [] : [task.output.path])];
  await connection.run(`SET allowed_paths = ${fileList(allowed)}`);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
}

async function setSpan(connection: DuckDBConnection, span: SqlTask['span']): Promise<void> {
  for (const [name, time] of Object.entries(span)) {
    await connection.run(`SET VARIABLE ${name} = ${timeSql(String(time))}`);
  }
}

function limitSql({ within, span, activities }: SqlTask): string {
  if (within === undefined || activities.length === 0) {
    return '';
  }
  const { scopes } = within;
  const isVisible = scopes === undefined ? 'true' : anyOf(scopes.map((scope) => scopeSql(scope, quoted)));
  return `WHERE time < ${timeSql(String(span.until))} AND ${isVisible}`;
}

/** Without files, a view of no rows. */
function viewSql(name: string, columns: readonly { name: string; type: string }[], files: readonly string[]): string {
  const rows =
    files.length === 0
      ? `SELECT ${columns.map((it) => `CAST(NULL AS ${it.type}) AS ${it.name}`).join(', ')} WHERE false`
      : `SELECT ${columnList(columns)} FROM read_parquet(${fileList(files)}, union_by_name = true, hive_partitioning = false)`;
  return `CREATE VIEW ${name} AS ${rows}`;
}

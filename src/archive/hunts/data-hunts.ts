import { type Hunt, SINCE } from './hunt.ts';

/** Who takes what, and with which tool. */
export const DATA_HUNTS: readonly Hunt[] = [
  {
    id: 'new-applications',
    title: 'First use of an application',
    finds: 'Known principals who used an application for the first time.',
    reading:
      'A new version of the same application is a deployment. `psql`, `pg_dump` or a script under the name of a service account is not.',
    days: 7,
    sql: `SELECT min(time) AS first_time, resource_uid, user_name, app_name, list_sort(list(DISTINCT src_ip)) AS addresses,
  count(*) AS activities
FROM activities
WHERE user_name IS NOT NULL AND app_name IS NOT NULL
  AND (resource_uid, user_name) IN (
    SELECT resource_uid, user_name FROM activities WHERE time < ${SINCE} AND user_name IS NOT NULL
  )
GROUP BY resource_uid, user_name, app_name
HAVING first_time >= ${SINCE}
ORDER BY first_time DESC`,
  },
  {
    id: 'tables-read-first',
    title: 'Tables read for the first time',
    finds: 'Tables and containers that a known principal read for the first time.',
    reading: 'Look for accounts that read many new tables on one day, and for tables with people in them.',
    days: 7,
    sql: `WITH touched AS (
  SELECT time, resource_uid, user_name, src_ip, unnest(reads) AS object
  FROM activities JOIN statements USING (fingerprint)
  UNION ALL
  SELECT time, resource_uid, user_name, src_ip, container_name FROM activities WHERE container_name IS NOT NULL
)
SELECT min(time) AS first_time, resource_uid, user_name, object, list_sort(list(DISTINCT src_ip)) AS addresses,
  count(*) AS reads
FROM touched
WHERE user_name IS NOT NULL AND NOT starts_with(object, 'pg_') AND NOT starts_with(object, 'information_schema.')
  AND (resource_uid, user_name) IN (
    SELECT resource_uid, user_name FROM activities WHERE time < ${SINCE} AND user_name IS NOT NULL
  )
GROUP BY resource_uid, user_name, object
HAVING first_time >= ${SINCE}
ORDER BY first_time DESC, object`,
  },
  {
    id: 'biggest-readers',
    title: 'Biggest readers this week against last',
    finds:
      'Who read most in the time looked at, beside the same time before: statements that read, and bytes where the log tells them.',
    reading:
      'A factor far above 1 with the same application is a load test, a new feature, or somebody who takes it all.',
    days: 7,
    sql: `WITH reading AS (
  SELECT a.*, a.time >= ${SINCE} AS is_now
  FROM activities a LEFT JOIN statements s USING (fingerprint)
  WHERE a.user_name IS NOT NULL AND a.status <> 'Failure' AND (a.activity_name = 'dataAccess' OR len(s.reads) > 0)
    AND a.time >= ${SINCE} - (getvariable('until') - ${SINCE})
)
SELECT resource_uid, user_name, count(*) FILTER (is_now) AS reads_now, count(*) FILTER (NOT is_now) AS reads_before,
  round(reads_now / nullif(reads_before, 0), 2) AS factor,
  sum(bytes_out) FILTER (is_now) AS bytes_now, sum(bytes_out) FILTER (NOT is_now) AS bytes_before
FROM reading
GROUP BY resource_uid, user_name
HAVING reads_now > 0
ORDER BY reads_now DESC, user_name
LIMIT 50`,
  },
  {
    id: 'whole-tables',
    title: 'Whole tables handed out',
    finds: 'COPY of tables to a client, and queries of tables without a condition, that are no counts.',
    reading: 'Backups look like this, at the same hour from the same host. Whoever else does, took a copy.',
    days: 7,
    sql: `SELECT resource_uid, user_name, app_name, src_ip, text, count(*) AS times, min(time) AS first_time, max(time) AS last_time
FROM activities JOIN statements USING (fingerprint)
WHERE time >= ${SINCE} AND status <> 'Failure' AND len(reads) > 0
  AND (list_contains(kinds, 'copy') OR regexp_matches(text, '^\\s*select\\s+\\*\\s+from\\s+[\\w."]+\\s*;?\\s*$', 'i'))
GROUP BY resource_uid, user_name, app_name, src_ip, text
ORDER BY last_time DESC, user_name, text
LIMIT 200`,
  },
  {
    id: 'failing-statements',
    title: 'Statements and requests that fail',
    finds: 'Failed statements and requests by principal, application and code.',
    reading:
      'Syntax errors (42601) and unknown columns (42703) from an application that was tested are somebody trying injections; 42501 and 403 are somebody trying doors.',
    days: 7,
    sql: `SELECT resource_uid, user_name, app_name, status_code, count(*) AS failures, count(DISTINCT src_ip) AS addresses,
  min(time) AS first_time, max(time) AS last_time
FROM activities
WHERE time >= ${SINCE} AND status = 'Failure' AND class_uid <> 3002
GROUP BY resource_uid, user_name, app_name, status_code
ORDER BY failures DESC, user_name, app_name
LIMIT 200`,
  },
];

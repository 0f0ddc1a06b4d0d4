/** Queries to begin with, for those who ask in SQL. */
export const SQL_EXAMPLES: readonly { title: string; sql: string }[] = [
  {
    title: 'Who was busiest in the last seven days',
    sql: `SELECT user_name, count(*) AS activities, count(*) FILTER (status = 'Failure') AS failures
FROM activities
WHERE time > now() - INTERVAL 7 DAY
GROUP BY user_name
ORDER BY activities DESC
LIMIT 20`,
  },
  {
    title: 'What was done with a table',
    sql: `SELECT time, user_name, src_ip, text
FROM activities JOIN statements USING (fingerprint)
WHERE list_contains(reads || writes, 'customers')
ORDER BY time DESC
LIMIT 100`,
  },
  {
    title: 'Failed sign-ins by hour and address',
    sql: `SELECT time_bucket(INTERVAL 1 HOUR, time) AS hour, src_ip, count(*) AS failures, count(DISTINCT user_name) AS accounts
FROM logons
WHERE status = 'Failure'
GROUP BY ALL
ORDER BY failures DESC
LIMIT 100`,
  },
  {
    title: 'Activities around an alert',
    sql: `SELECT a.time, a.activity_name, a.user_name, a.src_ip, a.app_name
FROM alerts x JOIN activities a
  ON a.resource_uid = x.resource_uid
  AND a.time BETWEEN x.start_time - INTERVAL 1 HOUR AND x.end_time + INTERVAL 1 HOUR
  AND (a.user_name = x.user_name OR a.src_ip = x.src_ip)
WHERE x.severity = 'High'
ORDER BY a.time DESC
LIMIT 200`,
  },
  {
    title: 'Statements of one network (addresses are ordered as texts in src_ip_key)',
    sql: `SELECT DISTINCT text
FROM activities JOIN statements USING (fingerprint)
WHERE src_ip_key BETWEEN '00000000000000000000ffff0a000000' AND '00000000000000000000ffff0affffff'
LIMIT 100`,
  },
  {
    title: 'Bytes read from each container of Cosmos DB, by day',
    sql: `SELECT CAST(time AS DATE) AS day, container_name, sum(bytes_out) AS bytes
FROM activities
WHERE container_name IS NOT NULL
GROUP BY ALL
ORDER BY day DESC, bytes DESC`,
  },
];

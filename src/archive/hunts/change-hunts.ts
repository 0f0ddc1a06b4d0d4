import { type Hunt, SINCE } from './hunt.ts';

/** Who changed what protects the data. */
export const CHANGE_HUNTS: readonly Hunt[] = [
  {
    id: 'role-changes',
    title: 'Changes of roles, rights and keys',
    finds:
      'Statements that make or change roles and rights, keys that were listed or made anew, and changed configuration.',
    reading: 'Each should have a ticket. Ask for the ones that were made by hand.',
    days: 30,
    sql: `SELECT a.time, a.resource_uid, a.user_name, a.app_name, a.src_ip, coalesce(s.text, a.operation) AS what, a.status
FROM activities a LEFT JOIN statements s USING (fingerprint)
WHERE a.time >= ${SINCE}
  AND (a.activity_name IN ('keyOperation', 'configurationChange')
    OR len(list_filter(s.kinds, lambda kind: regexp_matches(kind, '^(grant|revoke|alterdefault|(create|alter|drop)(role|user|group|policy|extension))'))) > 0)
ORDER BY a.time DESC
LIMIT 500`,
  },
  {
    id: 'schema-changes',
    title: 'Changes of tables and code',
    finds: 'Who created, altered or dropped tables, functions, triggers and the like, by application.',
    reading: 'Migrations run under one account and one application. Others, above all on a weekend, are by hand.',
    days: 30,
    sql: `SELECT resource_uid, user_name, app_name, list_sort(list(DISTINCT kind)) AS kinds, count(*) AS changes,
  list_sort(list(DISTINCT src_ip)) AS addresses, min(time) AS first_time, max(time) AS last_time
FROM (
  SELECT a.*, unnest(s.kinds) AS kind FROM activities a JOIN statements s USING (fingerprint) WHERE a.time >= ${SINCE}
)
WHERE regexp_matches(kind, '^(index|create|alter|drop|truncate|rename|view|rule|composite|definestmt|comment)')
  AND NOT regexp_matches(kind, '(role|user|group)')
GROUP BY resource_uid, user_name, app_name
ORDER BY changes DESC, user_name`,
  },
  {
    id: 'unanswered-alerts',
    title: 'Alerts that nobody answered',
    finds: 'Alerts that are still active, the gravest first, with how many others share their intrusion.',
    reading: 'Several with one correlation key are one story: begin with its first alert.',
    days: 30,
    sql: `SELECT start_time, severity, display_name, resource_uid, user_name, src_ip, name,
  count(*) OVER (PARTITION BY correlation_key) AS of_intrusion
FROM alerts
WHERE status = 'Active' AND NOT is_incident AND start_time >= ${SINCE}
ORDER BY list_position(['High', 'Medium', 'Low', 'Informational'], severity), start_time DESC
LIMIT 200`,
  },
];

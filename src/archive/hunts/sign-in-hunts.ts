import { type Hunt, SINCE } from './hunt.ts';

/** Who comes, from where, and who should not. */
export const SIGN_IN_HUNTS: readonly Hunt[] = [
  {
    id: 'failures-by-source',
    title: 'Failed sign-ins by source',
    finds: 'Addresses that were refused, how many accounts they tried, and whether they got in at last.',
    reading:
      'Many accounts from one address is a spray; one account and one address is often a stale password in a service. `succeeded` beside many failures is the row to look at first.',
    days: 7,
    sql: `SELECT resource_uid, src_ip, any_value(src_country) AS country,
  count(*) FILTER (status = 'Failure') AS failures,
  count(DISTINCT user_name) FILTER (status = 'Failure') AS accounts,
  list_sort(list(DISTINCT user_name) FILTER (status = 'Success' AND activity_name = 'authentication')) AS succeeded,
  min(time) AS first_time, max(time) AS last_time
FROM logons
WHERE time >= ${SINCE}
GROUP BY resource_uid, src_ip
HAVING failures > 0
ORDER BY failures DESC, src_ip`,
  },
  {
    id: 'success-after-failures',
    title: 'Success after failures',
    finds: 'Sign-ins that followed at least five failures from the same address within an hour.',
    reading:
      'A person who mistypes fails two or three times. Five and more, within seconds, is a guess that was right.',
    days: 7,
    sql: `SELECT time, resource_uid, user_name, src_ip, src_country, failures_before
FROM (
  SELECT *, count(*) FILTER (status = 'Failure') OVER (
    PARTITION BY resource_uid, src_ip ORDER BY time RANGE BETWEEN INTERVAL 1 HOUR PRECEDING AND CURRENT ROW
  ) AS failures_before
  FROM logons
  WHERE time >= ${SINCE} AND src_ip IS NOT NULL
)
WHERE activity_name = 'authentication' AND failures_before >= 5
ORDER BY time DESC`,
  },
  {
    id: 'outside-named-networks',
    title: 'Logins outside named networks',
    finds: 'Principals who signed in from addresses that belong to none of your named networks.',
    reading:
      'Name your offices, clusters and VPN exits under `networks` first; what is left then is worth a look, service accounts above all.',
    days: 7,
    sql: `SELECT resource_uid, user_name, src_ip, any_value(src_country) AS country, any_value(src_as_name) AS as_name,
  count(*) AS logins, min(time) AS first_time, max(time) AS last_time
FROM logons
WHERE time >= ${SINCE} AND activity_name = 'authentication' AND src_network IS NULL AND src_ip <> '[local]'
GROUP BY resource_uid, user_name, src_ip
ORDER BY logins DESC, user_name, src_ip`,
  },
  {
    id: 'new-addresses',
    title: 'Addresses that a principal used for the first time',
    finds: 'Known principals who came from an address that they were never seen at before.',
    reading: 'People move between addresses of one provider; a service that does is new, or is not the service.',
    days: 7,
    sql: `SELECT min(time) AS first_time, resource_uid, user_name, src_ip, any_value(src_country) AS country,
  any_value(src_as_name) AS as_name, count(*) AS activities
FROM activities
WHERE user_name IS NOT NULL AND src_ip IS NOT NULL AND status <> 'Failure'
  AND (resource_uid, user_name) IN (
    SELECT resource_uid, user_name FROM activities WHERE time < ${SINCE} AND status <> 'Failure' AND user_name IS NOT NULL
  )
GROUP BY resource_uid, user_name, src_ip
HAVING first_time >= ${SINCE}
ORDER BY first_time DESC`,
  },
  {
    id: 'many-accounts-from-one-address',
    title: 'Many accounts from one address',
    finds: 'Addresses from which two accounts or more signed in.',
    reading: 'A pooler, a jump host and an office look like this. An address of a provider abroad does not.',
    days: 7,
    sql: `SELECT resource_uid, src_ip, any_value(src_network) AS network, any_value(src_country) AS country,
  count(DISTINCT user_name) AS accounts, list_sort(list(DISTINCT user_name)) AS names, count(*) AS logins
FROM logons
WHERE time >= ${SINCE} AND activity_name = 'authentication' AND src_ip <> '[local]'
GROUP BY resource_uid, src_ip
HAVING accounts >= 2
ORDER BY accounts DESC, src_ip`,
  },
  {
    id: 'several-countries-a-day',
    title: 'One account, several countries, one day',
    finds: 'Principals who were active from two countries or more within one day (UTC).',
    reading: 'Travel and VPN exits explain some; a service account has no holidays.',
    days: 14,
    sql: `SELECT CAST(time AS DATE) AS day, resource_uid, user_name, list_sort(list(DISTINCT src_country)) AS countries,
  count(DISTINCT src_ip) AS addresses, count(*) AS activities
FROM activities
WHERE time >= ${SINCE} AND user_name IS NOT NULL AND status <> 'Failure'
GROUP BY day, resource_uid, user_name
HAVING count(DISTINCT src_country) >= 2
ORDER BY day DESC, user_name`,
  },
  {
    id: 'unusual-hours',
    title: 'Sign-ins at hours that are new',
    finds: 'Principals who signed in at an hour of the day (UTC) at which they never did before.',
    reading:
      'Only principals who were seen on at least five days before are judged. A single new hour beside office hours is overtime; three at night is something else.',
    days: 7,
    sql: `WITH logins AS (
  SELECT *, hour(time AT TIME ZONE 'UTC') AS at_hour FROM logons WHERE activity_name = 'authentication'
), usual AS (
  SELECT resource_uid, user_name, list(DISTINCT at_hour) AS hours
  FROM logins WHERE time < ${SINCE}
  GROUP BY resource_uid, user_name
  HAVING count(DISTINCT CAST(time AS DATE)) >= 5
)
SELECT resource_uid, user_name, list_sort(list(DISTINCT at_hour)) AS new_hours, count(*) AS logins,
  list_sort(list(DISTINCT src_ip)) AS addresses, min(time) AS first_time
FROM logins JOIN usual USING (resource_uid, user_name)
WHERE time >= ${SINCE} AND NOT list_contains(hours, at_hour)
GROUP BY resource_uid, user_name
ORDER BY first_time DESC`,
  },
  {
    id: 'unused-accounts',
    title: 'Accounts unused for 60 days',
    finds: 'Principals who were active once, and not within the last 60 days.',
    reading:
      'Lock or drop them: nobody misses an account that is not used, and nobody notices who uses it next. An archive that keeps 90 days tells of those who went quiet within the month before.',
    days: 60,
    sql: `SELECT resource_uid, user_name, max(time) AS last_time,
  date_diff('day', max(time), getvariable('until')) AS days_unused, count(*) AS activities
FROM activities
WHERE user_name IS NOT NULL AND status <> 'Failure'
GROUP BY resource_uid, user_name
HAVING last_time < ${SINCE}
ORDER BY last_time`,
  },
  {
    id: 'unencrypted-sign-ins',
    title: 'Sign-ins without encryption or with weak authentication',
    finds: 'Who signs in without TLS, without a password, or with one that is sent in clear or as MD5.',
    reading: 'Set `hostssl` and `scram-sha-256` in pg_hba.conf for each of these, from the outside in.',
    days: 7,
    sql: `SELECT resource_uid, user_name, src_ip, any_value(src_network) AS network, protection, count(*) AS logins,
  max(time) AS last_time
FROM logons
WHERE time >= ${SINCE} AND activity_name = 'authentication'
  AND regexp_matches(protection, '\\b(unencrypted|trust|password|md5)\\b') AND src_ip <> '[local]'
GROUP BY resource_uid, user_name, src_ip, protection
ORDER BY logins DESC, user_name, src_ip`,
  },
];

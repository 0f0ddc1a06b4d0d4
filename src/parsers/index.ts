import { azure } from './azure/azure.ts';
import { cloudnativepg } from './cloudnativepg/cloudnativepg.ts';
import { cloudsql } from './cloudsql/cloudsql.ts';
import { csvlog } from './csvlog/csvlog.ts';
import { jsonlog } from './jsonlog/jsonlog.ts';
import type { Parser } from './parser.ts';
import { pgbouncer } from './pgbouncer/pgbouncer.ts';
import { rds } from './rds/rds.ts';
import { stderr } from './stderr/stderr.ts';
import { syslog } from './syslog/syslog.ts';
import { inObjects, inTables, unwrapped } from './unwrapped.ts';

/**
 * Every log format that Vedette reads. What comes from a server's own disk may come in an envelope; Azure's may be
 * rows of a table. Google's records and syslog, an envelope itself, may be wrapped in objects.
 */
export const parsers: readonly Parser[] = [
  inTables(azure),
  unwrapped(cloudnativepg, 'json'),
  inObjects(cloudsql),
  unwrapped(csvlog, 'csv'),
  unwrapped(jsonlog, 'json'),
  unwrapped(pgbouncer, 'text'),
  unwrapped(rds, 'text'),
  unwrapped(stderr, 'text'),
  inObjects(syslog),
];

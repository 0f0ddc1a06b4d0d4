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

/** Every log format that Vedette reads. */
export const parsers: readonly Parser[] = [
  azure,
  cloudnativepg,
  cloudsql,
  csvlog,
  jsonlog,
  pgbouncer,
  rds,
  stderr,
  syslog,
];

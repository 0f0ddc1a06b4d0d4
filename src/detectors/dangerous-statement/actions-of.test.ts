import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../sql/shape-of.ts';
import { actionsOf } from './actions-of.ts';

const found = (sql: string) => actionsOf(shapeOf(sql)).map(({ variant, severity }) => [variant, severity]);

describe('by ways that are less known', () => {
  it.each([
    ["CREATE FOREIGN TABLE f (l text) SERVER s OPTIONS (program 'id')", 'program', 'High'],
    ["ALTER FOREIGN TABLE f OPTIONS (SET program 'id')", 'program', 'High'],
    ["DO $$ BEGIN EXECUTE format('COPY %I FROM PROGRAM %L', t, c); END $$", 'program', 'High'],
    ["DO $$ BEGIN EXECUTE 'CO' || 'PY t FROM PRO'||'GRAM ''id'''; END $$", 'program', 'High'],
    ["DO $$ BEGIN EXECUTE 'ALTER ROLE ' || quote_ident(r) || ' SUPER' || 'USER'; END $$", 'privilege', 'High'],
    ["DO $$ BEGIN EXECUTE 'COPY ' || t || ' FROM PROGRAM ' || quote_literal(c); END $$", 'program', 'High'],
    ["DO $$ BEGIN EXECUTE 'COPY t FROM ' || quote_literal('/tmp/' || f) || ' CSV'; END $$", 'file', 'Medium'],
    ["CREATE FOREIGN TABLE f (l text) SERVER s OPTIONS (filename '/etc/passwd')", 'file', 'Medium'],
    ["CREATE FUNCTION f(text) RETURNS text LANGUAGE internal AS 'pg_read_file_all'", 'file', 'High'],
    ["LOAD '/tmp/x.so'", 'language', 'High'],
    ["LOAD '$libdir/plugins/../../../tmp/x.so'", 'language', 'High'],
    ["ALTER SYSTEM SET archive_library = '/tmp/x'", 'language', 'High'],
    ["UPDATE pg_language SET lanpltrusted = true WHERE lanname = 'c'", 'language', 'Medium'],
    ["UPDATE pg_proc SET probin = '/tmp/x.so' WHERE proname = 'f'", 'language', 'Medium'],
    ["UPDATE pg_authid SET rolsuper = true WHERE rolname = 'a'", 'privilege', 'High'],
    ['INSERT INTO pg_catalog.pg_auth_members VALUES (1, 2, 3, true)', 'privilege', 'High'],
    ['ALTER GROUP pg_write_server_files ADD USER a', 'privilege', 'High'],
    ['GRANT postgres TO a', 'privilege', 'Medium'],
    ['GRANT EXECUTE ON FUNCTION pg_read_file(text) TO a', 'privilege', 'Medium'],
    ['COPY pg_authid TO STDOUT', 'password hashes', 'High'],
    ['SELECT string_agg(s::text, chr(10)) FROM pg_shadow s', 'password hashes', 'High'],
    ['SELECT row_to_json(pg_authid) FROM pg_authid', 'password hashes', 'High'],
    ['SELECT b FROM pg_shadow AS t(a, b)', 'password hashes', 'High'],
    ["SELECT query_to_xml('SELECT * FROM pg_shadow', true, true, '')", 'password hashes', 'High'],
    ["SELECT cron.schedule('a', '* * * * *', $$COPY (SELECT 1) TO PROGRAM 'sh x'$$)", 'program', 'High'],
    ["SELECT cron.alter_job(1, command := 'ALTER ROLE a SUPERUSER')", 'privilege', 'High'],
    ["INSERT INTO cron.job (schedule, command) VALUES ('* * * * *', 'COPY t FROM PROGRAM ''id''')", 'program', 'High'],
    ["UPDATE pgagent.pga_jobstep SET jstcode = 'COPY t FROM PROGRAM ''id'''", 'program', 'High'],
    ["SELECT dblink_exec('east', 'ALTER ROLE a SUPERUSER')", 'privilege', 'High'],
    ["SELECT table_to_xml('pg_authid'::regclass, true, true, '')", 'password hashes', 'High'],
    ["UPDATE pg_settings SET setting = 'none' WHERE name = 'log_statement'", 'audit off', 'Medium'],
    ["SELECT set_config('log_' || 'statement', 'none', false)", 'audit off', 'Medium'],
    ['SET log_min_duration_statement = -1', 'audit off', 'Medium'],
    ['SET log_statement_sample_rate = 0', 'audit off', 'Medium'],
    ['DROP EXTENSION pgaudit', 'audit off', 'Medium'],
    ["SELECT * FROM dblink('host=127.0.0.1 user=postgres', 'SELECT 1') AS t(a int)", 'outside connection', 'Low'],
    ["SELECT dblink_exec('postgresql://a@x/' || current_user, 'SELECT 1')", 'outside connection', 'Low'],
    ["DO $$ BEGIN PERFORM dblink_exec('host=203.0.113.9', 'SELECT 1'); END $$", 'outside connection', 'Low'],
    ["ALTER SERVER s OPTIONS (SET host '203.0.113.9')", 'outside connection', 'Low'],
    ["ALTER SUBSCRIPTION s CONNECTION 'host=203.0.113.9'", 'outside connection', 'Low'],
  ])('%s is of %s', (sql, variant, severity) => {
    expect(found(sql)).toEqual([[variant, severity]]);
  });
});

describe('what differs in one thing is harmless', () => {
  it.each([
    "CREATE FOREIGN TABLE f (l text) SERVER s OPTIONS (table_name 'program')",
    'ALTER FOREIGN TABLE f OPTIONS (DROP program)',
    "DO $$ BEGIN EXECUTE format('ALTER TABLE %I SET (fillfactor = %s)', t, 90); END $$",
    "DO $$ BEGIN EXECUTE 'ALTER ROLE ' || quote_ident(r) || ' NOSUPER' || 'USER'; END $$",
    "DO $$ BEGIN EXECUTE 'COMMENT ON ROLE ' || r || ' IS ' || quote_literal('SUPERUSER'); END $$",
    "CREATE FUNCTION f(text) RETURNS text LANGUAGE internal AS 'textlen'",
    "LOAD '$libdir/plugins/plugin_debugger'",
    "LOAD 'auto_explain'",
    "ALTER SYSTEM SET archive_library = 'basic_archive'",
    "SET session_preload_libraries = '$libdir/auto_explain'",
    'SELECT lanname FROM pg_language WHERE lanpltrusted',
    "UPDATE app.pg_authid SET rolsuper = true WHERE rolname = 'a'",
    'ALTER GROUP pg_write_server_files DROP USER a',
    'GRANT app TO postgres',
    'REVOKE EXECUTE ON FUNCTION pg_read_file(text) FROM a',
    'GRANT EXECUTE ON FUNCTION pg_ls_dir(text) TO a',
    'COPY pg_authid (rolname, oid) TO STDOUT',
    'SELECT string_agg(s.usename, chr(10)) FROM pg_shadow s',
    'SELECT s FROM orders s',
    "SELECT query_to_xml('SELECT usename FROM pg_shadow', true, true, '')",
    "SELECT table_to_xml('orders', true, true, '')",
    "UPDATE pg_settings SET setting = 'all' WHERE name = 'log_statement'",
    "SELECT set_config('work_' || 'mem', '1GB', false)",
    'SET log_min_duration_statement = 0',
    'ALTER SYSTEM SET log_min_duration_sample = 0',
    'DROP EXTENSION pgcrypto',
    "SELECT * FROM dblink('east', 'SELECT a FROM t WHERE b = 1') AS t(a int)",
    "DO $$ BEGIN PERFORM dblink_exec('east', 'UPDATE t SET a = 1'); END $$",
    "SELECT cron.schedule('vacuum', '0 3 * * *', 'VACUUM ANALYZE orders')",
    "SELECT shop.schedule('a', '* * * * *', $$COPY (SELECT 1) TO PROGRAM 'sh x'$$)",
    "INSERT INTO shop.job (schedule, command) VALUES ('* * * * *', 'COPY t FROM PROGRAM ''id''')",
    "ALTER SERVER s OPTIONS (SET fetch_size '1000')",
    'ALTER SUBSCRIPTION s DISABLE',
  ])('%s', (sql) => {
    expect(found(sql)).toEqual([]);
  });
});

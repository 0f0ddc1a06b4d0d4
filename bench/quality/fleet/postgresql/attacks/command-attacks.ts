import type { Random } from '../../draws.ts';
import { releasesOf } from '../habits/app-traffic.ts';
import type { ServerWorld } from '../server-world.ts';
import type { Step } from '../statement-rows.ts';
import { logsStatements, type ServerAttack, strangeAddress, victim } from './server-attack.ts';

export const COMMAND_ATTACKS: readonly ServerAttack[] = [
  command('a program is run on the server', () => [
    'DROP TABLE IF EXISTS cmd_exec',
    'CREATE TABLE cmd_exec(cmd_output text)',
    "COPY cmd_exec FROM PROGRAM 'id'",
    'SELECT * FROM cmd_exec',
    "COPY cmd_exec FROM PROGRAM 'echo d2dldA==|base64 -d|sh'",
  ]),
  command('a superuser is made', () => [
    "CREATE ROLE psql_svc WITH SUPERUSER LOGIN PASSWORD 'x'",
    'GRANT pg_execute_server_program TO monitoring',
  ]),
  command('password hashes are read', () => [
    'SELECT usename, passwd FROM pg_shadow',
    'SELECT rolname, rolpassword FROM pg_authid',
  ]),
  command('logging is switched off', () => [
    "ALTER SYSTEM SET log_statement = 'none'",
    "ALTER SYSTEM SET log_connections = 'off'",
    'SELECT pg_reload_conf()',
  ]),
  command('the data are taken for ransom', ({ schema }) => [
    ...schema.tables.map(({ name }) => `DROP TABLE ${name} CASCADE`),
    'CREATE TABLE readme_to_recover (note text)',
    "INSERT INTO readme_to_recover VALUES ('All your data is backed up. Pay 0.1 BTC.')",
  ]),
  command('code is brought in through a language', () => [
    'CREATE EXTENSION IF NOT EXISTS plpython3u',
    'CREATE FUNCTION run(c text) RETURNS text AS $$ import os; return os.popen(c).read() $$ LANGUAGE plpython3u',
    "SELECT run('id')",
  ]),
  {
    title: 'the role of the application tries to read a file of the server',
    difficulty: 'hard',
    expects: ['dangerous-statement'],
    suits: logsStatements,
    run(world, _, from) {
      const address = world.app.addressAt(from);
      const steps: Step[] = [
        {
          afterMs: 60,
          sql: "SELECT pg_read_file('/etc/passwd', 0, 200)",
          error: { state: '42501', message: 'permission denied for function pg_read_file' },
        },
      ];
      const to = world.log.session(
        from,
        world.client(world.app.user, releasesOf(world)(from).application, address),
        steps,
      );
      return { principals: [world.app.user], addresses: [address], to };
    },
  },
  {
    title: 'an insider makes a colleague powerful',
    difficulty: 'hard',
    expects: ['dangerous-statement'],
    suits: logsStatements,
    run(world, random, from) {
      const insider = victim(world, random, 'administrator');
      const address = insider.addressOn(Math.floor(world.dayOf(from)));
      const friend = world.people.at(-1)!.user;
      const steps: Step[] = [{ afterMs: 50_000, sql: `ALTER ROLE ${friend} WITH SUPERUSER` }];
      const to = world.log.session(from, world.client(insider.user, insider.tools[0]!, address), steps);
      return { principals: [insider.user], addresses: [address], to };
    },
  },
];

function command(title: string, statements: (world: ServerWorld, random: Random) => readonly string[]): ServerAttack {
  return {
    title,
    difficulty: 'plain',
    expects: ['dangerous-statement'],
    suits: logsStatements,
    run(world, random, from) {
      const { user } = victim(world, random, 'administrator');
      const address = strangeAddress(world, random);
      const steps = statements(world, random).map((sql) => ({ afterMs: 6000, sql }));
      const to = world.log.session(from, world.client(user, 'psql', address), steps);
      return { principals: [user], addresses: [address], to };
    },
  };
}

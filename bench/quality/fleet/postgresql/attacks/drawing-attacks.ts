import { addressIn } from '../../addresses.ts';
import { DAY_MS, localTime, START } from '../../calendar.ts';
import { between, type Random, some, whole } from '../../draws.ts';
import { dumpSteps } from '../habits/backup-night.ts';
import type { Step } from '../statement-rows.ts';
import { logsStatements, type ServerAttack, victim } from './server-attack.ts';

/** Tables of others that nobody of this server reads. */
const DEPARTMENTS = ['hr', 'payroll', 'legal', 'board', 'audit'];
const SUBJECTS = ['people', 'salaries', 'contracts', 'reviews', 'accounts'];

/** What an insider, or who has the password of one, takes by hand: from where people work, by day, with their tools. */
export const DRAWING_ATTACKS: readonly ServerAttack[] = [
  {
    title: 'an insider draws a table out by pages, over three days',
    difficulty: 'hard',
    expects: ['data-exfiltration'],
    suits: logsStatements,
    run(world, random, from) {
      const { name } = random.pick(world.schema.tables);
      const size = random.pick([1000, 2000, 5000]);
      return byDays(world, random, from, 3, (day) =>
        Array.from({ length: 25 }, (_, n) => pageOf(name, size, 25 * day + n, whole(random, 15, 90))),
      );
    },
  },
  {
    title: 'an insider reads one row after another',
    difficulty: 'hard',
    expects: ['data-exfiltration'],
    suits: logsStatements,
    run(world, random, from) {
      const { name } = random.pick(world.schema.tables);
      const first = random.below(5000);
      return byDays(world, random, from, 2, (day) =>
        Array.from({ length: 1500 }, (_, n) => ({
          afterMs: 300 + random.below(900),
          sql: `SELECT * FROM ${name} WHERE id = ${first + 1500 * day + n}`,
          rows: 1,
        })),
      );
    },
  },
  {
    title: 'a role that an intruder made dumps every table, from where people work',
    difficulty: 'hard',
    expects: ['data-exfiltration'],
    suits: logsStatements,
    run(world, random, from) {
      const user = random.pick(['svc_report', 'audit_ro', 'helper', 'tmp_admin']);
      const day = Math.floor((from - START) / DAY_MS);
      const address = addressIn(random, world.company.office.first, world.company.office.size);
      const time = localTime(day + 1, between(random, 9, 16), world.company.zone);
      const to = world.log.session(
        time,
        world.client(user, 'psql', address),
        dumpSteps(random, world.schema.tables, 1),
      );
      return { principals: [user], addresses: [], from: time, to };
    },
  },
  {
    title: 'an insider dumps tables from the office',
    difficulty: 'hard',
    expects: ['data-exfiltration'],
    suits: logsStatements,
    run(world, random, from) {
      return byDays(
        world,
        random,
        from,
        1,
        () => dumpSteps(random, some(random, world.schema.tables, 4), 1),
        'pg_dump',
      );
    },
  },
  {
    title: 'an insider looks through what is none of theirs',
    difficulty: 'hard',
    expects: ['data-exfiltration'],
    suits: logsStatements,
    run(world, random, from) {
      const tables = DEPARTMENTS.flatMap((department) => SUBJECTS.map((subject) => `${department}.${subject}`));
      return byDays(world, random, from, 1, () =>
        tables.map((table) => ({
          afterMs: whole(random, 10, 60) * 1000,
          sql: `SELECT * FROM ${table} ORDER BY id LIMIT 100`,
          rows: 100,
        })),
      );
    },
  },
];

function pageOf(name: string, size: number, page: number, seconds: number): Step {
  const sql = `SELECT * FROM ${name} ORDER BY id LIMIT ${size} OFFSET ${size * page}`;
  return { afterMs: 1000 * seconds, sql, rows: size };
}

/** One session a day, in working hours, by somebody of the staff with the usual tool, unless another is given. */
function byDays(
  world: Parameters<ServerAttack['run']>[0],
  random: Random,
  from: number,
  days: number,
  stepsOf: (day: number) => Step[],
  tool?: string,
): ReturnType<ServerAttack['run']> {
  const person = victim(world, random, 'analyst', 'developer');
  const first = Math.floor((from - START) / DAY_MS) + 1;
  const addresses: string[] = [];
  let to = from;
  for (let day = 0; day < days; day++) {
    const address = person.addressOn(first + day);
    addresses.push(address);
    const time = localTime(first + day, person.startHour + between(random, 1, 6), person.zone);
    to = world.log.session(time, world.client(person.user, tool ?? person.tools[0]!, address), stepsOf(day));
  }
  return { principals: [person.user], addresses, to };
}

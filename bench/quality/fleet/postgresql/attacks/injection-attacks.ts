import { MINUTE_MS } from '../../calendar.ts';
import { hexText, type Random, whole } from '../../draws.ts';
import { releasesOf } from '../habits/app-traffic.ts';
import type { ServerWorld } from '../server-world.ts';
import type { Step } from '../statement-rows.ts';
import { logsStatements, type ServerAttack } from './server-attack.ts';

/** What is put behind the value of a parameter, and how the statement ends if it fails. */
type Payload = readonly [text: string, error?: Step['error']];

const syntax = (near: string): Step['error'] => ({
  state: '42601',
  message: `syntax error at or near "${near}"`,
  position: 60,
});

export const INJECTION_ATTACKS: readonly ServerAttack[] = [
  injection('a tool injects by UNION', 'plain', 40, unionPayload),
  injection('a tool injects by error messages', 'plain', 40, errorPayload),
  injection('a tool injects by waiting', 'plain', 25, (random) => [
    ` AND ${random.below(9999)}=(SELECT ${random.below(9999)} FROM PG_SLEEP(5))`,
  ]),
  injection('a tool injects letter by letter', 'hard', 120, blindPayload),
  injection('four requests are made by hand, hours apart', 'hard', 4, handMadePayload, 45 * MINUTE_MS),
];

function injection(
  title: string,
  difficulty: ServerAttack['difficulty'],
  requests: number,
  payloadOf: (random: Random, index: number) => Payload,
  gapMs = 700,
): ServerAttack {
  return {
    title,
    difficulty,
    expects: ['sql-injection'],
    suits: logsStatements,
    run(world, random, from) {
      const { prefix, quote } = weakSpot(world, random);
      const address = world.app.addressAt(from);
      const client = world.client(world.app.user, releasesOf(world)(from).application, address);
      let to = from;
      for (let index = 0; index < requests; index++) {
        const [text, error] = payloadOf(random, index);
        const sql = `${prefix}${quote}${1 + random.below(900)}${quote}${text}`;
        to = world.log.session(to + gapMs + random.below(gapMs), client, [
          error ? { afterMs: 5, sql, error } : { afterMs: 5, sql },
        ]);
      }
      return { principals: [client.user], addresses: [address], to };
    },
  };
}

/** A query that the application puts together itself. */
function weakSpot(world: ServerWorld, random: Random): { prefix: string; quote: string } {
  const { name, columns } = random.pick(world.schema.tables);
  return { prefix: `SELECT ${columns.slice(0, 3).join(', ')} FROM ${name} WHERE id = `, quote: random.pick(['', "'"]) };
}

function unionPayload(random: Random, index: number): Payload {
  if (index < 6) {
    const columns = index + 1;
    return [
      ` ORDER BY ${columns}-- ${hexText(random, 4)}`,
      columns > 3
        ? { state: '42P10', message: `ORDER BY position ${columns} is not in select list`, position: 70 }
        : undefined,
    ];
  }
  const cell = `(CHR(113)||CHR(98)||CHR(${97 + random.below(20)})||CHR(113))||(COALESCE(CAST(usename AS VARCHAR(10000)),(CHR(32))))||(CHR(113))`;
  return [` UNION ALL SELECT NULL,${cell},NULL FROM pg_user OFFSET ${index}-- ${hexText(random, 4)}`];
}

function errorPayload(random: Random, index: number): Payload {
  if (index < 3) {
    return [`${hexText(random, 5)}'"(`, syntax(`'"(`)];
  }
  return [
    ` AND ${random.below(9999)}=CAST((CHR(113)||CHR(98))||(SELECT COALESCE(CAST(current_database() AS VARCHAR(10000)),(CHR(32))))::text||(CHR(113)) AS NUMERIC)`,
    { state: '22P02', message: `invalid input syntax for type numeric: "qb${hexText(random, 6)}q"` },
  ];
}

function blindPayload(random: Random): Payload {
  const position = whole(random, 1, 30);
  return [
    ` AND ASCII(SUBSTRING((SELECT COALESCE(CAST(passwd AS VARCHAR(10000)),(CHR(32))) FROM pg_shadow OFFSET 0 LIMIT 1)::text FROM ${position} FOR 1))>${random.below(127)}`,
  ];
}

function handMadePayload(_: Random, index: number): Payload {
  return (
    [
      ["'", syntax("'")],
      [' OR 1=1--'],
      [' UNION SELECT NULL, version(), NULL--'],
      [' UNION SELECT NULL, table_name, NULL FROM information_schema.tables--'],
    ] as const
  )[index % 4]!;
}

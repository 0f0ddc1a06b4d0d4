import { every } from './every.ts';
import { ALICE, at, BACKUP, BILLING, BOB, DAYS, dump, live, MIGRATOR, OFFICE, SHOP, TABLES, TRIED } from './habits.ts';
import { NETWORK_CASES } from './network-cases.ts';
import { type Client, HOUR, type Server } from './server.ts';

const from = (address: string, client: Client): Client => ({ ...client, address });
const pod = (n: number, client: Client = SHOP[0]!) => from(`10.20.${n % 4}.${20 + (n % 200)}`, client);
const FULL = 'sorry, too many clients already';

/** What must not raise more than a note, each on a server of its own with its usual weeks. */
export const BENIGN: Readonly<Record<string, (server: Server) => void>> = {
  ...NETWORK_CASES,

  'nothing at all': live,

  'an expired password loops in a service for two days'(server) {
    live(server);
    every(at(TRIED, 9), at(TRIED + 2, 9), 30_000, (time) => server.refuse(time, BILLING));
  },

  'a password is rotated, and one pod has the old one until it restarts'(server) {
    live(server);
    every(at(TRIED, 9), at(TRIED, 11), 5000, (time) => server.refuse(time, SHOP[1]!));
    server.visit(at(TRIED, 11, 1), SHOP[1]!);
  },

  'people mistype their passwords, some several times'(server) {
    live(server);
    for (let day = TRIED; day < TRIED + 5; day++) {
      for (let n = 0; n < 2 + (day % 3); n++) {
        server.refuse(at(day, 7, n), ALICE);
      }
      server.visit(at(day, 7, 9), ALICE);
      server.refuse(at(day, 12), from(OFFICE, { ...BOB, user: 'bbo' }), '28P01');
    }
    for (let n = 0; n < 7; n++) {
      server.refuse(at(TRIED, 15, n), BOB);
    }
    server.visit(at(TRIED, 15, 12), BOB);
  },

  'pools start, and storm back after an outage that filled the server'(server) {
    live(server);
    server.say(at(TRIED, 9), 'database system is ready to accept connections');
    every(at(TRIED, 9), at(TRIED, 9) + 20_000, 40, (time, n) =>
      server.visit(time, SHOP[n % 3]!, { statements: ['SELECT 1'] }),
    );
    every(at(TRIED, 10), at(TRIED, 10, 5), 200, (time, n) => server.refuse(time, SHOP[n % 3]!, '53300', FULL));
    every(at(TRIED, 10), at(TRIED, 10, 2), 500, (time) =>
      server.refuse(time, BILLING, '57P03', 'the database system is starting up'),
    );
    every(at(TRIED, 10, 6), at(TRIED, 10, 8), 100, (time, n) => server.visit(time, SHOP[n % 3]!));
  },

  'the application is deployed anew with new statements, name and driver'(server) {
    const renamed = SHOP.map((client) => ({ ...client, application: 'shop-api/2.0.0' }));
    live(server, { pods: (day) => (day < TRIED ? SHOP : renamed) });
    every(at(TRIED, 9), at(TRIED + 1, 9), HOUR, (time, n) =>
      server.visit(time, renamed[n % 3]!, {
        statements: [
          'SELECT p.id, p.name FROM products p JOIN stock s ON s.product_id = p.id WHERE s.count > 0 LIMIT 50',
          'SELECT set_config($$app.user$$, $$4$$, false)',
        ],
        errors: [
          {
            sql: 'SELECT disconut FROM orders WHERE id = 3',
            state: '42703',
            message: 'column "disconut" does not exist',
          },
        ],
      }),
    );
  },

  'pods come and go in the usual network, and are scaled out tenfold'(server) {
    live(server, {
      pods: (day) =>
        day < TRIED ? [pod(day), pod(day + 1), pod(day + 2)] : Array.from({ length: 30 }, (_, n) => pod(7 * n + day)),
    });
  },

  'a new node pool brings a subnet of its own to the network of a service'(server) {
    live(server, {
      pods: (day) => (day < TRIED ? SHOP : [...SHOP, from('10.20.5.40', SHOP[0]!), from('10.20.5.41', SHOP[0]!)]),
    });
  },

  'the backup grows: more tables each week, and a table of the new release'(server) {
    live(server, {
      backup: (day) => dump([...TABLES, ...Array.from({ length: Math.floor(day / 7) }, (_, n) => `archive_${n}`)]),
    });
  },

  'the backup is made twice, and by day, after one that failed'(server) {
    live(server, { backup: (day) => (day === TRIED ? undefined : dump(TABLES)) });
    server.visit(at(TRIED, 9), BACKUP, { statements: dump(TABLES) });
    server.visit(at(TRIED, 10), BACKUP, { statements: dump(TABLES) });
  },

  'the month ends: reports, longer work, and exports as the month before'(server) {
    live(server);
    for (const day of [7, TRIED + 1]) {
      for (const hour of [8, 11, 15, 17]) {
        server.visit(at(day, hour), BOB, {
          everyMs: 20_000,
          statements: ['invoices', 'payments'].map(
            (table) => `SELECT * FROM ${table} WHERE created_on >= '2026-09-01' ORDER BY id`,
          ),
        });
      }
      server.visit(at(day, 18), BILLING, {
        statements: [
          'SELECT customer_id, sum(total) FROM invoices GROUP BY customer_id',
          'COPY (SELECT * FROM invoices WHERE month = 9) TO STDOUT',
        ],
      });
    }
  },

  'a migration runs with much DDL, a backfill, roles and grants'(server) {
    live(server);
    server.visit(at(TRIED + 2, 15), MIGRATOR, {
      statements: [
        'BEGIN',
        ...TABLES.flatMap((table) => [
          `ALTER TABLE ${table} ADD COLUMN tenant_id int`,
          `UPDATE ${table} SET tenant_id = 1`,
          `CREATE INDEX ON ${table} (tenant_id)`,
        ]),
        'DROP TABLE orders_old',
        'CREATE ROLE reporting NOLOGIN',
        'GRANT SELECT ON ALL TABLES IN SCHEMA public TO reporting',
        'COMMIT',
      ],
    });
  },

  'a day of the log is missing'(server) {
    live(server);
    server.lose(at(TRIED - 8, 0), at(TRIED - 7, 0));
    server.lose(at(TRIED, 0), at(TRIED + 1, 0));
  },

  'the log of two weeks is missing, and the first days of everything are back'(server) {
    live(server);
    server.lose(at(14, 0), at(28, 0));
  },

  'a day of the log comes twice, the second time a day later'(server) {
    live(server);
    server.repeat(at(TRIED, 0), at(TRIED + 1, 0), at(TRIED + 2, 0));
  },

  'half a day of the log comes six hours late'(server) {
    live(server);
    server.delay(at(TRIED, 6), at(TRIED, 12), at(TRIED, 18));
  },

  'developers break statements all day'(server) {
    live(server);
    for (let day = TRIED; day < TRIED + 5; day++) {
      for (const hour of [8, 9, 11, 14]) {
        server.visit(at(day, hour), BOB, {
          everyMs: 15_000,
          errors: [
            {
              sql: "SELECT * FROM orders WHERE name = 'O'Brien'",
              state: '42601',
              message: 'syntax error at or near "Brien"',
            },
            { sql: 'SELECT foo FROM orders', state: '42703', message: 'column "foo" does not exist' },
            { sql: 'SELECT * FROM ordres', state: '42P01', message: 'relation "ordres" does not exist' },
            { sql: 'SELECT 1/0', state: '22012', message: 'division by zero' },
          ],
        });
      }
    }
  },

  'a user of the application looks for names with quotes in them'(server) {
    live(server);
    for (let n = 0; n < 30; n++) {
      server.visit(at(TRIED, 9, n), SHOP[0]!, {
        statements: [`SELECT * FROM customers WHERE email = 'o''hara or 1=1 -- ${n}' LIMIT 1`],
      });
    }
  },

  'a colleague joins, with a role of his own, from the office'(server) {
    live(server);
    server.visit(at(TRIED, 8), MIGRATOR, {
      statements: ["CREATE ROLE carol LOGIN PASSWORD 'x'", 'GRANT SELECT ON orders TO carol'],
    });
    for (let day = TRIED; day < TRIED + 5; day++) {
      server.visit(
        at(day, 9),
        { user: 'carol', address: OFFICE, application: 'psql' },
        { everyMs: 60_000, statements: ['SELECT count(*) FROM orders', 'SELECT * FROM orders WHERE id = 4'] },
      );
    }
  },

  'somebody comes back from three weeks of holidays'(server) {
    live(server);
    const bobAway = (day: number) => day >= 14 && day < TRIED;
    const away: Client = { user: 'dora', address: OFFICE, application: 'psql' };
    for (let day = 0; day < DAYS; day++) {
      if (day % 7 < 5 && !bobAway(day)) {
        server.visit(at(day, 9, 20), away, { statements: ['SELECT * FROM payments WHERE id = 3'] });
      }
    }
  },

  'a crash of a client leaves sessions without ends, and a failover opens all of them again'(server) {
    live(server);
    server.say(at(TRIED, 9), 'received promote request');
    every(at(TRIED, 9), at(TRIED, 9, 1), 200, (time, n) =>
      server.refuse(time, SHOP[n % 3]!, '57P03', 'the database system is shutting down'),
    );
    every(at(TRIED, 9, 2), at(TRIED, 9, 3), 150, (time, n) => server.visit(time, [...SHOP, BILLING][n % 4]!));
  },
};

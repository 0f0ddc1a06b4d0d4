import { every } from './every.ts';
import { ALICE, at, BACKUP, BOB, DAYS, dump, EXPORTER, live, OFFICE, TABLES, TRIED } from './habits.ts';
import { type Client, MINUTE, type Server } from './server.ts';

const from = (address: string, client: Client): Client => ({ ...client, address });

/** What comes over the network without meaning harm: monitors, balancers, scanners, people on the move. */
export const NETWORK_CASES: Readonly<Record<string, (server: Server) => void>> = {
  'monitoring is replaced, and asks more and more often'(server) {
    live(server);
    every(at(TRIED, 9), at(TRIED + 3, 9), 5 * MINUTE, (time) =>
      server.visit(
        time,
        { ...EXPORTER, application: 'Datadog Agent' },
        {
          statements: [
            'SELECT version()',
            'SELECT * FROM pg_stat_user_tables',
            'SELECT * FROM pg_settings',
            'SELECT rolname FROM pg_roles',
            'SELECT pg_database_size(datname) FROM pg_database',
          ],
        },
      ),
    );
  },

  'a load balancer looks every five seconds whether the port is open'(server) {
    live(server);
    every(at(0, 0), at(DAYS, 0), 30 * MINUTE, (time) => server.probe(time, '10.20.0.1'));
    every(at(TRIED, 0), at(TRIED + 1, 0), 5000, (time) => server.probe(time, '10.20.0.2', 'incomplete startup packet'));
    every(at(TRIED, 0), at(TRIED + 1, 0), 10_000, (time) => server.probe(time, '10.20.0.3'));
  },

  'scanners of the internet find the port and knock'(server) {
    live(server);
    for (let day = 0; day < DAYS; day++) {
      for (let n = 0; n < 6; n++) {
        const address = `${20 + server.chance(180)}.${server.chance(250)}.${server.chance(250)}.${1 + server.chance(250)}`;
        server.probe(
          at(day, server.chance(24), n),
          address,
          n % 2 === 0 ? 'invalid length of startup packet' : undefined,
        );
      }
    }
  },

  'the address of somebody changes each day with the same carrier'(server) {
    live(server, { alice: (day) => from(`79.192.${(day * 7) % 16}.${1 + ((day * 37) % 250)}`, ALICE) });
  },

  'somebody works from the office, from home, and through the VPN of the company'(server) {
    live(server, {
      alice: (day) => from(day % 3 === 0 ? OFFICE : day % 3 === 1 ? `10.99.0.${10 + day}` : ALICE.address, ALICE),
    });
  },

  'the VPN gives addresses of another subnet from a day on'(server) {
    live(server, {
      alice: (day) => from(day < TRIED ? `10.99.${day % 3}.${10 + day}` : `10.99.${3 + (day % 2)}.${10 + day}`, ALICE),
    });
  },

  'clocks go back by an hour, and people with them'(server) {
    live(server);
    for (let day = TRIED; day < DAYS; day++) {
      server.visit(at(day, 6, 5), ALICE, { statements: ['SELECT count(*) FROM orders'] });
      server.visit(at(day, 15, 5), BOB, { statements: ['SELECT * FROM orders ORDER BY id LIMIT 200'] });
      server.visit(at(day, 3, 5), BACKUP, { statements: dump(TABLES) });
    }
  },
};

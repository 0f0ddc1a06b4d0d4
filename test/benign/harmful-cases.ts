import { every } from './every.ts';
import { ALICE, at, BOB, dump, SHOP, TABLES, TRIED } from './habits.ts';
import { HARMFUL_STATEMENTS } from './harmful-statements.ts';
import { MINUTE, type Server } from './server.ts';

/** The third day of the last week, and where intruders come from: a carrier of Brazil. */
const D = TRIED + 2;
const ABROAD = '191.176.4.9';

/** What must be told, and how: on servers with the same usual weeks as the harmless ones. */
export const HARMFUL: Readonly<Record<string, { told: string; happen: (server: Server) => void }>> = {
  ...HARMFUL_STATEMENTS,
  'a stolen account copies every table from abroad': {
    told: 'DataExfiltrationAnomaly',
    happen: (server) => {
      server.visit(at(D, 10), { ...ALICE, address: ABROAD }, { statements: dump(TABLES) });
    },
  },
  'a dictionary is tried on one role': {
    told: 'BruteForce',
    happen: (server) => {
      every(at(D, 3), at(D, 3, 10), 2000, (t) =>
        server.refuse(t, { user: 'postgres', address: ABROAD, application: '' }),
      );
    },
  },
  'passwords are sprayed over sixty names': {
    told: 'BruteForce',
    happen: (server) => {
      for (let n = 0; n < 60; n++)
        server.refuse(at(D, 3) + n * 20_000, {
          user:
            ['admin', 'root', 'test', 'oracle', 'sa', 'web', 'app', 'dev', 'guest', 'ftp'][n % 10]! +
            Math.floor(n / 10),
          address: ABROAD,
          application: '',
        });
    },
  },
  'one guess every ten minutes, for two days': {
    told: 'BruteForce',
    happen: (server) => {
      every(at(D, 0), at(D + 2, 0), 10 * MINUTE, (t) => server.refuse(t, { ...SHOP[0]!, address: ABROAD }));
    },
  },
  'a hundred and fifty addresses guess, once each': {
    told: 'BruteForce',
    happen: (server) => {
      for (let n = 0; n < 150; n++)
        server.refuse(at(D, 3) + n * 30_000, { ...ALICE, address: `${20 + n}.${(n * 7) % 250}.3.${1 + (n % 200)}` });
    },
  },
  'a guess is right': {
    told: 'BruteForce',
    happen: (server) => {
      every(at(D, 3), at(D, 3, 5), 1500, (t) => server.refuse(t, { ...BOB, address: ABROAD }));
      server.visit(
        at(D, 3, 6),
        { ...BOB, address: ABROAD, application: '' },
        { statements: ['SELECT * FROM customers'] },
      );
    },
  },
};

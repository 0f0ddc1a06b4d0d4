import { join } from 'node:path';
import { STDERR_PREFIX } from '../throughput/formats/to-text-log.ts';
import { OUT_DIR } from '../throughput/generated-file.ts';

export interface Peer {
  name: string;
  /** The program, as it is called. */
  command: string;
  /** How many times our CPU it should take at the least. */
  least: number;
  /** Reads a log of text once and ends. */
  commandOf(path: string): string[];
}

/** As fail2ban's own filters of databases are written: the time is taken off by fail2ban, the address is `<HOST>`. */
const FAILREGEX = String.raw`^\s*\S*\s*\[\d+\] \S+@\S+ <HOST>\(\d+\) .*FATAL:  (?:password authentication failed for user|no pg_hba\.conf entry for|pg_hba\.conf rejects|role ".*" does not exist)`;

export const PEERS: readonly Peer[] = [
  {
    name: 'pgBadger, one job',
    command: 'pgbadger',
    least: 25,
    commandOf: (path) => [
      'pgbadger',
      '-q',
      '-j',
      '1',
      '-f',
      'stderr',
      '-p',
      STDERR_PREFIX,
      '-x',
      'json',
      '-o',
      join(OUT_DIR, 'pgbadger.json'), // it replaces what is there, a device too
      path,
    ],
  },
  {
    name: 'fail2ban-regex',
    command: 'fail2ban-regex',
    least: 12,
    commandOf: (path) => ['fail2ban-regex', '--print-no-missed', path, FAILREGEX],
  },
  {
    name: 'SEC',
    command: 'sec',
    least: 5,
    commandOf: (path) => [
      'sec',
      `--conf=${join(import.meta.dirname, 'failed-logins.sec')}`,
      `--input=${path}`,
      '--notail',
      '--quiet',
    ],
  },
];

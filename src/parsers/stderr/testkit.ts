import { readFileSync } from 'node:fs';

/** A recorded log, and what a reader of its own counted in the csvlog of the same server (samples/README.md). */
export interface TextSample {
  name: string;
  prefix: string;
  text: Buffer;
  expected: Expected;
}

export interface Expected {
  records: number;
  byMessageStart: Record<string, number>;
  bySqlstate: Record<string, number>;
}

/** `log_line_prefix` of each recording; the names are those of the files. */
export const PREFIXES: Readonly<Record<string, string>> = {
  'prefixes/pgbadger-13': '%t [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h ',
  'prefixes/debian-14': '%m [%p] %q%u@%d ',
  'default-15': '%m [%p] ',
  'prefixes/session-16': '%m %c %l %u %d %e %h ',
  'prefixes/verbose-17': '%n [%p] %r %b %i %v %x %Q %P %s |%-12u|%12d| ',
  'prefixes/names-first-18': '%u %d %m [%p] ',
};

export function textSample(name: string): TextSample {
  const at = (ending: string) => readFileSync(new URL(`samples/${name}${ending}`, import.meta.url));
  return {
    name,
    prefix: PREFIXES[name]!,
    text: at('.log'),
    expected: JSON.parse(at('.expected.json').toString()) as Expected,
  };
}

/** What the activities of a recording are, from the counts of its messages and SQLSTATEs. */
export function classesOf({ byMessageStart, bySqlstate }: Expected): Record<string, number> {
  const classes = {
    connection: sum(byMessageStart, /^connection received$/),
    credentialAccepted: sum(byMessageStart, /^connection authenticated$/),
    authentication: sum(byMessageStart, /^connection authorized$/),
    authenticationFailure: sum(bySqlstate, /^28/),
    statement: sum(byMessageStart, /^(?:statement|execute .*)$/),
    statementError: sum(bySqlstate, /^(?:22|23|42|57014)/),
    disconnection: sum(byMessageStart, /^disconnection$/),
    protocolError: sum(byMessageStart, /startup packet$/),
    unknownDatabase: sum(bySqlstate, /^3D000$/),
  };
  return Object.fromEntries(Object.entries(classes).filter(([, count]) => count > 0));
}

function sum(counts: Record<string, number>, pattern: RegExp): number {
  return Object.entries(counts).reduce((total, [name, count]) => total + (pattern.test(name) ? count : 0), 0);
}

import { ActivityClass, type ActivityClassName } from '../model/activity.ts';
import type { Engine } from '../model/resource.ts';
import type { Sample } from './read-sample.ts';

/** Everything that is asked of a prefix, with what servers tell by themselves in front of the names that clients choose. */
export const RECOMMENDED_PREFIX = '%m [%p] %c %l %e %q%h %u@%d %a ';
const SET_PREFIX = `ALTER SYSTEM SET log_line_prefix = '${RECOMMENDED_PREFIX}';`;

/** Below this part of its beginning a log is likely not what it is read as. */
export const DOUBTFUL_SHARE = 0.5;

/** Something that a log does not tell, what for it would be needed, and what changes that. */
export interface Gap {
  /** A sentence without its full stop. */
  text: string;
  /** Statements for the server; empty where it is not a matter of the server. */
  sql: readonly string[];
  /** The text says already how to mend it. */
  tellsHow?: true;
}

/** What is known of a log. */
export interface KnownLog {
  sample: Sample;
  engine: Engine;
  /** The `log_line_prefix` that it is read with; absent where its format has none. */
  prefix?: string | undefined;
  detectors: readonly { id: string; watches: number }[];
}

/** What detectors miss in a log, as far as its beginning shows. An empty log shows nothing. */
export function gapsOf(log: KnownLog): Gap[] {
  if (log.sample.records === 0) {
    return [];
  }
  const { share, language, unknownZone } = log.sample;
  const doubt = `only ${Math.floor(100 * share)} % of its beginning is understood: look whether format and prefix are right`;
  return [
    ...(share < DOUBTFUL_SHARE ? [{ text: doubt, sql: [] }] : []),
    ...(unknownZone === undefined ? [] : [zoneGap(unknownZone)]),
    ...(language === 'unknown' ? [languageGap(log)] : []),
    ...fieldGaps(log),
    ...classGaps(log),
  ];
}

/** Not a matter of the server: what its times mean can be told here. */
function zoneGap(zone: string): Gap {
  const doubt = zone === '' ? 'times without a zone' : `times in ${zone}, which stands for more than one zone`;
  return { text: `${doubt}: no such record is read; give the log a \`timezone:\`, such as America/Chicago`, sql: [] };
}

/** Classes that are told by what a message says, and by nothing else. */
const TOLD_IN_WORDS =
  ActivityClass.authentication |
  ActivityClass.authenticationFailure |
  ActivityClass.statement |
  ActivityClass.connection |
  ActivityClass.disconnection;

function languageGap({ detectors }: KnownLog): Gap {
  const blind = detectors.filter(({ watches }) => (watches & TOLD_IN_WORDS) !== 0).map(({ id }) => id);
  return {
    text: `messages in a language that is not known: no login, failure or statement is told, which ${watching(blind)}`,
    sql: ["ALTER SYSTEM SET lc_messages = 'C';"],
  };
}

/** What can be missing of every record, the escapes that tell it, and what cannot be done without. */
const FIELDS = [
  {
    key: 'session',
    escapes: 'pc',
    loss: 'lines of one session cannot be joined, so that addresses and roles get lost',
  },
  { key: 'address', escapes: 'hr', loss: 'the location of clients cannot be judged' },
  { key: 'principal', escapes: 'u', loss: 'nobody knows whose statements and errors these are' },
  { key: 'application', escapes: 'a', loss: 'what applications usually do cannot be told apart' },
] as const;

function fieldGaps({ sample, engine, prefix }: KnownLog): Gap[] {
  const missing = FIELDS.filter(({ key }) => sample.judged > 0 && engine === 'postgresql' && sample.tells[key] === 0);
  const gaps = missing.map(({ key, escapes, loss }) => gapOf(prefix, escapes, key, loss));
  if (sample.activities.statementError > 0 && sample.tells.status === 0) {
    gaps.push(gapOf(prefix, 'e', 'SQLSTATE', 'errors are told by their English texts only'));
  }
  if (Number.isNaN(sample.firstTime)) {
    gaps.unshift(gapOf(prefix, 'mtn', 'time', 'no record can be judged'));
  }
  return gaps;
}

/** `no %h`, or, where the prefix does hold it and another one would not help, `no record tells its address`. */
function gapOf(prefix: string | undefined, escapes: string, word: string, loss: string): Gap {
  const has = prefix === undefined || escapesIn(prefix).some((letter) => escapes.includes(letter));
  return has
    ? { text: `no record tells its ${word}: ${loss}`, sql: [] }
    : { text: `no %${escapes[0]} in log_line_prefix: ${loss}`, sql: [SET_PREFIX] };
}

/** The letters of the escapes in a prefix. */
export function escapesIn(prefix: string): string[] {
  return [...prefix.matchAll(/%-?\d*([a-zA-Z%])/g)].map(([, letter]) => letter!).filter((letter) => letter !== '%');
}

/** What a kind of activity depends on. */
interface Need {
  name: ActivityClassName;
  /** As people call it. */
  words: string;
  fix: string;
  sql: readonly string[];
}

const NEEDS: Readonly<Record<Engine, readonly Need[]>> = {
  postgresql: [
    {
      name: 'authentication',
      words: 'logins',
      fix: 'switch log_connections on',
      sql: ['ALTER SYSTEM SET log_connections = on;', 'ALTER SYSTEM SET log_disconnections = on;'],
    },
    {
      name: 'statement',
      words: 'statements',
      fix: "set log_statement = 'all', or use pgaudit",
      sql: ["ALTER SYSTEM SET log_statement = 'all';"],
    },
  ],
  cosmosdb: [
    { name: 'dataAccess', words: 'requests', fix: 'export the category DataPlaneRequests', sql: [] },
    { name: 'statement', words: 'query texts', fix: 'export the category QueryRuntimeStatistics', sql: [] },
    {
      name: 'keyOperation',
      words: 'uses of account keys by administrators',
      fix: "export the subscription's activity log",
      sql: [],
    },
  ],
};

/** Kinds of activity that detectors watch, and that the beginning of the log has none of. */
function classGaps({ sample, engine, detectors }: KnownLog): Gap[] {
  return NEEDS[engine].flatMap(({ name, words, fix, sql }) => {
    const blind = detectors.filter(({ watches }) => (watches & ActivityClass[name]) !== 0).map(({ id }) => id);
    const isMissing = sample.activities[name] === 0 && blind.length > 0;
    return isMissing
      ? [{ text: `no ${words} in its beginning, which ${watching(blind)}; ${fix}`, sql, tellsHow: true }]
      : [];
  });
}

/** `a watches`, `a, b and c watch`. */
function watching(ids: readonly string[]): string {
  const last = ids.at(-1)!;
  return ids.length === 1 ? `${last} watches` : `${ids.slice(0, -1).join(', ')} and ${last} watch`;
}

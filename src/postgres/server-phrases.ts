import { byteText, startsWith } from '../lib/byte-text.ts';

/** What pg_stat_activity calls kinds of processes (`%b`). */
export const PROCESS_KINDS = [
  'client backend',
  'not initialized',
  'autovacuum worker',
  'autovacuum launcher',
  'background writer',
  'background worker',
  'checkpointer',
  'logical replication launcher',
  'logical replication apply worker',
  'logical replication parallel worker',
  'logical replication tablesync worker',
  'logical replication worker',
  'parallel worker',
  'walsender',
  'walreceiver',
  'walwriter',
  'walsummarizer',
  'archiver',
  'postmaster',
  'startup',
  'slotsync worker',
  'standalone backend',
  'io worker',
  'logger',
] as const;

/** What command tags (`%i`) of several words begin with, and what these words may be. Source: cmdtaglist.h. */
const VERBS = ['CREATE', 'ALTER', 'DROP'];
const OBJECTS =
  'TABLE AS|TABLE|INDEX|VIEW|MATERIALIZED VIEW|FUNCTION|PROCEDURE|AGGREGATE|ROLE|USER MAPPING|DATABASE|SCHEMA|SEQUENCE|' +
  'EXTENSION|EVENT TRIGGER|TRIGGER|TYPE|DOMAIN|CAST|COLLATION|OPERATOR CLASS|OPERATOR FAMILY|OPERATOR|LANGUAGE|POLICY|' +
  'PUBLICATION|SUBSCRIPTION|RULE|SERVER|STATISTICS|TABLESPACE|FOREIGN TABLE|FOREIGN DATA WRAPPER|DEFAULT PRIVILEGES|' +
  'SYSTEM|LARGE OBJECT|OWNED';
const TAGS = [
  ...VERBS.flatMap((verb) => OBJECTS.split('|').map((object) => `${verb} ${object}`)),
  'idle in transaction (aborted)',
  'idle in transaction',
  'CLOSE CURSOR ALL',
  'CLOSE CURSOR',
  'COMMIT PREPARED',
  'COPY FROM',
  'DECLARE CURSOR',
  'DISCARD ALL',
  'GRANT ROLE',
  'LOCK TABLE',
  'PREPARE TRANSACTION',
  'REASSIGN OWNED',
  'REFRESH MATERIALIZED VIEW',
  'REVOKE ROLE',
  'ROLLBACK PREPARED',
  'SELECT FOR KEY SHARE',
  'SELECT FOR NO KEY UPDATE',
  'SELECT FOR SHARE',
  'SELECT FOR UPDATE',
  'SELECT INTO',
  'SET CONSTRAINTS',
  'START TRANSACTION',
  'TRUNCATE TABLE',
];

/** Only those of several words; the longest first, since one may begin as another. */
const compile = (phrases: readonly string[]) =>
  phrases
    .filter((phrase) => phrase.includes(' '))
    .sort((a, b) => b.length - a.length)
    .map(byteText);
const PHRASES = { process: compile(PROCESS_KINDS), tag: compile(TAGS) };

/** Where a text of the server's own ends that holds spaces; `at` itself where none that is known stands there. */
export function phraseEnd(kind: keyof typeof PHRASES, words: DataView, at: number, end: number): number {
  const phrase = PHRASES[kind].find((text) => startsWith(words, at, end, text));
  return phrase === undefined ? at : at + phrase.length;
}

import type { HandedOut } from './handed-out.ts';

/** Signs that a statement was put together from a query and somebody's input; one bit each. */
export const Sign = {
  /** UNION with a row of constants behind a query with a condition: `… WHERE id = 1 UNION SELECT NULL, NULL`. */
  unionConstants: 1,
  /** UNION with a query that is filled up with constants. */
  unionPadded: 2,
  /** UNION of a table with the system catalog. */
  unionCatalog: 4,
  /** The system catalog beside tables, in one statement. */
  mixedCatalog: 8,
  /** `… OR 1 = 1`: a constant condition that lets every row through. */
  tautology: 16,
  /** `… AND 1 = 2`, `… OR false`: a constant condition behind others, none that lets every row through. */
  constantProbe: 32,
  /** `… AND 5 = (SELECT 5 FROM …)`: a condition on no column of its query, but on a subquery or a cast. */
  subqueryProbe: 64,
  /** CASE WHEN with a constant condition, or one on no column. */
  caseProbe: 128,
  /** Text spelt by CHR(…) || CHR(…). */
  charChain: 256,
  /** Text with a secret in it cast to a number, so that the error message tells it. */
  castError: 512,
  /** A query that waits: pg_sleep beside or within something else. */
  sleep: 1024,
  /** A query with a condition, and other statements behind it. */
  stacked: 2048,
  /** Version, user or database asked for within such a construction. */
  environment: 4096,
  /** One letter of a subquery's answer compared: `ASCII(SUBSTRING((SELECT …), 1, 1)) > 64`. */
  substringProbe: 8192,
  /** A query with a condition, and behind it a statement that changes something. */
  stackedChange: 16384,
  /** UNION of tables behind a query with a condition. By itself an honest thing. */
  union: 32768,
  /** Such a UNION whose condition begins with texts that are compared: `WHERE '1' = '1' AND …` uses up a closing quote. */
  unionQuoted: 65536,
} as const;
export type SignName = keyof typeof Sign;

/** Something a statement does beyond reading and writing rows. */
export interface Effect {
  kind:
    | 'program'
    | 'file'
    | 'language'
    | 'attribute'
    | 'membership'
    | 'setting'
    | 'drop'
    | 'truncate'
    | 'create'
    | 'server'
    | 'catalog'
    | 'right'
    | 'secret';
  /** Table, function, language, role, setting or kind of object that it is about; lower case unless quoted. */
  object: string;
  /**
   * program: `from` or `to`; file: `read` or `write`; attribute, membership: what is given; setting: its value;
   * secret: `all`, `one` (of one role), or `definitions` (beside all else that makes a role: a backup).
   */
  value: string;
}

/** What BASE_BACKUP reads, which is no SQL: a replication command. */
export const WHOLE_CLUSTER = 'the whole cluster';

/** Of objects that are deleted: nobody knows how many. */
export const MANY = 'many';

/** What statements of one fingerprint do. */
export interface Shape {
  /** Who told: PostgreSQL's own parser, or the tokens alone (a broken or a long statement, or too many new ones). */
  source: 'tree' | 'tokens';
  /** Kinds of the statements, in order: `select`, `copy`, `createrole`. */
  statements: readonly string[];
  /** Tables, with their schema where it is named. */
  reads: readonly string[];
  writes: readonly string[];
  /** Names of functions called, without schema. */
  functions: readonly string[];
  /** `Sign`s, or'ed. */
  signs: number;
  effects: readonly Effect[];
  /** How much of the tables it hands to the client. */
  handedOut: HandedOut;
  /** Whether literals decide what it does: such a shape holds for its statement only. */
  dependsOnLiterals: boolean;
}

/** What is being found out of a statement. */
export interface Facts {
  statements: string[];
  reads: Set<string>;
  writes: Set<string>;
  functions: Set<string>;
  /** Names of columns; `*` is all of them. */
  columns: Set<string>;
  signs: number;
  effects: Effect[];
  handedOut: HandedOut;
  /** Bodies of functions and DO blocks. */
  code: string[];
  dependsOnLiterals: boolean;
}

/** Names and effects kept of one statement. */
const MAX_KEPT = 64;

export function createFacts(): Facts {
  return {
    statements: [],
    reads: new Set(),
    writes: new Set(),
    functions: new Set(),
    columns: new Set(),
    signs: 0,
    effects: [],
    handedOut: 'some',
    code: [],
    dependsOnLiterals: false,
  };
}

export function shapeOfFacts(facts: Facts, source: Shape['source']): Shape {
  return {
    source,
    statements: facts.statements.slice(0, MAX_KEPT),
    reads: [...facts.reads].slice(0, MAX_KEPT),
    writes: [...facts.writes].slice(0, MAX_KEPT),
    functions: [...facts.functions].slice(0, MAX_KEPT),
    signs: facts.signs,
    effects: facts.effects.slice(0, MAX_KEPT),
    handedOut: facts.handedOut,
    dependsOnLiterals: facts.dependsOnLiterals,
  };
}

/** Whether a table is one of the system catalog. */
export function isCatalog(table: string): boolean {
  return /^(?:pg_catalog\.|information_schema\.|pg_[a-z_]+$)/.test(table);
}

/** Functions that wait as long as they are told. */
export const SLEEPS: ReadonlySet<string> = new Set(['pg_sleep', 'pg_sleep_for', 'pg_sleep_until']);

/** What tells an intruder where they are. */
export const ENVIRONMENT: ReadonlySet<string> = new Set([
  'version',
  'current_user',
  'session_user',
  'user',
  'current_role',
  'current_database',
  'current_catalog',
  'current_schema',
  'current_setting',
  'inet_server_addr',
  'inet_server_port',
]);

/** Settings by which a server, a role or a session stops telling what is done, or is made to run what it should not. */
const NOTED_SETTING =
  /^(?:log_\w+|logging_collector|pgaudit\.\w+|\w+_preload_libraries|dynamic_library_path|archive_library|jit_provider|oauth_validator_libraries|\w+_command|hba_file|ident_file)$/;

/** The change of a setting, when it is one that is noted: a name as it is written, and what it is set to. */
export function settingEffects(name: string, value: string): Effect[] {
  const setting = name.toLowerCase();
  return NOTED_SETTING.test(setting) ? [{ kind: 'setting', object: setting, value: value.toLowerCase() }] : [];
}

/** Tables of the catalog with password hashes and passwords, and the columns that hold them. */
const SECRET_TABLE = /^(?:pg_catalog\.)?(?:pg_authid|pg_shadow)$/;
const SECRET_COLUMNS = ['rolpassword', 'passwd', '*'];
/** A dump of roles asks for these beside the password. */
const DEFINITION_COLUMNS = ['rolcreaterole', 'rolcanlogin', 'rolconnlimit', 'rolvaliduntil'];

/** Whether a table holds password hashes. */
export function holdsSecrets(table: string): boolean {
  return SECRET_TABLE.test(table);
}

/** The reading of password hashes, where a statement asks for them. */
export function secretEffects({ reads, columns }: Facts, isOfOne: boolean): Effect[] {
  const table = [...reads].find(holdsSecrets);
  if (table === undefined || !SECRET_COLUMNS.some((column) => columns.has(column))) {
    return [];
  }
  const isDump = DEFINITION_COLUMNS.every((column) => columns.has(column));
  return [{ kind: 'secret', object: table, value: isDump ? 'definitions' : isOfOne ? 'one' : 'all' }];
}

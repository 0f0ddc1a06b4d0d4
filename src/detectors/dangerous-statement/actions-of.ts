import type { TacticId, TechniqueId } from '../../model/attack.ts';
import type { Severity } from '../../model/severity.ts';
import type { Effect, Shape } from '../../sql/shape.ts';

/** What kind of danger it is; told as the variant of the alert. */
export type Variant =
  | 'program'
  | 'file'
  | 'language'
  | 'privilege'
  | 'password hashes'
  | 'audit off'
  | 'outside connection'
  | 'ransom';

/** One dangerous thing that a statement does. */
export interface Action {
  variant: Variant;
  /** What it serves to do: `run a program on the server`. */
  deed: string;
  severity: Severity;
  tactic: TacticId;
  technique: TechniqueId;
}

const action = (
  variant: Variant,
  deed: string,
  severity: Severity,
  tactic: TacticId,
  technique: TechniqueId,
): Action => ({ variant, deed, severity, tactic, technique });

const READS_FILE = action('file', 'read a file of the server', 'High', 'TA0009', 'T1005');
const LOOKS_AROUND = action('file', 'look at files of the server', 'Low', 'TA0007', 'T1083');
const WRITES_FILE = action('file', 'write a file on the server', 'High', 'TA0009', 'T1005');
const CONNECTS = action('outside connection', 'connect from the server to another database', 'Low', 'TA0010', 'T1048');

/** Functions with which a statement leaves the database. */
export const LEAVING_FUNCTIONS: ReadonlyMap<string, Action> = new Map([
  ['pg_read_file', READS_FILE],
  ['pg_read_binary_file', READS_FILE],
  ['pg_file_read', READS_FILE],
  ['lo_import', READS_FILE],
  ['lo_export', WRITES_FILE],
  ['pg_file_write', WRITES_FILE],
  ['pg_file_rename', WRITES_FILE],
  ['pg_file_unlink', WRITES_FILE],
  ['pg_ls_dir', LOOKS_AROUND],
  ['pg_stat_file', LOOKS_AROUND],
  ['dblink_connect', CONNECTS],
  ['dblink_connect_u', CONNECTS],
]);

/** Languages whose code can do on the server what the server's own account may. */
const UNTRUSTED = /^(?:c|pl(?:python[23]?|perl|tcl|ruby|lua)u|plsh|plr|pljavau?|plsql_sh|javau)$/;
/** Roles that open the server or all data to their members; `postgres` is what initdb calls the first superuser. */
const SERVER_ROLES = /^(?:pg_execute_server_program|pg_write_server_files|pg_read_server_files)$/;
const DATA_ROLES =
  /^(?:postgres|pg_read_all_data|pg_write_all_data|rds_superuser|azure_pg_admin|azuresu|cloudsqlsuperuser)$/;
/** Values by which a server tells less. A duration of -1 is none. */
const OFF = /^(?:off|none|false|no|0|-1|fatal|panic|)$/;
/** Durations from which on a statement is logged: 0 logs them all. */
const THRESHOLD = /_min_duration_/;
/** Settings that do not tell less when they are off. */
const HARMLESS_OFF =
  /^log_(?:\w+_stats|autovacuum_\w+|checkpoints|temp_files|lock_waits|timezone|planner\w*|parser\w*|executor\w*|rotation\w*|truncate\w*|recovery\w*|replication\w*|startup\w*|file_mode|transaction\w*|parameter\w*)$/;

/** Whether a shape does anything of the kind: nearly none does. */
export function isActing({ effects, functions }: Shape): boolean {
  return effects.length > 0 || functions.some((name) => LEAVING_FUNCTIONS.has(name));
}

/** Whether it gets something to read: an error message may hand that out as well as rows do. */
export function isReading({ variant, deed }: Action): boolean {
  return variant === 'password hashes' || deed === READS_FILE.deed;
}

/** The dangerous things that a statement does; empty for nearly all statements. */
export function actionsOf({ effects, functions, statements }: Shape): Action[] {
  if (effects.length === 0 && functions.length === 0) {
    return [];
  }
  const scope = statements.includes('altersystem') ? 'system' : 'session';
  return [
    ...effects.flatMap((effect) => actionOf(effect, scope)),
    ...functions.flatMap((name) => LEAVING_FUNCTIONS.get(name) ?? []),
  ];
}

function actionOf({ kind, object, value }: Effect, scope: 'system' | 'session'): Action[] {
  switch (kind) {
    case 'program':
      return [action('program', 'run a program on the server', 'High', 'TA0002', 'T1059')];
    case 'file':
      return [{ ...(value === 'read' ? READS_FILE : WRITES_FILE), severity: 'Medium' }];
    case 'language':
      return languageActions(object, value);
    case 'attribute':
      return [
        action(
          'privilege',
          `give a role ${value.toUpperCase()}`,
          value === 'superuser' ? 'High' : 'Medium',
          'TA0003',
          'T1098',
        ),
      ];
    case 'membership':
      return membershipActions(value);
    case 'catalog':
      return catalogActions(object);
    case 'right':
      return rightActions(object);
    case 'setting':
      return settingActions(object, value, scope);
    case 'secret':
      return secretActions(value);
    case 'server':
      return [action('outside connection', 'set up a connection to another server', 'Low', 'TA0010', 'T1048')];
    default:
      return [];
  }
}

function languageActions(language: string, how: string): Action[] {
  if (!UNTRUSTED.test(language) || how === 'installed library') {
    return [];
  }
  const isCode = how === 'code';
  const deed = isCode ? `run code in ${language} on the server` : `allow code in ${language} on the server`;
  return [action('language', deed, isCode ? 'High' : 'Medium', 'TA0003', 'T1505.001')];
}

function membershipActions(role: string): Action[] {
  const isServer = SERVER_ROLES.test(role);
  return isServer || DATA_ROLES.test(role)
    ? [action('privilege', `make a role a member of ${role}`, isServer ? 'High' : 'Medium', 'TA0003', 'T1098')]
    : [];
}

function catalogActions(table: string): Action[] {
  return table.startsWith('pg_auth')
    ? [action('privilege', `change ${table} by hand`, 'High', 'TA0003', 'T1098')]
    : [action('language', `change ${table} by hand`, 'Medium', 'TA0003', 'T1505.001')];
}

function rightActions(name: string): Action[] {
  return LEAVING_FUNCTIONS.get(name)?.severity === 'High'
    ? [action('privilege', `let a role call ${name}`, 'Medium', 'TA0003', 'T1098')]
    : [];
}

/** Settings that name libraries to be loaded. */
const LIBRARIES = /_(?:preload|validator)_libraries$|^(?:dynamic_library_path|archive_library|jit_provider)$/;

function settingActions(name: string, value: string, scope: 'system' | 'session'): Action[] {
  const isSystem = scope === 'system';
  if (name.endsWith('_command')) {
    return value === '' || !isSystem
      ? []
      : [action('program', `set the program of ${name}`, 'Medium', 'TA0002', 'T1059')];
  }
  if (LIBRARIES.test(name)) {
    return value.replace(/\$libdir\/(?:plugins\/)?/g, '').includes('/')
      ? [action('language', `load a library through ${name}`, 'High', 'TA0003', 'T1505.001')]
      : [];
  }
  const isMoved =
    name === 'hba_file' || name === 'ident_file' || name === 'log_destination' || name === 'log_directory';
  const isOff = OFF.test(value) && !(value === '0' && THRESHOLD.test(name));
  if (HARMLESS_OFF.test(name) || !(isMoved || isOff)) {
    return [];
  }
  return [action('audit off', `turn ${name} down`, isSystem ? 'High' : 'Medium', 'TA0112', 'T1685')];
}

function secretActions(how: string): Action[] {
  const severity: Severity = how === 'all' ? 'High' : 'Informational';
  return [action('password hashes', 'read password hashes of roles', severity, 'TA0006', 'T1003')];
}

import { addCatalogChange, addRights } from './catalog-effects.ts';
import { addRun, addScheduled } from './given-code.ts';
import {
  addCall,
  addDroppedAudit,
  addForeignChange,
  addForeignTable,
  addMovedServer,
  addMovedSubscription,
} from './outside-effects.ts';
import { type Effect, type Facts, settingEffects } from './shape.ts';
import {
  constantText,
  isNode,
  lastName,
  listOf,
  type Node,
  nodesIn,
  stringOf,
  type Typed,
  tableName,
  textOf,
  typed,
} from './syntax-tree.ts';
import { addXml } from './xml-reads.ts';

/** Attributes of a role that give power over others or over the server. */
const POWERFUL = new Set(['superuser', 'createrole', 'createdb', 'isreplication', 'bypassrls']);

type Reader = (facts: Facts, node: Node) => void;

/** What a node of each type does beyond reading and writing rows. */
const READERS: Readonly<Record<string, Reader>> = {
  CopyStmt: addCopy,
  CreateFunctionStmt: (facts, node) => addCode(facts, listOf(node.options)),
  DoStmt: (facts, node) => addCode(facts, listOf(node.args)),
  CreatePLangStmt: (facts, node) => add(facts, 'language', textOf(node.plname), 'language'),
  CreateExtensionStmt: (facts, node) => add(facts, 'language', textOf(node.extname), 'extension'),
  CreateRoleStmt: (facts, node) => addAttributes(facts, textOf(node.role), node),
  AlterRoleStmt: (facts, node) => addAttributes(facts, roleName(node.role), node),
  GrantRoleStmt: addMemberships,
  VariableSetStmt: addSetting,
  FuncCall: (facts, node) => {
    addConfiguring(facts, node);
    addCall(facts, node);
    addXml(facts, node);
    addRun(facts, node);
  },
  DropStmt: (facts, node) => {
    addDrop(facts, node);
    addDroppedAudit(facts, node);
  },
  InsertStmt: addRows,
  UpdateStmt: addRows,
  GrantStmt: addRights,
  LoadStmt: addLibrary,
  DropdbStmt: (facts) => add(facts, 'drop', 'database', '1'),
  DropOwnedStmt: (facts) => add(facts, 'drop', 'owned', '1'),
  TruncateStmt: (facts, node) => add(facts, 'truncate', 'table', String(listOf(node.relations).length)),
  CreateStmt: (facts, node) => add(facts, 'create', tableName(node.relation), 'table'),
  IntoClause: (facts, node) => add(facts, 'create', tableName(node.rel), 'table'),
  CreatedbStmt: (facts, node) => add(facts, 'create', textOf(node.dbname), 'database'),
  CreateSchemaStmt: (facts, node) => add(facts, 'create', textOf(node.schemaname), 'schema'),
  RenameStmt: addRenamed,
  CreateForeignTableStmt: (facts, node) =>
    addForeignTable(facts, isNode(node.base) ? tableName(node.base.relation) : '', node.options),
  AlterTableStmt: (facts, node) => addForeignChange(facts, tableName(node.relation), node),
  CreateForeignServerStmt: (facts, node) => add(facts, 'server', textOf(node.fdwname), 'foreign server'),
  CreateSubscriptionStmt: (facts) => add(facts, 'server', 'subscription', 'subscription'),
  AlterForeignServerStmt: addMovedServer,
  AlterSubscriptionStmt: addMovedSubscription,
};

/** Adds what one node of a statement does. */
export function addEffects(facts: Facts, { type, node }: Typed): void {
  READERS[type]?.(facts, node);
}

function add(facts: Facts, kind: Effect['kind'], object: string, value: string): void {
  facts.effects.push({ kind, object, value });
}

function addRows(facts: Facts, node: Node): void {
  addCatalogChange(facts, node);
  addScheduled(facts, node);
}

function addDrop(facts: Facts, node: Node): void {
  const kind = textOf(node.removeType).replace('OBJECT_', '').toLowerCase();
  add(facts, 'drop', kind, String(listOf(node.objects).length));
}

/** What is given another name may be the note itself. */
function addRenamed(facts: Facts, node: Node): void {
  const kind = textOf(node.renameType).replace('OBJECT_', '').toLowerCase();
  if (kind === 'table' || kind === 'schema' || kind === 'database') {
    add(facts, 'create', textOf(node.newname), kind);
  }
}

/** `LOAD '/tmp/x.so'`: code of a file becomes part of the session's process. */
function addLibrary(facts: Facts, node: Node): void {
  const path = textOf(node.filename);
  facts.dependsOnLiterals = true;
  if (!isInstalledLibrary(path)) {
    add(facts, 'language', 'c', 'code');
  }
}

function addCopy(facts: Facts, node: Node): void {
  const isFrom = node.is_from === true;
  const table = tableName(node.relation);
  if (table !== '') {
    (isFrom ? facts.writes : facts.reads).add(table);
    const columns = listOf(node.attlist).map(stringOf);
    for (const column of isFrom ? [] : columns.length > 0 ? columns : ['*']) {
      facts.columns.add(column);
    }
  }
  if (node.is_program === true) {
    add(facts, 'program', table, isFrom ? 'from' : 'to');
  } else if (textOf(node.filename) !== '') {
    add(facts, 'file', 'copy', isFrom ? 'read' : 'write');
  }
}

/** A function or a DO block: its language decides what its code can do. */
function addCode(facts: Facts, options: readonly unknown[]): void {
  const language = options.map((option) => optionText(option, 'language')).find((name) => name !== '');
  const known = facts.code.length;
  facts.dependsOnLiterals = true;
  for (const option of options) {
    const element = typed(option);
    if (element?.node.defname === 'as') {
      facts.code.push(...nodesIn(element).flatMap((one) => (one.type === 'String' ? [textOf(one.node.sval)] : [])));
    }
  }
  if (language?.toLowerCase() === 'internal') {
    facts.functions.add(publicName(facts.code[known] ?? ''));
  }
  const isInstalled = language?.toLowerCase() === 'c' && isInstalledLibrary(facts.code[known] ?? '');
  add(facts, 'language', (language ?? 'plpgsql').toLowerCase(), isInstalled ? 'installed library' : 'code');
}

/** Whether a library came with the server or an extension: those are found by name, in a folder of their own. */
function isInstalledLibrary(path: string): boolean {
  return !path.replace(/^\$libdir\/(?:plugins\/)?/, '').includes('/');
}

/** What the server calls a function in its own code, and SQL otherwise: `be_lo_import`, `pg_read_file_all`. */
function publicName(symbol: string): string {
  return symbol.replace(/^be_(?=lo_)/, '').replace(/_(?:v2|all|off|off_len|1arg)(?:_missing)?$/, '');
}

function optionText(option: unknown, name: string): string {
  const element = typed(option)?.node;
  return element?.defname === name ? stringOf(element.arg) : '';
}

function addAttributes(facts: Facts, role: string, node: Node): void {
  for (const option of listOf(node.options)) {
    const element = typed(option)?.node;
    const name = textOf(element?.defname);
    const value = typed(element?.arg);
    if (POWERFUL.has(name) && value?.node.boolval === true) {
      add(facts, 'attribute', role, name.replace(/^is/, ''));
    } else if (name === 'addroleto') {
      add(facts, 'membership', role, listOf(value?.node.items).map(roleName).join(', '));
    } else if (name === 'rolemembers' && node.action !== -1) {
      add(facts, 'membership', listOf(value?.node.items).map(roleName).join(', '), role);
    }
  }
}

function addMemberships(facts: Facts, node: Node): void {
  if (node.is_grant !== true) {
    return;
  }
  for (const granted of listOf(node.granted_roles)) {
    for (const grantee of listOf(node.grantee_roles)) {
      add(facts, 'membership', roleName(grantee), textOf(typed(granted)?.node.priv_name));
    }
  }
}

/** SET, ALTER SYSTEM, and settings of roles and databases, which hold a SET. Others than those of auditing pass. */
function addSetting(facts: Facts, node: Node): void {
  const effects = settingEffects(textOf(node.name), listOf(node.args).map(constantText).join(','));
  facts.effects.push(...effects);
  facts.dependsOnLiterals ||= effects.length > 0;
}

/** `set_config('log_statement', 'none', false)`. */
function addConfiguring(facts: Facts, node: Node): void {
  if (lastName(node.funcname) !== 'set_config') {
    return;
  }
  const [name, value] = listOf(node.args).map(constantText);
  facts.dependsOnLiterals = true;
  facts.effects.push(...settingEffects(name ?? '', value ?? ''));
}

/** Of a RoleSpec, with its wrapper or without. */
function roleName(role: unknown): string {
  const node = typed(role)?.node ?? role;
  if (!isNode(node)) {
    return '';
  }
  return textOf(node.rolename) || textOf(node.roletype).replace('ROLESPEC_', '').toLowerCase();
}

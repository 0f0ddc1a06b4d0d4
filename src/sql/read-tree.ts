import { handedOutBy } from './handed-out.ts';
import { createFacts, type Facts, holdsSecrets, isCatalog, Sign, SLEEPS, secretEffects } from './shape.ts';
import {
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
import { addEffects } from './tree-effects.ts';
import { functionName } from './tree-parts.ts';
import { signsOf } from './tree-signs.ts';

/** Statements whose text says who they are for: what stands behind one may be an intruder's. */
const CONDITIONAL = new Set(['select', 'insert', 'update', 'delete']);
/** Statements that writers of applications put behind others. */
const ACCOMPANYING = new Set([
  'transaction',
  'variableset',
  'variableshow',
  'discard',
  'fetch',
  'closeportal',
  'deallocate',
]);

/** What the statements of a parse tree do. */
export function readTree(statements: readonly Typed[]): Facts {
  const facts = createFacts();
  for (const statement of statements) {
    facts.statements.push(kindOf(statement.type));
    const nodes = nodesIn(statement);
    addNames(facts, nodes);
    facts.signs |= signsOf(nodes);
  }
  facts.signs = inContext(facts, statements);
  facts.handedOut = handedOutBy(statements);
  return facts;
}

/** Adds the tables and functions of a statement, given by its nodes, and what else it does. */
function addNames(facts: Facts, nodes: readonly Typed[]): void {
  const common = new Set<string>();
  const tables = new Set<string>();
  const rows = new Set<string>();
  let isOfOne = false;
  for (const one of nodes) {
    const { type, node } = one;
    if (type === 'RangeVar') {
      tables.add(tableName(node));
      addRowNames(rows, facts, node);
    } else if (type === 'CommonTableExpr') {
      common.add(textOf(node.ctename));
    } else if (isWriting(type) && isNode(node.relation)) {
      facts.writes.add(tableName(node.relation));
    }
    for (const name of functionName(type, node)) {
      facts.functions.add(name);
    }
    if (type === 'ColumnRef') {
      facts.columns.add(columnName(node));
    }
    isOfOne ||= isRoleChosen(one);
    addEffects(facts, one);
  }
  for (const table of tables) {
    if (!common.has(table) && !facts.writes.has(table)) {
      facts.reads.add(table);
    }
  }
  if ([...rows].some((row) => facts.columns.has(row))) {
    facts.columns.add('*'); // SELECT s FROM pg_shadow s
  }
  facts.effects.push(...secretEffects(facts, isOfOne));
}

/** By which names a row with a password hash is asked for as a whole; of renamed columns any may be the hash. */
function addRowNames(rows: Set<string>, { columns }: Facts, range: Node): void {
  if (!holdsSecrets(tableName(range))) {
    return;
  }
  rows.add(textOf(range.relname));
  if (isNode(range.alias)) {
    rows.add(textOf(range.alias.aliasname));
    if (listOf(range.alias.colnames).length > 0) {
      columns.add('*');
    }
  }
}

function columnName(reference: Node): string {
  const name = listOf(reference.fields).at(-1);
  return typed(name)?.type === 'A_Star' ? '*' : stringOf(name);
}

/** `usename = $1`, as poolers ask for the password of who logs in. */
function isRoleChosen({ type, node }: Typed): boolean {
  const column = type === 'A_Expr' && lastName(node.name) === '=' ? typed(node.lexpr) : undefined;
  return column?.type === 'ColumnRef' && ['usename', 'rolname'].includes(columnName(column.node));
}

function isWriting(type: string): boolean {
  return (
    type === 'InsertStmt' ||
    type === 'UpdateStmt' ||
    type === 'DeleteStmt' ||
    type === 'MergeStmt' ||
    type === 'CreateStmt'
  );
}

/** Signs that hold for all statements together, less those that tools for databases give as well. */
function inContext(facts: Facts, statements: readonly Typed[]): number {
  const reads = [...facts.reads];
  const isMixed = reads.some(isCatalog) && (reads.some((table) => !isCatalog(table)) || facts.writes.size > 0);
  let signs = facts.signs;
  if (reads.length > 0 && reads.every(isCatalog) && facts.writes.size === 0) {
    signs = 0; // drivers and tools ask the catalog in all manners
  }
  signs |= isMixed ? Sign.mixedCatalog : 0;
  signs |= stackedSigns(facts, statements);
  const isBeside = reads.length > 0 || facts.writes.size > 0 || statements.length > 1;
  signs |= isBeside && [...facts.functions].some((name) => SLEEPS.has(name)) ? Sign.sleep : 0;
  return signs;
}

function stackedSigns({ statements: kinds }: Facts, statements: readonly Typed[]): number {
  const [first] = statements;
  const hasCondition = first !== undefined && (isNode(first.node.whereClause) || first.type === 'InsertStmt');
  const others = kinds.slice(1).filter((kind) => !ACCOMPANYING.has(kind));
  if (!hasCondition || !CONDITIONAL.has(kinds[0]!) || others.length === 0) {
    return 0;
  }
  const isChange = kinds[0] === 'select' && others.some((kind) => kind !== 'select');
  return isChange ? Sign.stacked | Sign.stackedChange : Sign.stacked;
}

function kindOf(type: string): string {
  return type.replace(/Stmt$/, '').toLowerCase();
}

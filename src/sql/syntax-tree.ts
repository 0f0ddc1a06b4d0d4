import { setFlagsFromString } from 'node:v8';
import { loadModule, parseSync } from 'libpg-query';

/** A node of PostgreSQL's parse tree as libpg-query gives it: members by name, nodes by their type. */
export type Node = Readonly<Record<string, unknown>>;

/** A node with the name of its type. */
export interface Typed {
  type: string;
  node: Node;
}

/**
 * Longer texts are not parsed. Nesting costs stack, and a parser that ran out of it may hang at the next statement:
 * on the default stack that takes 10,900 bytes of the worst nesting.
 */
export const MAX_PARSED_BYTES = 4096;
/** Nodes looked at in one statement; of a list of 2,000 numbers there are about as many. */
const MAX_NODES = 20_000;
/** Nodes of one condition or one cast. */
const MAX_INNER_NODES = 250;

await loadModule();
staySmall();

let isSound = true;

/**
 * PostgreSQL's grammar is one function: V8 would optimize it on a thread of its own, once it is in use, and that takes half
 * a second and 550 MB. What is run first while V8 optimizes nothing stays as it is, and parses no slower.
 */
function staySmall(): void {
  setFlagsFromString('--no-wasm-tier-up --no-wasm-dynamic-tiering');
  parseSync('SELECT 1');
  setFlagsFromString('--wasm-tier-up --wasm-dynamic-tiering');
}

/** The statements of a text; undefined when PostgreSQL would not understand it, or it is too long. */
export function parseStatements(sql: string): Typed[] | undefined {
  if (!isSound || sql.trim() === '' || Buffer.byteLength(sql) > MAX_PARSED_BYTES) {
    return undefined;
  }
  try {
    const { stmts } = parseSync(sql) as { stmts?: { stmt?: Node }[] };
    return (stmts ?? []).flatMap(({ stmt }) => typed(stmt) ?? []);
  } catch (error) {
    // anything but a complaint about the statement says that the parser itself is broken: it is not asked again
    isSound = error instanceof Error && 'sqlDetails' in error;
    return undefined;
  }
}

/** The one node of a wrapper `{"SelectStmt": {…}}`. */
export function typed(wrapper: unknown): Typed | undefined {
  if (isNode(wrapper)) {
    for (const type in wrapper) {
      const node = wrapper[type];
      if (isTypeName(type) && isNode(node)) {
        return { type, node };
      }
    }
  }
  return undefined;
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The text of a `String` node. */
export function stringOf(wrapper: unknown): string {
  const one = typed(wrapper);
  return one?.type === 'String' ? textOf(one.node.sval) : '';
}

/** What a literal says, cast or not; of several joined by `||`, all of it. */
export function constantText(wrapper: unknown): string {
  const one = typed(wrapper);
  const node = one?.node;
  if (one?.type === 'TypeCast') {
    return constantText(node?.arg);
  }
  if (node?.lexpr !== undefined) {
    return lastName(node.name) === '||' ? constantText(node.lexpr) + constantText(node.rexpr) : '';
  }
  const members = [node?.sval, node?.ival, node?.boolval, node?.fval].filter(isNode);
  return members.map((member) => primitiveText(member.sval ?? member.ival ?? member.boolval ?? member.fval)).join('');
}

/** Zero and false are left out of the tree. */
function primitiveText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '0';
}

/** The last part of a qualified name given as `String` nodes. */
export function lastName(names: unknown): string {
  return stringOf(listOf(names).at(-1));
}

/** `schema.table` or `table` of a RangeVar. */
export function tableName(range: unknown): string {
  if (!isNode(range)) {
    return '';
  }
  const schema = textOf(range.schemaname);
  return schema === '' ? textOf(range.relname) : `${schema}.${textOf(range.relname)}`;
}

/**
 * Nodes within a node, itself included, from the top down, as many as are looked at. One array, filled in a loop: trees
 * are read by the million, and generators and lists of members take five times as long.
 *
 * @param isOpaque types into which it does not look
 */
export function nodesIn(root: Typed, isOpaque = isNever, limit = MAX_NODES): Typed[] {
  const nodes: Typed[] = [];
  const pending: Typed[] = [root];
  while (pending.length > 0 && nodes.length < limit) {
    const one = pending.pop()!;
    nodes.push(one);
    if (one === root || !isOpaque(one.type)) {
      addChildren(pending, one.node);
    }
  }
  return nodes;
}

const isNever: (type: string) => boolean = () => false;

/** The nodes within a node; undefined when there are so many that looking at each, for each, would take long. */
export function within(root: Typed, isOpaque?: (type: string) => boolean): Typed[] | undefined {
  const nodes = nodesIn(root, isOpaque, MAX_INNER_NODES + 1);
  return nodes.length > MAX_INNER_NODES ? undefined : nodes;
}

/** Adds the children of a node, the first one on top. */
function addChildren(pending: Typed[], node: Node): void {
  const first = pending.length;
  for (const member in node) {
    const value = node[member];
    if (typeof value !== 'object' || value === null) {
      continue;
    }
    if (Array.isArray(value)) {
      for (const item of value) {
        addTyped(pending, item);
      }
      continue;
    }
    const bare = bareType(member, value as Node);
    if (bare === undefined) {
      addTyped(pending, value);
    } else {
      pending.push({ type: bare, node: value as Node });
    }
  }
  for (let low = first, high = pending.length - 1; low < high; low++, high--) {
    const moved = pending[low]!;
    pending[low] = pending[high]!;
    pending[high] = moved;
  }
}

function addTyped(pending: Typed[], wrapper: unknown): void {
  const one = typed(wrapper);
  if (one !== undefined) {
    pending.push(one);
  }
}

/** The type of a member that stands without its wrapper; undefined for those in one. */
function bareType(member: string, value: Node): string | undefined {
  switch (member) {
    case 'larg':
    case 'rarg':
      return 'op' in value ? 'SelectStmt' : undefined;
    case 'relation':
    case 'rel':
      return 'relname' in value ? 'RangeVar' : undefined;
    case 'setstmt':
      return 'VariableSetStmt';
    case 'typeName':
      return 'TypeName';
    case 'withClause':
      return 'WithClause';
    case 'into':
      return 'IntoClause';
    default:
      return undefined;
  }
}

function isTypeName(name: string): boolean {
  const first = name.charCodeAt(0);
  return first >= 0x41 && first <= 0x5a;
}

import { isCatalog, WHOLE_CLUSTER } from './shape.ts';
import { summarizes } from './summaries.ts';
import { isNode, lastName, listOf, type Node, type Typed, tableName, textOf, typed, within } from './syntax-tree.ts';
import { XML_WRAPPER } from './xml-reads.ts';

/**
 * How much of its tables a statement hands to the client, as far as its structure tells: `all` rows, one after another
 * `page` of them (a limit, a range, a cursor), or `some` that it asks for, or has counted.
 */
export type HandedOut = 'all' | 'page' | 'some';

/** Columns of a sequence, which is no table: a dump asks each for its state. */
const SEQUENCE_COLUMNS = new Set(['last_value', 'log_cnt', 'is_called']);
/** Functions that make one value of the rows of a query. */
const COLLECTOR = /agg$/;
/** Queries within queries that are followed. */
const MAX_DEPTH = 8;

/** What the statements of a text hand out: the most that one of them does. */
export function handedOutBy(statements: readonly Typed[]): HandedOut {
  let most: HandedOut = 'some';
  for (const statement of statements) {
    most = larger(most, ofStatement(statement));
  }
  return most;
}

function ofStatement({ type, node }: Typed): HandedOut {
  switch (type) {
    case 'SelectStmt':
      return ofSelect(node, 0);
    case 'CopyStmt':
      return ofCopy(node);
    case 'DeclareCursorStmt':
    case 'PrepareStmt':
      return ofQuery(node.query);
    case 'FetchStmt':
      return node.ismove === true ? 'some' : 'page';
    default:
      return 'some';
  }
}

function ofCopy(node: Node): HandedOut {
  if (node.is_from === true || node.is_program === true || textOf(node.filename) !== '') {
    return 'some';
  }
  return isNode(node.relation) ? (isCatalog(tableName(node.relation)) ? 'some' : 'all') : ofQuery(node.query);
}

function ofQuery(wrapper: unknown): HandedOut {
  const query = typed(wrapper);
  return query?.type === 'SelectStmt' ? ofSelect(query.node, 0) : 'some';
}

function ofSelect(select: Node, depth: number): HandedOut {
  if (isNode(select.larg) && isNode(select.rarg)) {
    return depth > MAX_DEPTH ? 'some' : larger(ofSelect(select.larg, depth + 1), ofSelect(select.rarg, depth + 1));
  }
  const targets = listOf(select.targetList).map((target) => typed(typed(target)?.node.val));
  if (targets.some((value) => value?.type === 'FuncCall' && XML_WRAPPER.test(lastName(value.node.funcname)))) {
    return 'all';
  }
  return larger(ofRows(select, targets, depth), ofTargets(targets, depth));
}

/** What queries within the targets hand out: `array(SELECT …)`, or a query that makes one value of all rows. */
function ofTargets(targets: readonly (Typed | undefined)[], depth: number): HandedOut {
  let most: HandedOut = 'some';
  for (const target of depth <= MAX_DEPTH ? targets : []) {
    for (const { type, node } of (target && within(target, isSubquery)) ?? []) {
      const query = type === 'SubLink' ? typed(node.subselect)?.node : undefined;
      if (query !== undefined && (node.subLinkType === 'ARRAY_SUBLINK' || isCollected(query))) {
        most = larger(most, ofSelect(query, depth + 1));
      }
    }
  }
  return most;
}

const isSubquery = (type: string) => type === 'SubLink';

function isCollected({ targetList }: Node): boolean {
  const value = typed(typed(listOf(targetList)[0])?.node.val);
  return value?.type === 'FuncCall' && COLLECTOR.test(lastName(value.node.funcname));
}

function ofRows(select: Node, targets: readonly (Typed | undefined)[], depth: number): HandedOut {
  const isSummary = targets.length > 0 && targets.every(isSummarized);
  const isGrouped =
    select.groupClause !== undefined ||
    select.havingClause !== undefined ||
    (select.distinctClause !== undefined && !isWholeRows(select, targets));
  const hasTables = listOf(select.fromClause).some((from) => hasRows(from, depth));
  if (select.intoClause !== undefined || isSummary || isGrouped || !hasTables) {
    return 'some';
  }
  const chosen = ofCondition(typed(select.whereClause), 0);
  return chosen === 'all' && isLimited(select) ? 'page' : chosen;
}

/** `SELECT DISTINCT *`: hardly any two rows are the same. */
function isWholeRows({ distinctClause }: Node, targets: readonly (Typed | undefined)[]): boolean {
  const isOfAll = listOf(distinctClause).every((one) => typed(one) === undefined);
  return isOfAll && targets.some((value) => typed(listOf(value?.node.fields).at(-1))?.type === 'A_Star');
}

/** LIMIT ALL and LIMIT NULL are none. */
function isLimited({ limitCount }: Node): boolean {
  return limitCount !== undefined && typed(limitCount)?.node.isnull !== true;
}

function isSummarized(value: Typed | undefined): boolean {
  if (value === undefined || value.type === 'A_Const') {
    return true;
  }
  if (value.type === 'ColumnRef') {
    return SEQUENCE_COLUMNS.has(lastName(value.node.fields));
  }
  const inner = value.type === 'TypeCast' ? typed(value.node.arg) : undefined;
  return inner === undefined
    ? value.type === 'FuncCall' && value.node.over === undefined && summarizes(lastName(value.node.funcname))
    : isSummarized(inner);
}

/** Whether something of FROM gives the rows of a table that is none of the catalog. */
function hasRows(from: unknown, depth: number): boolean {
  const one = typed(from);
  switch (one?.type) {
    case 'RangeVar':
      return !isCatalog(tableName(one.node));
    case 'JoinExpr':
      return depth <= MAX_DEPTH && (hasRows(one.node.larg, depth + 1) || hasRows(one.node.rarg, depth + 1));
    case 'RangeSubselect': {
      const query = typed(one.node.subquery);
      return depth <= MAX_DEPTH && query !== undefined && ofSelect(query.node, depth + 1) === 'all';
    }
    case 'RangeFunction':
      return false;
    default:
      return false;
  }
}

/** What a condition leaves: `some` where it asks for a value, `page` where it cuts off a range. */
function ofCondition(condition: Typed | undefined, depth: number): HandedOut {
  if (condition === undefined || condition.type === 'A_Const') {
    return 'all';
  }
  if (condition.type === 'BoolExpr' && depth < MAX_DEPTH) {
    const parts = listOf(condition.node.args).map((arg) => ofCondition(typed(arg), depth + 1));
    const isAnd = textOf(condition.node.boolop) === 'AND_EXPR';
    return isAnd ? parts.reduce(smaller, 'all') : parts.reduce(larger, 'some');
  }
  if (condition.type === 'NullTest') {
    return 'page';
  }
  if (condition.type !== 'A_Expr') {
    return 'some';
  }
  const [left, right] = [typed(condition.node.lexpr), typed(condition.node.rexpr)];
  if (left?.type === 'A_Const' && right?.type === 'A_Const') {
    return 'all'; // WHERE 1 = 1
  }
  if (left?.type === 'ColumnRef' && right?.type === 'ColumnRef' && isSameColumn(left.node, right.node)) {
    return 'all'; // WHERE id = id
  }
  if (left?.type === 'A_Expr' && lastName(left.node.name) === '%') {
    return 'page'; // WHERE id % 100 = 7
  }
  return /^(?:<|>|<=|>=|<>|BETWEEN)$/.test(lastName(condition.node.name)) ? 'page' : 'some';
}

function isSameColumn(one: Node, other: Node): boolean {
  const names = (column: Node) =>
    listOf(column.fields)
      .map((field) => textOf(typed(field)?.node.sval))
      .join('.');
  return names(one) === names(other);
}

const ORDER: readonly HandedOut[] = ['some', 'page', 'all'];

function larger(a: HandedOut, b: HandedOut): HandedOut {
  return ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b;
}

function smaller(a: HandedOut, b: HandedOut): HandedOut {
  return ORDER.indexOf(a) <= ORDER.indexOf(b) ? a : b;
}

const NARROWED = /\b(?:where|limit|group by|having|fetch first|fetch next|offset)\b/;
const SUMMARY = /^\(*select (?:distinct\b|(?:count|sum|avg|min|max)\()/;

/** The same of a statement of which only the normal form is known. */
export function handedOutByTokens(normal: string, reads: ReadonlySet<string>): HandedOut {
  const hasTables = [...reads].some((table) => !isCatalog(table));
  if (/^copy\b/.test(normal)) {
    return /\bto stdout\b/.test(normal) && (!/^copy ?\(/.test(normal) || !NARROWED.test(normal)) ? 'all' : 'some';
  }
  if (/^fetch\b/.test(normal)) {
    return 'page';
  }
  if (reads.has(WHOLE_CLUSTER)) {
    return 'all';
  }
  const isQuery = /^\(*select\b|^declare\b.*\bcursor\b/.test(normal);
  return isQuery && hasTables && !NARROWED.test(normal) && !SUMMARY.test(normal) ? 'all' : 'some';
}

const CHANGE = /^(?:insert|update|delete)\b/;
const QUERY = /^select\b/;
const WHERE = /\bwhere /;
const NESTED = /"|\b(?:select|union|intersect|except|where)\b/;
/** What makes a condition more than parts that must all hold. */
const BRANCHED = /[()]|\b(?:or|not|between|case)\b/;
const NEXT_CLAUSE = / (?:group|having|window|order|limit|offset|fetch|for) /;
const ONE_VALUE = /^[a-z_][\w$.]*=\?$/;

/**
 * Whether a plain statement (see `Plainness`), given by its normal form, surely hands out no more than `some`, seen at a
 * glance: it changes something, or asks for a value. Parsing it tells the same, and takes a hundred times as long.
 *
 * @param mayParse else what its tokens tell is all that will be told: any condition or limit leaves `some`
 */
export function asksForSome(normal: string, mayParse: boolean): boolean {
  if (CHANGE.test(normal) || (!mayParse && QUERY.test(normal) && NARROWED.test(normal))) {
    return true;
  }
  const [head, condition, more] = normal.replace(QUERY, '').split(WHERE, 3);
  if (!QUERY.test(normal) || condition === undefined || more !== undefined) {
    return false;
  }
  const isSimple = !NESTED.test(head!) && !NESTED.test(condition) && !BRANCHED.test(condition);
  return (
    isSimple &&
    condition
      .split(NEXT_CLAUSE, 1)[0]!
      .split(' and ')
      .some((part) => ONE_VALUE.test(part))
  );
}

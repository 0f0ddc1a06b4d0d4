import { answerSigns, isCount } from './answer-signs.ts';
import { ENVIRONMENT, isCatalog, Sign, SLEEPS } from './shape.ts';
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
  within,
} from './syntax-tree.ts';
import { XML_WRAPPER } from './xml-reads.ts';

/** Letters joined from which text is spelt, rather than a line end written: CHR(97) || CHR(98) || … */
const MIN_JOINTS = 3;
const NUMBER_TYPE =
  /^(?:numeric|decimal|int[248]?|integer|bigint|smallint|float[48]|double precision|real|xml|bool|date|oid)$/;
const COMPARISON = /^(?:=|<>|!=|<|>|<=|>=|!?~~?\*?|@>|<@|\?[|&]?|@\?|@@|&&|\^@)$/;
/** Functions whose answer is as constant as what they are given. */
const PURE = new Set(['chr', 'ascii', 'lower', 'upper', 'length', 'concat', 'md5', 'abs', 'repeat', 'reverse']);
const LETTER_FUNCTIONS = new Set(['ascii', 'substr', 'substring', 'left', 'right', 'unicode', 'ord', 'get_byte']);

/** Stands for too many nodes to look at: a column may be among them. */
const UNKNOWN: Typed = { type: 'ColumnRef', node: {} };
const isSubquery = (type: string) => type === 'SubLink';

/** Signs of injection in one statement, given by all of its nodes. */
export function signsOf(nodes: readonly Typed[]): number {
  const judged = new Set<unknown>();
  let signs = 0;
  let joints = 0;
  for (const one of nodes) {
    const { type, node } = one;
    if (type === 'SelectStmt' && isUnion(node)) {
      signs |= judged.has(node) ? 0 : unionSigns(node, judged);
    } else if (type === 'BoolExpr') {
      signs |= conditionSigns(node);
    } else if (type === 'CaseWhen') {
      signs |= isProbe(typed(node.expr)) ? Sign.caseProbe : 0;
    } else if (type === 'TypeCast') {
      signs |= isTelltaleCast(node) ? Sign.castError : 0;
    } else if (type === 'FuncCall') {
      const name = lastName(node.funcname);
      signs |= LETTER_FUNCTIONS.has(name) && holds(one, 'SubLink') ? Sign.substringProbe : 0;
    } else if (type === 'SubLink') {
      signs |= answerSigns(node);
    } else if (type === 'A_Expr') {
      joints += isJoint(node) ? 1 : 0;
    } else if (type === 'RangeFunction') {
      signs |= functionsIn(one).some((name) => SLEEPS.has(name)) ? Sign.sleep : 0;
    }
  }
  return joints >= MIN_JOINTS ? signs | Sign.charChain : signs;
}

/** Whether two letters stand on both sides of `||`. */
function isJoint({ name, lexpr, rexpr }: Node): boolean {
  const left = typed(lexpr);
  const before = left?.type === 'A_Expr' ? typed(left.node.rexpr) : left;
  return lastName(name) === '||' && isLetter(before) && isLetter(typed(rexpr));
}

function isLetter(one: Typed | undefined): boolean {
  return one?.type === 'FuncCall' && lastName(one.node.funcname) === 'chr' && isConstant(one);
}

function isUnion({ op }: Node): boolean {
  return op !== undefined && op !== 'SETOP_NONE';
}

/** Notes in `judged` the unions that begin with the same query: what is told of this one holds for them. */
function unionSigns(union: Node, judged: Set<unknown>): number {
  for (let one: unknown = union; isNode(one) && isUnion(one); one = one.larg) {
    judged.add(one);
  }
  const arms = armsOf(union);
  const [first, ...others] = arms;
  const tables = tablesIn(first!);
  if (tables.length === 0 || tables.every(isCatalog)) {
    return 0;
  }
  const hasCondition = isNode(first!.node.whereClause);
  return others.reduce((signs, arm) => signs | armSigns(arm, hasCondition), 0);
}

function armSigns(arm: Typed, hasCondition: boolean): number {
  const columns = listOf(arm.node.targetList).map((target) => typed(typed(target)?.node.val));
  const isBare = listOf(arm.node.fromClause).length === 0 && listOf(arm.node.valuesLists).length === 0;
  let signs = tablesIn(arm).some(isCatalog) ? Sign.unionCatalog : 0;
  if (isBare && hasCondition && columns.every((column) => column !== undefined && !hasVariable(column))) {
    signs |= Sign.unionConstants;
  } else if (columns.some(isConstant)) {
    signs |= Sign.unionPadded;
  }
  return signs | (functionsIn(arm).some((name) => ENVIRONMENT.has(name)) ? Sign.environment : 0);
}

/** The queries that a UNION joins, from left to right. */
function armsOf(union: Node): Typed[] {
  const arms: Typed[] = [];
  const pending: unknown[] = [union];
  while (pending.length > 0) {
    const node = pending.pop();
    if (isNode(node) && isUnion(node)) {
      pending.push(node.rarg, node.larg);
    } else if (isNode(node)) {
      arms.push({ type: 'SelectStmt', node });
    }
  }
  return arms;
}

/** Conditions behind the first one: what comes first is what the author of the query wrote. */
function conditionSigns(expression: Node): number {
  const isOr = expression.boolop === 'OR_EXPR';
  if (!isOr && expression.boolop !== 'AND_EXPR') {
    return 0;
  }
  let signs = 0;
  for (const wrapper of listOf(expression.args).slice(1)) {
    const operand = leading(typed(wrapper), isOr);
    if (operand === undefined || !isCondition(operand)) {
      continue;
    }
    if (isConstant(operand)) {
      signs |= isOr && !isNeverTrue(typed(wrapper)!) ? Sign.tautology : Sign.constantProbe;
    } else if (isAboutNoColumn(operand)) {
      signs |= Sign.subqueryProbe;
    }
  }
  return signs;
}

/** Of `a = 1 OR 1 = 1 AND b = 2` the part that follows OR. */
function leading(operand: Typed | undefined, isOr: boolean): Typed | undefined {
  let one = operand;
  while (one?.type === 'BoolExpr' && (one.node.boolop === 'NOT_EXPR' || (isOr && one.node.boolop === 'AND_EXPR'))) {
    one = typed(listOf(one.node.args)[0]);
  }
  return one;
}

function isCondition({ type, node }: Typed): boolean {
  if (type === 'A_Expr') {
    return node.kind !== 'AEXPR_OP' || COMPARISON.test(lastName(node.name));
  }
  return type === 'NullTest' || type === 'BooleanTest' || (type === 'A_Const' && isNode(node.boolval));
}

/** `false`, `4 IS NULL`: behind OR it changes nothing, as far as can be told without the values of literals. */
function isNeverTrue({ type, node }: Typed): boolean {
  if (type === 'NullTest') {
    const isNull = nodesIn({ type, node }).some((one) => one.type === 'A_Const' && one.node.isnull === true);
    return (node.nulltesttype === 'IS_NULL') !== isNull;
  }
  return type === 'A_Const' && isNode(node.boolval) && node.boolval.boolval !== true;
}

function isProbe(condition: Typed | undefined): boolean {
  return isConstant(condition) || isAboutNoColumn(condition);
}

/** Whether nothing but literals decides its value. */
function isConstant(one: Typed | undefined): boolean {
  if (one === undefined) {
    return false;
  }
  let constants = 0;
  for (const { type, node } of within(one) ?? [UNKNOWN]) {
    if (type === 'A_Const') {
      constants++;
    } else if (isVariable(type) || type === 'SubLink' || (type === 'FuncCall' && !PURE.has(lastName(node.funcname)))) {
      return false;
    }
  }
  return constants > 0;
}

/** Whether no column of its own query decides its value, but a subquery, a wait, or what tells where one is. */
function isAboutNoColumn(one: Typed | undefined): boolean {
  if (one === undefined) {
    return false;
  }
  let isTelling = false;
  for (const { type, node } of within(one, isSubquery) ?? [UNKNOWN]) {
    if (isVariable(type)) {
      return false;
    }
    isTelling ||=
      type === 'SubLink' || functionName(type, node).some((name) => ENVIRONMENT.has(name) || SLEEPS.has(name));
  }
  return isTelling;
}

function isVariable(type: string): boolean {
  return type === 'ColumnRef' || type === 'ParamRef';
}

function hasVariable(one: Typed): boolean {
  return (within(one, isSubquery) ?? [UNKNOWN]).some(({ type }) => isVariable(type));
}

/** `CAST('~' || (SELECT …) AS NUMERIC)`, `CAST(version() AS INT)`. */
function isTelltaleCast({ arg, typeName }: Node): boolean {
  let inner = typed(arg);
  while (inner?.type === 'TypeCast') {
    inner = typed(inner.node.arg);
  }
  if (inner === undefined || !isNode(typeName) || !NUMBER_TYPE.test(lastName(typeName.names))) {
    return false;
  }
  let isJoined = inner.type === 'SubLink' && !isCount(inner.node);
  let isTelling = false;
  for (const { type, node } of within(inner) ?? []) {
    isJoined ||= type === 'A_Expr' && lastName(node.name) === '||';
    isTelling ||= type === 'SubLink' || type === 'FuncCall' || type === 'SQLValueFunction';
    if (functionName(type, node).some((name) => ENVIRONMENT.has(name) || XML_WRAPPER.test(name))) {
      return true;
    }
  }
  return isJoined && isTelling;
}

function holds(one: Typed, wanted: string): boolean {
  return (within(one) ?? []).some(({ type }) => type === wanted);
}

function tablesIn(one: Typed): string[] {
  return nodesIn(one).flatMap(({ type, node }) => (type === 'RangeVar' ? [tableName(node)] : []));
}

/** Functions called within a node; `current_user` and its like count as such. */
export function functionsIn(one: Typed): string[] {
  return nodesIn(one).flatMap(({ type, node }) => functionName(type, node));
}

export function functionName(type: string, node: Node): string[] {
  if (type === 'FuncCall') {
    return [stringOf(listOf(node.funcname).at(-1))];
  }
  return type === 'SQLValueFunction' ? [textOf(node.op).replace('SVFOP_', '').toLowerCase()] : [];
}

import { ENVIRONMENT, SLEEPS } from './shape.ts';
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
  within,
} from './syntax-tree.ts';

const COMPARISON = /^(?:=|<>|!=|<|>|<=|>=|!?~~?\*?|@>|<@|\?[|&]?|@\?|@@|&&|\^@)$/;
/** Functions whose answer is as constant as what they are given. */
const PURE = new Set(['chr', 'ascii', 'lower', 'upper', 'length', 'concat', 'md5', 'abs', 'repeat', 'reverse']);
/** Stands for too many nodes to look at: a column may be among them. */
const UNKNOWN: Typed = { type: 'ColumnRef', node: {} };
const isSubquery = (type: string) => type === 'SubLink';

/** Whether an operator compares. */
export function isComparison(operator: string): boolean {
  return COMPARISON.test(operator);
}

/** Whether something may stand as a condition. */
export function isCondition({ type, node }: Typed): boolean {
  if (type === 'A_Expr') {
    return node.kind !== 'AEXPR_OP' || isComparison(lastName(node.name));
  }
  return type === 'NullTest' || type === 'BooleanTest' || (type === 'A_Const' && isNode(node.boolval));
}

/** Whether nothing but literals decides its value. */
export function isConstant(one: Typed | undefined): boolean {
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
export function isAboutNoColumn(one: Typed | undefined): boolean {
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

/** Whether a column or a parameter of its own query stands in it. */
export function hasVariable(one: Typed): boolean {
  return (within(one, isSubquery) ?? [UNKNOWN]).some(({ type }) => isVariable(type));
}

/** Tables named within a node. */
export function tablesIn(one: Typed): string[] {
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

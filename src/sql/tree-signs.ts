import { answerSigns, cutsLetters, isCount } from './answer-signs.ts';
import { ENVIRONMENT, Sign, SLEEPS } from './shape.ts';
import { isNode, lastName, listOf, type Node, nodesIn, type Typed, typed, within } from './syntax-tree.ts';
import { functionName, functionsIn, isAboutNoColumn, isComparison, isCondition, isConstant } from './tree-parts.ts';
import { isUnion, unionSigns } from './union-signs.ts';
import { XML_WRAPPER } from './xml-reads.ts';

/** Letters joined from which text is spelt, rather than a line end written: CHR(97) || CHR(98) || … */
const MIN_JOINTS = 3;
const NUMBER_TYPE =
  /^(?:numeric|decimal|int[248]?|integer|bigint|smallint|float[48]|double precision|real|xml|bool|date|oid)$/;
const LETTER_FUNCTIONS = new Set(['ascii', 'substr', 'substring', 'left', 'right', 'unicode', 'ord', 'get_byte']);

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
      signs |= isLetterCompared(node) ? Sign.substringProbe : 0;
    } else if (type === 'RangeFunction') {
      signs |= functionsIn(one).some((name) => SLEEPS.has(name)) ? Sign.sleep : 0;
    }
  }
  return joints >= MIN_JOINTS ? signs | Sign.charChain : signs;
}

/** `(SELECT substr(password, 1, 1) FROM users …) = 'a'`: a letter of an answer, and one to compare it with. */
function isLetterCompared({ name, lexpr, rexpr }: Node): boolean {
  const sides = [typed(lexpr), typed(rexpr)];
  const link = sides.find((side) => side?.type === 'SubLink');
  return link !== undefined && isComparison(lastName(name)) && sides.some(isConstant) && cutsLetters(link.node);
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

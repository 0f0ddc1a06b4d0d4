import { Sign } from './shape.ts';
import { lastName, listOf, type Node, type Typed, typed, within } from './syntax-tree.ts';

const NUMBERS = /^(?:count|sum|min|max|avg|coalesce)$/;
/** Functions that make a number of a letter, and those that take one out of a text. */
const CODES = new Set(['ascii', 'unicode', 'ord']);
const CUTTING = new Set(['substr', 'substring', 'left', 'right']);

/** `(SELECT count(*) FROM …)`: a number that is cast to be one. */
export function isCount(link: Node): boolean {
  return NUMBERS.test(calledBy(targetOf(link)));
}

/** `(SELECT left(password, 1) FROM …)`: a piece of a text. */
export function cutsLetters(link: Node): boolean {
  return CUTTING.has(calledBy(targetOf(link)));
}

/** Signs of injection in what a query within another answers. */
export function answerSigns(link: Node): number {
  const target = targetOf(link);
  const name = calledBy(target);
  if (CODES.has(name) && within(target!)?.some((one) => CUTTING.has(calledBy(one))) === true) {
    return Sign.substringProbe; // (SELECT ascii(substr(password, 1, 1)) FROM users LIMIT 1) > 64
  }
  return name === 'count' && isCountingUp(typed(link.subselect)!.node) ? Sign.sleep : 0;
}

/** `SELECT count(*) FROM generate_series(1, 5000000)`: the answer is known, but takes its time. */
function isCountingUp({ fromClause, whereClause }: Node): boolean {
  const [from, ...others] = listOf(fromClause);
  if (from === undefined || others.length > 0 || whereClause !== undefined || typed(from)?.type !== 'RangeFunction') {
    return false;
  }
  const nodes = within(typed(from)!) ?? [];
  return nodes.some((one) => calledBy(one) === 'generate_series') && !nodes.some(({ type }) => VARIABLE.has(type));
}

const VARIABLE = new Set(['ColumnRef', 'ParamRef', 'SubLink']);

function targetOf({ subselect }: Node): Typed | undefined {
  const select = typed(subselect)?.node;
  return typed(typed(listOf(select?.targetList)[0])?.node.val);
}

function calledBy(one: Typed | undefined): string {
  return one?.type === 'FuncCall' ? lastName(one.node.funcname) : '';
}

import { ENVIRONMENT, isCatalog, Sign } from './shape.ts';
import { isNode, listOf, type Node, type Typed, typed } from './syntax-tree.ts';
import { functionsIn, hasVariable, isCondition, isConstant, tablesIn } from './tree-parts.ts';

/** Of a query, whether it joins others: by UNION, INTERSECT or EXCEPT. */
export function isUnion({ op }: Node): boolean {
  return op !== undefined && op !== 'SETOP_NONE';
}

/** Signs of injection in a UNION. Notes in `judged` the unions that begin with the same query: what is told of this one holds for them. */
export function unionSigns(union: Node, judged: Set<unknown>): number {
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
  const isHabit = firstConstant(first!) !== undefined;
  return others.reduce((signs, arm) => {
    const constant = isHabit ? undefined : firstConstant(arm);
    const isQuoted = constant !== undefined && comparesTexts(constant);
    const probe = (constant === undefined ? 0 : Sign.constantProbe) | (isQuoted ? Sign.unionQuoted : 0);
    return signs | armSigns(arm, hasCondition) | probe;
  }, 0);
}

/** `WHERE 1 = 1 AND …`: an author who writes so does it in each arm; whoever closes a quote does it in the last. */
function firstConstant(arm: Typed): Typed | undefined {
  let one = typed(arm.node.whereClause);
  while (one?.type === 'BoolExpr') {
    one = typed(listOf(one.node.args)[0]);
  }
  return one !== undefined && isCondition(one) && isConstant(one) ? one : undefined;
}

/** Authors, and what builds queries for them, compare numbers when any condition will do. */
function comparesTexts({ node }: Typed): boolean {
  return [node.lexpr, node.rexpr].every((side) => {
    const one = typed(side);
    return one?.type === 'A_Const' && isNode(one.node.sval);
  });
}

function armSigns(arm: Typed, hasCondition: boolean): number {
  const columns = listOf(arm.node.targetList).map((target) => typed(typed(target)?.node.val));
  const isBare = listOf(arm.node.fromClause).length === 0 && listOf(arm.node.valuesLists).length === 0;
  const isOfTables = hasCondition && !isBare;
  let signs = tablesIn(arm).some(isCatalog) ? Sign.unionCatalog : isOfTables ? Sign.union : 0;
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

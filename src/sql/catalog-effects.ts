import { type Facts, settingEffects } from './shape.ts';
import { constantText, lastName, listOf, type Node, stringOf, tableName, textOf, typed } from './syntax-tree.ts';

/** Tables of the catalog in which a row is power: over others, or code that the server runs. */
const POWER = /^(?:pg_catalog\.)?(pg_authid|pg_auth_members|pg_proc|pg_language)$/;
const SETTINGS = /^(?:pg_catalog\.)?pg_settings$/;

/** Rows that are put into the catalog, or changed there, by hand: no statement made for that tells what they give. */
export function addCatalogChange(facts: Facts, node: Node): void {
  const table = tableName(node.relation);
  const power = POWER.exec(table);
  if (power !== null) {
    facts.effects.push({ kind: 'catalog', object: power[1]!, value: 'rows' });
  } else if (SETTINGS.test(table)) {
    addSettings(facts, node);
  }
}

/** `UPDATE pg_settings SET setting = 'none' WHERE name = 'log_statement'` is another way to say SET. */
function addSettings(facts: Facts, node: Node): void {
  facts.dependsOnLiterals = true;
  const target = listOf(node.targetList)
    .map((one) => typed(one)?.node)
    .find((one) => one?.name === 'setting');
  const condition = typed(node.whereClause)?.node;
  if (target !== undefined && lastName(condition?.name) === '=') {
    facts.effects.push(...settingEffects(constantText(condition?.rexpr), constantText(target.val)));
  }
}

/** The right to call functions; who may call them at first is decided when the server is built. */
export function addRights(facts: Facts, node: Node): void {
  if (node.is_grant !== true || textOf(node.objtype) !== 'OBJECT_FUNCTION') {
    return;
  }
  for (const object of listOf(node.objects)) {
    facts.effects.push({
      kind: 'right',
      object: stringOf(listOf(typed(object)?.node.objname).at(-1)),
      value: 'execute',
    });
  }
}

import type { Facts } from './shape.ts';
import { constantText, lastName, listOf, type Node } from './syntax-tree.ts';

/** Functions that give a table, what a query gives, or all tables at once, as one text. */
export const XML_WRAPPER = /^(?:table|query|cursor|schema|database)_to_xml(?:_and_xmlschema)?$/;
/** Those that give all tables. */
const XML_OF_ALL = /^(?:schema|database)_to_xml(?:_and_xmlschema)?$/;

/** Whether the name of a table stands for all of a schema or a database. */
export function isEveryTable(table: string): boolean {
  return table.startsWith('every table');
}

/** What such a function reads stands in a literal: a name, or a query that is read like the body of a function. */
export function addXml(facts: Facts, node: Node): void {
  const name = lastName(node.funcname);
  if (!XML_WRAPPER.test(name)) {
    return;
  }
  facts.dependsOnLiterals = true;
  const text = constantText(listOf(node.args)[0]);
  if (XML_OF_ALL.test(name)) {
    facts.reads.add(name.startsWith('schema') ? `every table of ${text || 'a schema'}` : 'every table');
  } else if (name.startsWith('query')) {
    facts.code.push(text);
  } else if (name.startsWith('table') && text !== '') {
    facts.reads.add(text);
    facts.columns.add('*');
  }
}

import type { Effect, Facts } from './shape.ts';
import { lastName, listOf, type Node, nodesIn, stringOf, textOf, typed } from './syntax-tree.ts';

/** Options of a foreign server that say where it is. */
const PLACE = new Set(['host', 'hostaddr', 'port', 'service', 'dbserver']);
/** What says where another database is, as libpq takes it: `host=x`, `postgresql://x`. */
const CONNECTION = /^\s*[a-z]+:\/\/|\b[a-z]+\s*=/i;
const CONNECTED: Effect = { kind: 'server', object: 'dblink', value: 'connection' };
const DBLINK = new Set(['dblink', 'dblink_exec']);
const CALLED = /\bdblink(?:_exec)?\s{0,9}\(\s{0,9}'([^']{0,512})'/gi;

/** `ALTER SERVER s OPTIONS (SET host 'x')`. */
export function addMovedServer(facts: Facts, node: Node): void {
  if (optionNames(node.options).some((name) => PLACE.has(name))) {
    facts.effects.push({ kind: 'server', object: textOf(node.servername), value: 'foreign server' });
  }
}

export function addMovedSubscription(facts: Facts, node: Node): void {
  if (node.kind === 'ALTER_SUBSCRIPTION_CONNECTION') {
    facts.effects.push({ kind: 'server', object: 'subscription', value: 'subscription' });
  }
}

/** A foreign table over a program or a file of the server, as file_fdw makes them. */
export function addForeignTable(facts: Facts, table: string, options: unknown): void {
  const names = optionNames(options);
  if (names.includes('program')) {
    facts.effects.push({ kind: 'program', object: table, value: 'from' });
  } else if (names.includes('filename')) {
    facts.effects.push({ kind: 'file', object: 'foreign table', value: 'read' });
  }
}

/** `ALTER FOREIGN TABLE t OPTIONS (SET program 'x')`. */
export function addForeignChange(facts: Facts, table: string, node: Node): void {
  for (const command of listOf(node.cmds)) {
    const change = typed(command)?.node;
    if (change?.subtype === 'AT_GenericOptions') {
      addForeignTable(facts, table, typed(change.def)?.node.items);
    }
  }
}

/** `dblink('host=x', 'SELECT …')`: a connection that has a name was made by another statement. */
export function addCall(facts: Facts, node: Node): void {
  if (!DBLINK.has(lastName(node.funcname))) {
    return;
  }
  facts.dependsOnLiterals = true;
  const target = typed(listOf(node.args)[0]);
  const texts = target === undefined ? [] : nodesIn(target).map((one) => textOf(typedText(one.node)));
  if (texts.some((text) => CONNECTION.test(text))) {
    facts.effects.push(CONNECTED);
  }
}

/** The same within the body of a function, where only tokens are read: a literal where the call begins. */
export function connectionEffects({ functions }: Facts, body: string): Effect[] {
  const isCalled = [...functions].some((name) => DBLINK.has(name));
  const targets = isCalled ? [...body.matchAll(CALLED)].map(([, target]) => target!) : [];
  return targets.some((target) => CONNECTION.test(target)) ? [CONNECTED] : [];
}

function typedText({ sval }: Node): unknown {
  return typeof sval === 'object' && sval !== null && 'sval' in sval ? sval.sval : undefined;
}

/** Names of options that are set; one that is taken away sets nothing. */
function optionNames(options: unknown): string[] {
  return listOf(options).flatMap((option) => {
    const element = typed(option)?.node;
    return element === undefined || element.defaction === 'DEFELEM_DROP' ? [] : [textOf(element.defname)];
  });
}

/** `DROP EXTENSION pgaudit`: what it would have written is not written any more. */
export function addDroppedAudit(facts: Facts, node: Node): void {
  const names = node.removeType === 'OBJECT_EXTENSION' ? listOf(node.objects).map(stringOf) : [];
  if (names.includes('pgaudit')) {
    facts.effects.push({ kind: 'setting', object: 'pgaudit', value: 'off' });
  }
}

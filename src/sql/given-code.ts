import type { Facts } from './shape.ts';
import { lastName, listOf, type Node, nodesIn, tableName, textOf, typed } from './syntax-tree.ts';

/** Functions of extensions that run the SQL they are given, at once or when its time comes. */
const RUNNERS: ReadonlySet<string> = new Set(['dblink_exec', 'dblink_send_query']);
/** Those of pg_cron, whose names are common words: they count in its schema only. */
const SCHEDULERS: ReadonlySet<string> = new Set(['schedule', 'schedule_in_database', 'alter_job']);
/** Tables whose rows are statements that a scheduler runs. */
const SCHEDULES: ReadonlySet<string> = new Set(['cron.job', 'pgagent.pga_jobstep']);

/** `cron.schedule('x', '* * * * *', 'COPY …')`: what it is given is read like the body of a function. */
export function addRun(facts: Facts, node: Node): void {
  const names = listOf(node.funcname);
  const name = lastName(names);
  const isScheduler = SCHEDULERS.has(name) && lastName(names.slice(0, -1)) === 'cron';
  if (isScheduler || RUNNERS.has(name)) {
    addTexts(facts, listOf(node.args));
  }
}

/** `INSERT INTO cron.job (schedule, command) VALUES ('* * * * *', 'COPY …')`. */
export function addScheduled(facts: Facts, node: Node): void {
  if (SCHEDULES.has(tableName(node.relation))) {
    addTexts(facts, [{ InsertStmt: node }]);
  }
}

function addTexts(facts: Facts, wrappers: readonly unknown[]): void {
  facts.dependsOnLiterals = true;
  const roots = wrappers.flatMap((wrapper) => typed(wrapper) ?? []);
  facts.code.push(...roots.flatMap((root) => nodesIn(root)).flatMap(({ node }) => textOf(literalOf(node)) || []));
}

function literalOf({ sval }: Node): unknown {
  return typeof sval === 'object' && sval !== null && 'sval' in sval ? sval.sval : undefined;
}

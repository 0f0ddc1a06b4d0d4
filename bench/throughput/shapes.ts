import { createRandom, type Random } from './random.ts';
import { type RecordTemplate, type SessionTemplates, Slot } from './session-templates.ts';

/** Distinct statements once literals are left out. */
const SHAPES = 60_000;
const TABLES = 400;
const WORDS = ['order', 'item', 'client', 'price', 'stock', 'event', 'audit', 'ledger', 'route', 'ticket'] as const;
const COLUMNS = [
  'id',
  'name',
  'status',
  'total',
  'created_at',
  'owner_id',
  'region',
  'weight',
  'note',
  'code',
] as const;
/** Marks the place of a literal in a shape. */
const LITERAL = '\ue00a';

/** A statement of some shape with literals of its own, escaped as csvlog has it. Few shapes make most of the load. */
export type NextStatement = () => string;

export function createStatements(random: Random): NextStatement {
  const shapes = distinctShapes(createRandom(7));
  return () => {
    const share = random.fraction();
    const parts = shapes[Math.floor(shapes.length * share * share)]!;
    let text = parts[0]!;
    for (let i = 1; i < parts.length; i++) {
      text += (i % 3 === 0 ? `'v${random.below(1e6)}'` : String(random.below(1e6))) + parts[i]!;
    }
    return text;
  };
}

/** The same sessions with holes instead of the statements that simple queries ran. */
export function withStatementHoles({ signedIn, refused }: SessionTemplates): SessionTemplates {
  const shaped = signedIn.map((session) => ({ ...session, body: session.body.flatMap(holeOf) }));
  return { signedIn: shaped.filter(({ body }) => body.length > 0), refused };
}

/** The record with its statement left out; nothing where it has none. */
function holeOf({ texts, slots }: RecordTemplate): RecordTemplate[] {
  const last = texts.length - 1;
  const parts = /^(.*,LOG,00000,"statement: )(?:[^"]|"")*("(?:,.*)?\n)$/s.exec(texts[last]!);
  if (parts === null) {
    return [];
  }
  return [{ texts: [...texts.slice(0, last), parts[1]!, parts[2]!], slots: [...slots, Slot.statement] }];
}

function distinctShapes(random: Random): string[][] {
  const shapes = new Set<string>();
  while (shapes.size < SHAPES) {
    shapes.add(shapeOf(random));
  }
  return [...shapes].map((shape) => shape.split(LITERAL));
}

function shapeOf(random: Random): string {
  const kind = random.fraction();
  const table = tableOf(random);
  const columns = columnsOf(random, 1 + random.below(5));
  if (kind < 0.1) {
    return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => LITERAL).join(', ')})`;
  }
  if (kind < 0.2) {
    const set = columns.map((column) => `${column} = ${LITERAL}`).join(', ');
    return `UPDATE ${table} SET ${set} WHERE ${conditionOf(random, '')}`;
  }
  if (kind < 0.25) {
    return `DELETE FROM ${table} WHERE ${conditionOf(random, '')}`;
  }
  return selectOf(random, table, columns);
}

function selectOf(random: Random, table: string, columns: readonly string[]): string {
  const isJoined = random.fraction() < 0.4;
  const isGrouped = random.fraction() < 0.2;
  const list = columns.map((column) => `t.${column}`).join(', ');
  const join = isJoined ? ` JOIN ${tableOf(random)} u ON u.id = t.${random.pick(COLUMNS)}` : '';
  const where = ` WHERE ${conditionOf(random, 't.')}`;
  const tail = isGrouped
    ? ` GROUP BY ${list}${random.fraction() < 0.5 ? ` HAVING count(*) > ${LITERAL}` : ''}`
    : ` ORDER BY t.${random.pick(COLUMNS)}${random.fraction() < 0.5 ? ' DESC' : ''} LIMIT ${LITERAL}`;
  return `SELECT ${list}${isGrouped ? ', count(*)' : ''} FROM ${table} t${join}${where}${tail}`;
}

function conditionOf(random: Random, alias: string): string {
  const terms = columnsOf(random, 1 + random.below(3)).map((column) => {
    const operator = random.pick(['=', '<', '>=', '<>']);
    return `${alias}${column} ${operator} ${LITERAL}`;
  });
  return terms.join(random.fraction() < 0.8 ? ' AND ' : ' OR ');
}

function tableOf(random: Random): string {
  return `${random.pick(WORDS)}_${random.below(TABLES)}`;
}

function columnsOf(random: Random, count: number): string[] {
  return [...new Set(Array.from({ length: count }, () => random.pick(COLUMNS)))];
}

import { type Dialect, type Fingerprint, fingerprintText } from './fingerprint.ts';
import { literalsOf } from './literals-of.ts';
import { connectionEffects } from './outside-effects.ts';
import { readTokens } from './read-tokens.ts';
import { readTree } from './read-tree.ts';
import { type Facts, type Shape, settingEffects, shapeOfFacts } from './shape.ts';
import { parseStatements } from './syntax-tree.ts';

/** Texts within code that are looked at: bodies, and what they execute. */
const MAX_TEXTS = 32;
/** A shorter literal holds no statement: `COPY t TO PROGRAM 'x'`. */
const MIN_CODE = 12;

/** The name of a language may stand in quotes. */
const QUOTED_LANGUAGE = /\blanguage\s{1,9}'(\w{1,63})'/gi;
/** Where literals say which setting is changed. */
const SET_CONFIG = /\bset_config\s{0,9}\(\s{0,9}'([\w.]{1,63})'\s{0,9},\s{0,9}'([^']{0,63})'/gi;

/**
 * What a statement does, from PostgreSQL's own parser; from its tokens where that does not understand it, or is of
 * another language.
 */
export function shapeOf(sql: string, dialect: Dialect = 'postgresql'): Shape {
  const statements = dialect === 'postgresql' ? parseStatements(sql) : undefined;
  if (statements === undefined) {
    return tokenShapeOf(sql, dialect);
  }
  const facts = readTree(statements);
  addCode(facts, facts.code);
  return shapeOfFacts(facts, 'tree');
}

/** What a statement does as far as its tokens tell; of the query language of Cosmos DB that is all there is. */
export function tokenShapeOf(sql: string, dialect: Dialect = 'postgresql'): Shape {
  const facts = readTokens(normalText(fingerprintText(sql, dialect)));
  if (dialect === 'cosmosdb') {
    return shapeOfFacts(facts, 'tokens');
  }
  const hasCode = facts.effects.some(({ kind, value }) => kind === 'language' && value === 'code');
  addCode(facts, hasCode ? literalsOf(sql, MIN_CODE) : []);
  for (const [, language] of hasCode ? sql.matchAll(QUOTED_LANGUAGE) : []) {
    facts.effects.push({ kind: 'language', object: language!.toLowerCase(), value: 'code' });
  }
  for (const [, name, value] of facts.functions.has('set_config') ? sql.matchAll(SET_CONFIG) : []) {
    facts.effects.push(...settingEffects(name!, value!));
  }
  return shapeOfFacts(facts, 'tokens');
}

/** The normal form as text. */
export function normalText({ bytes, start, length }: Fingerprint): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, length).toString();
}

/** Between two literals that are joined to one. */
const JOINT = /'\s{0,9}\|\|\s{0,9}'/g;
/** Behind a literal, a value that is only known when the code runs: a literal by its function, or a name. */
const JOINED_LITERAL = /'\s{0,9}\|\|\s{0,9}quote_(?:literal|nullable)\s?\([^()]{0,99}\)(\s{0,9}\|\|\s{0,9}')?/gi;
const JOINED_NAME = /'\s{0,9}\|\|\s{0,9}[\w.]{1,99}\s?(?:\([^()]{0,99}\))?\s{0,9}\|\|\s{0,9}'/g;
/** Where `format` puts a literal, and a name. */
const PUT_LITERAL = /%(?:\d\$)?L/g;
const PUT_NAME = /%(?:\d\$)?[Is]/g;

/** Texts within code that may be executed, with something in the places that are filled in when it runs. */
function executedIn(body: string): string[] {
  const joined = body
    .replace(JOINED_LITERAL, (_, goesOn) => (goesOn === undefined ? "'''''" : "''''"))
    .replace(JOINED_NAME, 'x')
    .replace(JOINT, '');
  return literalsOf(joined, MIN_CODE).map((text) => text.replace(PUT_LITERAL, "''").replace(PUT_NAME, 'x'));
}

/** Adds what code does, and what the texts within it would do if they were executed. */
function addCode(facts: Facts, bodies: readonly string[]): void {
  const texts = bodies.flatMap((body) => [body, ...executedIn(body)]).slice(0, MAX_TEXTS);
  for (const text of texts) {
    const inner = readTokens(normalText(fingerprintText(text)));
    for (const name of inner.functions) {
      facts.functions.add(name);
    }
    for (const table of inner.reads) {
      facts.reads.add(table);
    }
    facts.effects.push(...inner.effects, ...connectionEffects(inner, text));
  }
}

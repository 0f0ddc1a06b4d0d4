/**
 * What a pattern says about addresses: those of which each alone fulfils it; `context` where it speaks only of what
 * surrounds an address, such as ports; `other` where it asks for something else, or for more.
 */
type Meaning = readonly string[] | 'context' | 'other';

interface Reader {
  tokens: readonly string[];
  at: number;
  depth: number;
}

const LONGEST_PATTERN = 65_536;
const DEEPEST = 50;

/** Strings (also of times and bytes), paths of objects, words and numbers, operators and brackets. */
const TOKEN =
  /\s*(?:([thb]?'(?:[^'\\]|\\.)*'|[\w-]+:[\w-]+(?:\.[\w-]+|\.'[^']*'|\[(?:\*|\d+)\])*|[\w.+-]+|[<>!=]=?|<>|[()[\],]))/sy;
const ADDRESS_PATH = /^(?:ipv[46]-addr:value|network-traffic:(?:src|dst)_ref\.value)$/;

/**
 * The addresses and CIDR blocks of which each alone fulfils a STIX pattern (STIX 2.1, section 9); undefined when the
 * pattern asks for anything else or for more, or when it cannot be read.
 */
export function addressesIn(pattern: string): readonly string[] | undefined {
  const tokens = pattern.length > LONGEST_PATTERN ? undefined : tokenize(pattern);
  if (tokens === undefined) {
    return undefined;
  }
  const reader = { tokens, at: 0, depth: 0 };
  const meaning = readSequence(reader);
  return typeof meaning === 'string' || reader.at < tokens.length ? undefined : meaning;
}

function tokenize(pattern: string): string[] | undefined {
  const tokens: string[] = [];
  const end = pattern.trimEnd().length;
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < end; ) {
    const found = TOKEN.exec(pattern);
    if (found === null) {
      return undefined;
    }
    tokens.push(found[1]);
  }
  return tokens;
}

/** One thing after another is asked for: no single address fulfils it. */
function readSequence(reader: Reader): Meaning {
  let meaning = readAlternatives(reader);
  while (take(reader, 'FOLLOWEDBY')) {
    meaning = both(meaning, readAlternatives(reader));
  }
  return meaning;
}

function readAlternatives(reader: Reader): Meaning {
  let meaning = readConjunction(reader);
  while (take(reader, 'OR')) {
    meaning = either(meaning, readConjunction(reader));
  }
  return meaning;
}

function readConjunction(reader: Reader): Meaning {
  let meaning = readTerm(reader);
  while (take(reader, 'AND')) {
    meaning = both(meaning, readTerm(reader));
  }
  return meaning;
}

/** Brackets hold an observation, parentheses group; both hold alternatives. */
function readTerm(reader: Reader): Meaning {
  const close = take(reader, '[') ? ']' : take(reader, '(') ? ')' : undefined;
  if (close === undefined) {
    return readComparison(reader);
  }
  if (reader.depth === DEEPEST) {
    return 'other';
  }
  reader.depth++;
  const meaning = readSequence(reader);
  reader.depth--;
  if (!take(reader, close)) {
    return 'other';
  }
  skipQualifiers(reader);
  return meaning;
}

/** How often and when something is to be seen does not change which address it is about. */
function skipQualifiers(reader: Reader): void {
  while (/^(?:WITHIN|REPEATS|START|STOP)$/.test(reader.tokens[reader.at] ?? '')) {
    reader.at += 2;
    if (!take(reader, 'SECONDS')) {
      take(reader, 'TIMES');
    }
  }
}

function readComparison(reader: Reader): Meaning {
  if (take(reader, 'EXISTS')) {
    reader.at++;
    return 'context';
  }
  const path = reader.tokens[reader.at++] ?? '';
  const isNegated = take(reader, 'NOT');
  const operator = reader.tokens[reader.at++] ?? '';
  const values = readValues(reader);
  if (ADDRESS_PATH.test(path)) {
    return !isNegated && /^(?:==?|IN|ISSUBSET)$/.test(operator) && values.length > 0 ? values : 'other';
  }
  return path.startsWith('network-traffic:') ? 'context' : 'other';
}

function readValues(reader: Reader): string[] {
  if (!take(reader, '(')) {
    return [literal(reader.tokens[reader.at++] ?? '')];
  }
  const values: string[] = [];
  while (reader.at < reader.tokens.length && !take(reader, ')')) {
    const token = reader.tokens[reader.at++];
    if (token !== ',') {
      values.push(literal(token));
    }
  }
  return values;
}

function literal(token: string): string {
  return token.startsWith("'") ? token.slice(1, -1).replaceAll(/\\(.)/gs, '$1') : token;
}

function take(reader: Reader, token: string): boolean {
  const isThere = reader.tokens[reader.at] === token;
  reader.at += isThere ? 1 : 0;
  return isThere;
}

function either(a: Meaning, b: Meaning): Meaning {
  if (typeof a === 'string') {
    return typeof b === 'string' && (a === 'other' || b === 'other') ? 'other' : b;
  }
  return typeof b === 'string' ? a : [...a, ...b];
}

function both(a: Meaning, b: Meaning): Meaning {
  if (a === 'context') {
    return b;
  }
  return b === 'context' ? a : 'other';
}

import { PROCESS_KINDS } from './server-phrases.ts';

/** What a piece of a prefix looks like. */
export type TokenKind =
  /** Time with milliseconds, time without, seconds since the epoch, session id, virtual transaction, SQLSTATE. */
  | 'm'
  | 't'
  | 'n'
  | 'c'
  | 'v'
  | 'e'
  /** Host with port, host alone. */
  | 'r'
  | 'h'
  /** Kind of process, command tag. */
  | 'b'
  | 'i'
  | 'number'
  | 'word'
  | 'mark';

export interface Token {
  kind: TokenKind;
  text: string;
}

const ZONE = '(?:[A-Za-z]{1,6}|[+-]\\d{2,4}(?::\\d\\d)?)';
const SECOND = '\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d';
const HEX = '[0-9a-f]{1,4}';
const ADDRESS =
  `(?:\\d{1,3}(?:\\.\\d{1,3}){3}|${HEX}(?::${HEX}){7}|` +
  `(?:${HEX}(?::${HEX}){0,6})?::(?:${HEX}(?::${HEX}){0,6}(?:\\.\\d{1,3}){0,3})?(?:%\\w+)?)`;
const PROCESS = PROCESS_KINDS.join('|');
/** Command tags (`%i`) that are no names. */
const TAG =
  'idle in transaction|idle|authentication|SELECT|INSERT|UPDATE|DELETE|BEGIN|COMMIT|ROLLBACK|COPY|PARSE|BIND|SET|SHOW|' +
  'VACUUM|ANALYZE|CREATE [A-Z]+|ALTER [A-Z]+|DROP [A-Z]+|TRUNCATE TABLE';

/** In this order; the first that fits counts. A word may not follow: `10.0.0.5x` is no address. */
const SHAPES: readonly (readonly [TokenKind, RegExp])[] = [
  ['m', new RegExp(`${SECOND}\\.\\d{3} ${ZONE}`, 'y')],
  ['t', new RegExp(`${SECOND} ${ZONE}`, 'y')],
  ['n', /\d{10}\.\d{3}(?!\w)/y],
  ['c', /[0-9a-f]{7,9}\.[0-9a-f]{1,8}(?!\w)/y],
  ['v', /\d+\/\d+(?!\w)/y],
  ['r', new RegExp(`(?:${ADDRESS}|[A-Za-z][\\w.-]*)\\(\\d{1,5}\\)`, 'y')],
  ['h', new RegExp(`(?:${ADDRESS}|\\[local\\])(?![\\w(])`, 'y')],
  ['word', /\[unknown\]/y],
  ['b', new RegExp(`(?:${PROCESS})(?!\\w)`, 'y')],
  ['i', new RegExp(`(?:${TAG})(?!\\w)`, 'y')],
  ['e', /(?:00000|(?=\d{0,4}[A-Z])(?=[A-Z]{0,4}\d)[0-9A-Z]{5})(?!\w)/y],
  ['number', /(?:-\d{12,20}|\d+)(?![\w.])/y],
];
/** Names hold marks, too: once they are taken to end at each, once only at those that separate fields, of which `:` is one or not. */
const WORD = {
  fine: /[\w$.]+/y,
  medium: /[^\s,=@[\]()|;<>"':-][^\s,=@[\]()|;<>"':]*/y,
  coarse: /[^\s,=@[\]()|;<>"'-][^\s,=@[\]()|;<>"']*/y,
};
export type Grain = keyof typeof WORD;

/**
 * The pieces of what stands before a severity.
 *
 * @param names that are known to be names, from what the line says
 */
export function prefixTokens(head: string, names: readonly string[], grain: Grain): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < head.length; ) {
    const token = shapedAt(head, at) ?? nameAt(head, at, names) ?? wordAt(head, at, grain);
    tokens.push(token);
    at += token.text.length;
  }
  return tokens;
}

function shapedAt(head: string, at: number): Token | undefined {
  for (const [kind, shape] of SHAPES) {
    const text = textAt(head, at, shape);
    if (text !== undefined) {
      return { kind, text };
    }
  }
  return undefined;
}

function nameAt(head: string, at: number, names: readonly string[]): Token | undefined {
  const text = names.find((name) => head.startsWith(name, at) && !/[\w$]/.test(head[at + name.length] ?? ''));
  return text === undefined ? undefined : { kind: 'word', text };
}

function wordAt(head: string, at: number, grain: Grain): Token {
  const text = textAt(head, at, WORD[grain]);
  return text === undefined ? { kind: 'mark', text: head[at]! } : { kind: 'word', text };
}

function textAt(head: string, at: number, shape: RegExp): string | undefined {
  shape.lastIndex = at;
  return shape.exec(head)?.[0];
}

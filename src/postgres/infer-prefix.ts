import { type Column, putNames } from './infer-names.ts';
import { paddedPrefixes } from './infer-padding.ts';
import type { PrefixedLine } from './prefix-evidence.ts';
import { escapeOfKey, isKeyText } from './prefix-keys.ts';
import { type Grain, prefixTokens, type Token } from './prefix-tokens.ts';

/** Shapes of lines that are made into a prefix; rarer ones are of odd names. */
const MAX_SHAPES = 6;

/** One shape, and the lines that have it. */
interface Shape {
  lines: PrefixedLine[];
  rows: Token[][];
}

/** Prefixes that would write such lines, told by the shape of what stands before the severities. Likelier ones first. */
export function inferPrefixes(lines: readonly PrefixedLine[]): string[] {
  const prefixes = (['fine', 'medium', 'coarse'] as const).flatMap((grain) => {
    const shapes = shapesOf(lines, grain);
    return shapes.flatMap((shape) => {
      const pieces = prefixOf(shape, shapes, lines);
      const lengths = shape.rows[0]!.map(({ text }) => text.length);
      const all = [pieces, ...paddedPrefixes(pieces, lengths)];
      return all.flatMap((some) => [...quitting(some, shape, shapes), some.join('')]);
    });
  });
  return [...new Set(prefixes)];
}

function shapesOf(lines: readonly PrefixedLine[], grain: Grain): Shape[] {
  const shapes = new Map<string, Shape>();
  for (const line of lines) {
    const { user, database } = line.told;
    const names = [user, database].filter((name) => name !== undefined).sort((a, b) => b.length - a.length);
    const tokens = prefixTokens(line.head, names, grain);
    const signature = signatureOf(tokens);
    const shape = shapes.get(signature) ?? { lines: [], rows: [] };
    shape.lines.push(line);
    shape.rows.push(tokens);
    shapes.set(signature, shape);
  }
  return [...shapes.values()].sort((a, b) => b.lines.length - a.lines.length).slice(0, MAX_SHAPES);
}

/** `m [number] word@word `: hosts with and without a port are the same. */
function signatureOf(tokens: readonly Token[]): string {
  return tokens.map(({ kind, text }) => (kind === 'mark' ? text : kind === 'r' ? '\0h' : `\0${kind}`)).join('');
}

/** The prefix with `%q` where processes without a client may end theirs: behind a blank, or where other lines end. */
function quitting(pieces: readonly string[], { rows }: Shape, shapes: readonly Shape[]): string[] {
  const own = signatureOf(rows[0]!);
  const ends = shapes.map((shape) => shape.rows[0]!).filter((row) => own.startsWith(signatureOf(row)));
  const lengths = new Set(ends.map(({ length }) => length));
  const time = pieces.findIndex((piece) => ['%m', '%t', '%n'].includes(piece));
  return pieces.flatMap((_, i) =>
    i > Math.max(0, time) && (pieces[i - 1] === ' ' || lengths.has(i))
      ? [`${pieces.slice(0, i).join('')}%q${pieces.slice(i).join('')}`]
      : [],
  );
}

/** The piece of a prefix that each token of a shape comes from. */
function prefixOf({ lines, rows }: Shape, shapes: readonly Shape[], all: readonly PrefixedLine[]): string[] {
  const columns = rows[0]!.map((token, index) => columnOf(token, index, rowsAlike(rows, index, token, shapes), rows));
  const taken = new Set<string>();
  const pieces = columns.map((column) => escaped(column.texts[0]!));
  const put = ({ index }: Column, letter: string) => {
    pieces[index] = `%${letter}`;
    taken.add(letter);
  };
  const isFree = ({ index }: Column) => !pieces[index]!.startsWith('%');
  putShaped(columns, put);
  putKeyed(columns, taken, put);
  putNumbers(
    columns.filter((column) => column.kind === 'number' && isFree(column)),
    columns,
    taken,
    put,
  );
  putNames(
    columns.filter((column) => column.kind === 'word' && isFree(column) && !isKey(column, columns)),
    { lines, all, time: columns.findIndex(({ kind }) => kind === 'm' || kind === 't') },
    taken,
    put,
  );
  return pieces;
}

/** Of a number, all lines that begin alike: processes without a client end their prefix sooner. */
function rowsAlike(rows: Token[][], index: number, { kind }: Token, shapes: readonly Shape[]): Token[][] {
  if (kind !== 'number') {
    return rows;
  }
  const start = signatureOf(rows[0]!.slice(0, index + 1));
  const alike = shapes.filter((shape) => signatureOf(shape.rows[0]!.slice(0, index + 1)) === start);
  return alike.flatMap((shape) => shape.rows);
}

/** @param alike rows of this and of other shapes, among which it is constant or not */
function columnOf({ kind }: Token, index: number, alike: readonly Token[][], rows: readonly Token[][]): Column {
  const texts = rows.map((row) => row[index]!.text);
  const [first] = rows;
  const isSame = (at: number) => rows.every((row) => row[at]!.text === first![at]!.text);
  const isKeyed = index >= 2 && isKeyText(first![index - 2]!.text, first![index - 1]!.text) && isSame(index - 2);
  return {
    index,
    kind: rows.some((row) => row[index]!.kind === 'r') ? 'r' : kind,
    texts,
    key: isKeyed ? first![index - 2]!.text.toLowerCase() : undefined,
    isConstant: alike.every((row) => row[index]!.text === first![index]!.text),
  };
}

function isKey({ index, texts }: Column, columns: readonly Column[]): boolean {
  return isKeyText(texts[0]!, columns[index + 1]?.texts[0] ?? '');
}

function putKeyed(
  columns: readonly Column[],
  taken: ReadonlySet<string>,
  put: (column: Column, letter: string) => void,
): void {
  for (const column of columns) {
    const letter = escapeOfKey(column.key);
    if (letter !== undefined && !taken.has(letter) && (column.kind === 'word' || column.kind === 'number')) {
      put(column, letter);
    }
  }
}

/** Fields that are told by their shape; of two times the one that stands still is that of the session's start. */
function putShaped(columns: readonly Column[], put: (column: Column, letter: string) => void): void {
  const times = columns.filter(({ kind }) => kind === 'm' || kind === 't');
  const hasEpoch = columns.some(({ kind }) => kind === 'n');
  const entry = times.find(({ kind }) => kind === 'm') ?? (hasEpoch ? undefined : latest(times));
  for (const column of columns) {
    if (times.includes(column)) {
      put(column, column === entry ? column.kind : 's');
    } else if (column.kind.length === 1) {
      put(column, column.kind);
    }
  }
}

function latest(times: readonly Column[]): Column | undefined {
  return times.toSorted((a, b) => (a.texts.at(-1)! > b.texts.at(-1)! ? -1 : 1))[0];
}

/** Process ids stand in brackets or first; line numbers grow; transaction ids are mostly 0. */
function putNumbers(
  free: readonly Column[],
  columns: readonly Column[],
  taken: ReadonlySet<string>,
  put: (column: Column, letter: string) => void,
): void {
  const pid = taken.has('p') ? undefined : taken.has('c') ? pidOfSession(free, columns) : likelyPid(free, columns);
  if (pid !== undefined) {
    put(pid, 'p');
  }
  for (const column of free.filter((other) => other !== pid)) {
    const isBehindPid = pid !== undefined && column.index === pid.index + 2; // `[835-1]`: nobody writes `[%p-1]`
    const letter = isBehindPid ? 'l' : numberLetter(column, columns[column.index - 1]?.texts[0]);
    if (letter !== undefined && !taken.has(letter)) {
      put(column, letter);
    }
  }
}

/** In brackets, or in front of those that hold the number of a line: `2450[3] `; else the first. */
function likelyPid(free: readonly Column[], columns: readonly Column[]): Column | undefined {
  const inBrackets = free.find(
    ({ index }) => columns[index - 1]?.texts[0] === '[' && columns[index + 1]?.texts[0] === ']',
  );
  return free.find(({ index }) => index + 2 === inBrackets?.index) ?? inBrackets ?? free[0];
}

/** The number that the session id holds in hexadecimal. */
function pidOfSession(free: readonly Column[], columns: readonly Column[]): Column | undefined {
  const ids = columns.find(({ kind }) => kind === 'c')?.texts;
  return (
    ids &&
    free.find(({ texts }) => texts.every((text, i) => Number(text) === Number.parseInt(ids[i]!.split('.')[1]!, 16)))
  );
}

/** `[%l-1]` is how many write the number of a line. */
function numberLetter({ texts, isConstant }: Column, before: string | undefined): string | undefined {
  if (texts.some((text) => text.length > 10)) {
    return 'Q';
  }
  const zeros = texts.filter((text) => text === '0').length;
  if (zeros > texts.length / 2) {
    return 'x';
  }
  return isConstant && (before === '-' || texts.length > 1) ? undefined : 'l';
}

function escaped(text: string): string {
  return text.replaceAll('%', '%%');
}

import type { PrefixedLine } from './prefix-evidence.ts';
import type { Token } from './prefix-tokens.ts';

/** What stands for a name that is not known yet. */
const UNKNOWN = '[unknown]';

/** One place of a shape: what stands there in each line, and what stands before it in all. */
export interface Column {
  index: number;
  kind: Token['kind'];
  texts: string[];
  /** The word before `=` that is the same in all lines. */
  key: string | undefined;
  isConstant: boolean;
}

/** What is known besides the columns. */
interface Surroundings {
  /** Those that have the columns, and all. */
  lines: readonly PrefixedLine[];
  all: readonly PrefixedLine[];
  /** Index of the column with the time; -1: none has it. */
  time: number;
}

/**
 * Names by what the messages say they are; then in the usual order. In front of the time a word that stands in lines of
 * clients that have not said who they are yet is no name: what passes lines on writes its own there.
 */
export function putNames(
  free: readonly Column[],
  { lines, all, time }: Surroundings,
  taken: ReadonlySet<string>,
  put: (column: Column, letter: string) => void,
): void {
  const open = new Set(free);
  const place = (column: Column | undefined, letter: string) => {
    if (column !== undefined && !taken.has(letter)) {
      put(column, letter);
      open.delete(column);
    }
  };
  place(
    [...open].find(({ texts }) => agrees(texts, lines, 'host')),
    'h',
  );
  const isEarly = ({ index, texts }: Column) =>
    index < time && lines.some(({ told }, i) => told.isEarly === true && texts[i] !== UNKNOWN);
  for (const [letter, key] of [
    ['u', 'user'],
    ['d', 'database'],
  ] as const) {
    const agreeing = [...open].filter(({ texts }) => agrees(texts, lines, key));
    place(agreeing.find((column) => !isEarly(column)) ?? agreeing[0], letter);
  }
  for (const column of open) {
    if (isEarly(column) || (column.isConstant && isWrittenByAll(column.texts[0]!, all))) {
      open.delete(column);
    }
  }
  for (const letter of ['u', 'd', 'a']) {
    place([...open][0], letter);
  }
}

/** Whether most lines that tell who the client is tell the same as a column; one that only ever says so by chance does not. */
function agrees(texts: readonly string[], lines: readonly PrefixedLine[], key: 'user' | 'database' | 'host'): boolean {
  const told = lines.flatMap(({ told: facts }, i) => (facts[key] === undefined ? [] : [facts[key] === texts[i]]));
  return told.length > 0 && told.filter(Boolean).length > 0.8 * told.length;
}

function isWrittenByAll(word: string, all: readonly PrefixedLine[]): boolean {
  const background = all.filter(({ told }) => told.isBackground);
  return background.length > 0 && background.every(({ head }) => head.includes(word));
}

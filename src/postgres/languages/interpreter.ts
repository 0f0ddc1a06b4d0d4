import type { LanguageTable, MessagePair } from './language.ts';
import { createRewriter, type Rewriter } from './template.ts';

/** Says in English what a server says in one language, as far as Vedette reads it. */
export interface Interpreter {
  /** Of the language, in English. */
  readonly name: string;
  /** In front of a text, without colon: in the language, and in English. */
  readonly words: ReadonlyMap<string, string>;
  /** What stands in a prefix for a name that is not told yet. */
  readonly unknown: string;
  /** A message in English; undefined where it is none that is known. */
  message: (text: string) => string | undefined;
  /** A detail, line by line; undefined where none of them is known. */
  detail: (text: string) => string | undefined;
  /** Whether a text may be the first line of a longer message that is known. */
  mayGoOn: (line: string) => boolean;
  /** Whether it has words for the English messages that begin so. */
  translates: (opening: string) => boolean;
  /** Whether a text begins as a message of the language does, and as none in English. */
  isOwn: (text: string) => boolean;
}

/** A head that tells a language. Shorter ones stand in front of other messages, too. */
const MIN_HEAD = 6;
const DIGITS = /^\d+$/;
const ASCII = /^[\0-\x7f]*$/;
/** What is added to `connection authorized` follows the user; no other message is told in parts. */
const IN_PARTS = 'connection authorized: user=';

export function createInterpreter(table: LanguageTable): Interpreter {
  const rewriters = [...table.messages]
    .sort(([a], [b]) => b.length - a.length)
    .map(([translated, english]) => createRewriter(translated, english));
  const parts = table.parts.map(([translated, english]) => partOf(translated, english));
  const heads = table.messages.map(headOf).filter((head) => head !== undefined);
  const multiline = rewriters.filter(({ lines }) => lines > 1).map(({ head }) => createRewriter(`${head}%s`, '%s'));

  const error = createErrorSpeaker(table);

  function message(text: string): string | undefined {
    const english = firstOf(rewriters, text) ?? error(text);
    return english?.includes(IN_PARTS) ? parts.reduce((told, part) => part(told), english) : english;
  }

  return {
    name: table.name,
    unknown: table.unknown,
    words: new Map(Object.entries(table.words)),
    message,
    detail(text) {
      const lines = text.split('\n').map((line) => [line, message(line)] as const);
      return lines.some(([, english]) => english !== undefined)
        ? lines.map(([line, english]) => english ?? line).join('\n')
        : undefined;
    },
    mayGoOn: (line) => multiline.some((first) => first.rewrite(line) !== undefined),
    translates: (opening) => table.messages.some(([, english]) => english.startsWith(opening)),
    isOwn: (text) => heads.some((head) => text.startsWith(head)),
  };
}

/** Says errors in English, with the position in a statement that a log of text has behind them. */
function createErrorSpeaker({ errors, position }: LanguageTable): (text: string) => string | undefined {
  const rewriters = [...errors]
    .sort(([a], [b]) => b.length - a.length)
    .map(([translated, english]) => createRewriter(translated, english));
  const [before = '', behind = ''] = position.split('%d');
  return (text) => {
    const end = text.endsWith(behind) ? text.length - behind.length : 0;
    const start = text.lastIndexOf(before, end);
    const place = start < 0 ? '' : text.slice(start + before.length, end);
    const isPlace = DIGITS.test(place);
    const english = firstOf(rewriters, isPlace ? text.slice(0, start) : text);
    return english === undefined || !isPlace ? english : `${english} at character ${place}`;
  };
}

/** What a message begins with, if that tells the language. */
function headOf([translated, english]: MessagePair): string | undefined {
  const { head } = createRewriter(translated, english);
  const isTelling = head.length >= MIN_HEAD || !ASCII.test(head);
  return isTelling && !english.startsWith(head) ? head : undefined;
}

/** Several messages may fit: the longest one says most. */
function firstOf(rewriters: readonly Rewriter[], text: string): string | undefined {
  for (const rewriter of rewriters) {
    const english = rewriter.rewrite(text);
    if (english !== undefined) {
      return english;
    }
  }
  return undefined;
}

/** Says one part in English where it stands in a message. Names that hold its words are cut there, as in English. */
function partOf(translated: string, english: string): (message: string) => string {
  const { head, rewrite } = createRewriter(`${translated}%s`, `${english}%s`);
  return (message) => {
    const at = message.indexOf(head);
    const told = at < 0 ? undefined : rewrite(message.slice(at));
    return told === undefined ? message : message.slice(0, at) + told;
  };
}

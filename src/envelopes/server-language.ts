import { LANGUAGES } from '../postgres/languages/index.ts';
import { createInterpreter, type Interpreter } from '../postgres/languages/interpreter.ts';
import { SEVERITY_WORDS } from '../postgres/severity.ts';

/** How the lines of a log hold what a server says. */
export type TextForm = 'text' | 'csv' | 'json';

let interpreters: readonly Interpreter[] | undefined;

/** Those of all languages beside English; made when first asked for. */
function allInterpreters(): readonly Interpreter[] {
  interpreters ??= LANGUAGES.map(createInterpreter);
  return interpreters;
}

const escaped = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Words as alternatives of a pattern. */
export function anyOf(words: Iterable<string>): string {
  const longestFirst = [...words].sort((a, b) => b.length - a.length);
  return longestFirst.map(escaped).join('|');
}

/** A word in front of a text with its colon and one or two spaces, at a word's beginning. */
export function wordsPattern(words: Iterable<string>): RegExp {
  return new RegExp(`(?<![\\p{L}])(${anyOf(words)}): {1,2}`, 'u');
}

let anyWord: RegExp | undefined;

/** Where severity and message stand in a line, as far as that can be said without knowing its format well. */
const IN_LINE: Readonly<Record<TextForm, (line: string) => [word: string, message: string] | undefined>> = {
  text(line) {
    anyWord ??= wordsPattern([...SEVERITY_WORDS, ...allInterpreters().flatMap(({ words }) => [...words.keys()])]);
    const found = anyWord.exec(line);
    return found === null ? undefined : [found[1]!, line.slice(found.index + found[0].length)];
  },
  csv(line) {
    const found = /,([^,"]{2,30}),[0-9A-Z]{5},"(?=(.*))/.exec(line);
    return found === null ? undefined : [found[1]!, found[2]!.replaceAll('""', '"')];
  },
  json(line) {
    const word = /"error_severity":"([^"]*)"/.exec(line)?.[1] ?? '';
    const message = /"message":"((?:[^"\\]|\\.)*)/.exec(line)?.[1];
    return message === undefined ? undefined : [word, message.replaceAll('\\"', '"')];
  },
};

/** What of English tells it for certain: that other languages have these words, too, or untranslated, does not matter. */
const ENGLISH =
  /^(?:connection (?:received|authorized|authenticated): |disconnection: |statement: |execute |duration: |no pg_hba\.conf entry|password authentication failed)/;

/** A letter that English has not. */
const FOREIGN_LETTER = /(?=\p{L})[^\0-\x7f]/u;
/** Looked at of a message: names come later in those that are wanted. */
const OPENING_CHARS = 16;
const SEVERITIES_OF_CLIENTS = ['LOG', 'FATAL'];

/** Whether a record is of a language that is neither English nor one of those that are known. */
function isForeign(word: string, message: string): boolean {
  return word !== '' && !SEVERITY_WORDS.includes(word)
    ? true
    : SEVERITIES_OF_CLIENTS.includes(word) && FOREIGN_LETTER.test(message.slice(0, OPENING_CHARS));
}

function count<T>(counts: Map<T, number>, key: T): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Counts by the lines of a log which language its server speaks. */
export interface LanguageVote {
  look(line: string): void;
  /** `english`, or the one that most lines are of; undefined as long as none tells. */
  readonly winner: Interpreter | 'english' | undefined;
  /** Lines are of none that is known. */
  readonly isUnknown: boolean;
}

export function createLanguageVote(form: TextForm): LanguageVote {
  const votes = new Map<Interpreter, number>();
  /** English messages by what they begin with. */
  const english = new Map<string, number>();
  let unknown = 0;
  /** What a language has no words for stands in English in its logs, too. */
  const against = ({ translates }: Interpreter) =>
    [...english].reduce((sum, [opening, times]) => sum + (translates(opening) ? times : 0), 0);
  return {
    look(line) {
      const [word, message] = IN_LINE[form](line) ?? [];
      if (message === undefined) {
        return;
      }
      const opening = ENGLISH.exec(message)?.[0];
      if (opening !== undefined) {
        count(english, opening);
        return;
      }
      const isKnownWord = SEVERITY_WORDS.includes(word!);
      const own = allInterpreters().filter(({ words, isOwn }) => (!isKnownWord && words.has(word!)) || isOwn(message));
      for (const speaker of own) {
        count(votes, speaker);
      }
      unknown += own.length === 0 && isForeign(word!, message) ? 1 : 0;
    },
    get winner() {
      const [first] = [...votes].sort(([, a], [, b]) => b - a);
      if (first !== undefined && first[1] > against(first[0])) {
        return first[0];
      }
      return english.size > 0 ? 'english' : undefined;
    },
    get isUnknown() {
      return votes.size === 0 && english.size === 0 && unknown > 0;
    },
  };
}

/** Statements that a superuser runs; everything else is words. */
const COMMAND = /^(?:ALTER|SELECT|CREATE) /;

/** What a log lacks: the words, and the commands that mend it, ready to be copied. */
export function lackOf(text: string): { words: string; commands: string[] } {
  const parts = text.split('; ');
  return {
    words: parts.filter((part) => !COMMAND.test(part)).join('; '),
    commands: parts.filter((part) => COMMAND.test(part)).map((part) => (part.endsWith(';') ? part : `${part};`)),
  };
}

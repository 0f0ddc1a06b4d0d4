import { redactTexts } from './redact-message.ts';
import { SEVERITY_WORDS } from './severity.ts';

/** The first such word of a line that is not continued: what stands before it is the prefix. */
const WORD = new RegExp(`(${SEVERITY_WORDS.join('|')}): {2}`);
/** The same as programs may pass it on; a name in a prefix may hold this. */
const SHORTENED_WORD = new RegExp(`\\b(${SEVERITY_WORDS.join('|')}): `);
/** In front of a message, where `log_error_verbosity` is verbose. */
const VERBOSE_STATE = /^(?=[A-Z\d]*\d)([A-Z\d]{5}): /;
/** PL/pgSQL says so where an application raised what it wanted to say. */
const RAISED = /^PL\/pgSQL function .* at (?:RAISE|ASSERT)$/m;

/** SQLSTATEs that stand for their kind where the log tells none: a raised message, one that quotes data. */
const RAISE_EXCEPTION = 'P0001';
const DATA_EXCEPTION = '22000';

interface Section {
  /** Prefix and word, as they stand; for lines in front of the first word, empty. */
  head: string;
  word: string;
  text: string;
}

/**
 * An entry of a text log as it may be shown, whatever the prefix: literals in statements, details and contexts masked.
 * Lines go on in the section before them when a tab stands in front.
 */
export function redactEntry(entry: string): string {
  const sections = sectionsOf(entry);
  const textOf = (word: string) => sections.find((section) => section.word === word)?.text ?? '';
  const first = sections.find(({ word }) => word !== '');
  const severity = first?.word ?? '';
  const [lead = '', told] = VERBOSE_STATE.exec(first?.text ?? '') ?? [];
  const context = textOf('CONTEXT');
  const { message, detail, ...rest } = redactTexts({
    severity,
    sqlState: told ?? (RAISED.test(context) ? RAISE_EXCEPTION : DATA_EXCEPTION),
    message: (first?.text ?? '').slice(lead.length),
    detail: textOf('DETAIL'),
    context,
    queries: [textOf('STATEMENT'), textOf('QUERY')],
  });
  const shown = new Map([
    ['DETAIL', detail],
    ['CONTEXT', rest.context],
    ['STATEMENT', rest.queries[0]],
    ['QUERY', rest.queries[1]],
    [severity, lead + message],
  ]);
  return sections.map(({ head, word, text }) => head + indented(shown.get(word) ?? text)).join('\n');
}

function sectionsOf(entry: string): Section[] {
  const sections: Section[] = [];
  for (const line of entry.split('\n')) {
    const last = sections.at(-1);
    const match = line.startsWith('\t') ? null : (WORD.exec(line) ?? SHORTENED_WORD.exec(line));
    if (match !== null) {
      const behind = match.index + match[0].length;
      sections.push({ head: line.slice(0, behind), word: match[1]!, text: line.slice(behind) });
    } else if (line.startsWith('\t') && last !== undefined) {
      last.text += `\n${line.slice(1)}`;
    } else {
      sections.push({ head: '', word: '', text: line });
    }
  }
  return sections;
}

function indented(text: string): string {
  return text.replaceAll('\n', '\n\t');
}

import { redactTexts } from '../../postgres/redact-message.ts';
import { maskLiterals } from '../../sql/mask-literals.ts';

/** The first severity: a prefix has at most so many characters in front of it. */
const ENTRY = /^([\s\S]{0,1023}?)(DEBUG|INFO|NOTICE|WARNING|LOG|ERROR|FATAL|PANIC)(: {2})/;
/** The same as programs may pass it on; a name in a prefix may hold this. */
const SHORTENED_ENTRY = /^([\s\S]{0,1023}?\b)(DEBUG|INFO|NOTICE|WARNING|LOG|ERROR|FATAL|PANIC)(: )/;
/** A line that tells more about the entry, behind a prefix of its own; lines of a message begin with a tab. */
const SECTION = /\n(?!\t)([^\n]{0,1023}?)(DETAIL|HINT|QUERY|CONTEXT|STATEMENT|LOCATION|BACKTRACE): {2}/;
/** SQLSTATE that a prefix tells of what an application raised: the message is its own. */
const RAISED = /\bP000[14]\b/;
/** What CONTEXT says of such a thing. */
const RAISED_AT = /^PL\/pgSQL function .* at (?:RAISE|ASSERT)$/m;
/** Stands for an SQLSTATE that the log does not tell: any message may quote data then. */
const UNKNOWN_STATE = '22000';

interface Section {
  lead: string;
  word: string;
  text: string;
}

/** The text of an entry, prefix and all, without secrets and literals. */
export function redactEntryText(text: string): string {
  const start = ENTRY.exec(text) ?? SHORTENED_ENTRY.exec(text);
  if (start === null) {
    return maskLiterals(text);
  }
  const [head, prefix, severity] = start as unknown as [string, string, string];
  const [message, ...sections] = split(text.slice(head.length));
  const of = (word: string) => sections.filter((section) => section.word === word);
  const context = of('CONTEXT')[0]?.text ?? '';
  const isRaised = RAISED.test(prefix) || RAISED_AT.test(context);
  const redacted = redactTexts({
    severity,
    sqlState: severity === 'LOG' ? '00000' : isRaised ? 'P0001' : UNKNOWN_STATE,
    message: message!.text,
    detail: of('DETAIL')[0]?.text ?? '',
    context,
    queries: [],
  });
  const shown = sections.map(({ lead, word, text }) => {
    const kept = word === 'DETAIL' ? redacted.detail : word === 'CONTEXT' ? redacted.context : maskLiterals(text);
    return `\n${lead}${word}:  ${kept}`;
  });
  return head + redacted.message + shown.join('');
}

/** The message, then the sections behind it. */
function split(text: string): Section[] {
  const pieces = text.split(SECTION);
  const sections = [{ lead: '', word: '', text: pieces[0]! }];
  for (let i = 1; i < pieces.length; i += 3) {
    sections.push({ lead: pieces[i]!, word: pieces[i + 1]!, text: pieces[i + 2]! });
  }
  return sections;
}

import { Mark } from '../../sql/mark.ts';
import { maskLiterals } from '../../sql/mask-literals.ts';

/** Characters of a statement that are shown. */
const MAX_SHOWN = 300;
/** Control characters, line separators and what reorders text. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The first literal of a statement whose literals are masked. */
const MASKED = /'\?'|(?<![\w$])\?/;

/**
 * A statement on one line, with its literals masked; both ends of a long one, for an injection stands at the end.
 * Of one whose quotes do not match only what stands before its first literal is certain to be no literal.
 */
export function shownStatement(text: string, marks: number): string {
  const whole = maskLiterals(text);
  const literal = (marks & Mark.unterminated) === 0 ? null : MASKED.exec(whole);
  const masked = (literal === null ? whole : `${whole.slice(0, literal.index)}${literal[0]} …`)
    .replace(/\s+/g, ' ')
    .replace(/[\s;]+$/, '')
    .replace(INVISIBLE, '\ufffd');
  return masked.length > MAX_SHOWN
    ? `${masked.slice(0, (2 / 3) * MAX_SHOWN)} … ${masked.slice(-MAX_SHOWN / 3)}`
    : masked;
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { terminalText } from './terminal-text.ts';

describe('escapes', () => {
  it.each([
    ['an escape sequence', '\x1b[2Jgone', '\\x1b[2Jgone'],
    ['a title change', '\x1b]0;title\x07', '\\x1b]0;title\\x07'],
    ['line breaks and tabs', 'a\r\n\tb', 'a\\x0d\\x0a\\x09b'],
    ['delete', 'a\x7f', 'a\\x7f'],
    ['the one-byte CSI of C1', '\x9b31m', '\\x9b31m'],
    ['a right-to-left override', 'user\u202egnp.exe', 'user\\u{202e}gnp.exe'],
    ['an isolate', '\u2066x\u2069', '\\u{2066}x\\u{2069}'],
    ['a zero-width space', 'ad\u200bmin', 'ad\\u{200b}min'],
    ['a line separator', 'a\u2028b', 'a\\u{2028}b'],
    ['half of a surrogate pair', 'a\ud800b', 'a\\u{d800}b'],
    ['a tag character', 'a\u{e0041}', 'a\\u{e0041}'],
  ])('%s', (_, text, shown) => {
    expect(terminalText(text)).toBe(shown);
  });
});

describe('leaves alone', () => {
  it.each(['alice', 'Zoë Müller', '数据库', '🙂', 'C:\\temp', ''])('%j', (text) => {
    expect(terminalText(text)).toBe(text);
  });
});

it('never gives a control or override character, and gives the same when applied twice', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const shown = terminalText(text);
      expect(shown).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      expect(terminalText(shown)).toBe(shown);
    }),
  );
});

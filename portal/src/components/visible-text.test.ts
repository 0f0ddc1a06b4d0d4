import { describe, expect, it } from 'vitest';
import { visibleText } from './visible-text.ts';

describe('visibleText', () => {
  it.each([
    ['an override of direction', 'user\u202Egpj.exe', 'user⟨U+202E⟩gpj.exe'],
    ['a null', 'a\u0000b', 'a⟨U+0000⟩b'],
    ['a terminal escape', '\u001b[31m', '⟨U+001B⟩[31m'],
    ['a space that takes no room', 'root\u200b', 'root⟨U+200B⟩'],
    ['a mark of byte order', '\ufeffx', '⟨U+FEFF⟩x'],
  ])('spells out %s', (_, text, visible) => {
    expect(visibleText(text)).toBe(visible);
  });

  it.each(['plain', 'Zoë Müller', 'שלום', 'tab\tand\nline', '<script>alert(1)</script>', '=cmd()'])(
    'leaves %j',
    (text) => {
      expect(visibleText(text)).toBe(text);
    },
  );
});

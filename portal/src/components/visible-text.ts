/**
 * Control characters, and what turns the direction of text or takes no room (Unicode's categories Cc, Cf, Zl, Zp): what
 * an attacker puts into a name so that a person reads something else. Tabs and line feeds stay, `pre-wrap` shows them.
 */
const UNSEEN = /(?![\t\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The text with every unseen character spelt out as its code point: nothing runs, nothing disappears. */
export function visibleText(text: string): string {
  return text.replace(UNSEEN, (character) => `⟨U+${hex(character)}⟩`);
}

function hex(character: string): string {
  return character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
}

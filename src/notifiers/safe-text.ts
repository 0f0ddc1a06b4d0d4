/** Cc, Cf, Zl and Zp: what breaks headers, turns the direction of text, or cannot be seen. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;
/** Longest text of one fact in a message, in characters: an attacker chooses names and statements. */
const LONGEST = 2000;

/** Text from a log on one line, as it may stand anywhere in a mail or a message. */
export function safeLine(text: string, longest = LONGEST): string {
  const line = text.replace(UNSEEN, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

/**
 * The same where the reader's program may look for links: what an attacker wrote never becomes one. A zero-width joiner would
 * be copied along; so it is a word joiner in front of the dots and slashes that make an address.
 */
export function withoutLinks(text: string): string {
  return safeLine(text)
    .replace(/(\w)(:\/\/|\.(?=[a-z]{2}))/gi, '$1\u2060$2')
    .replace(/@(?=\w)/g, '\u2060@');
}

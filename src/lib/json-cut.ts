/**
 * What JSON says that may be cut off at its end: a string that was cut is given as far as it goes, a number or word
 * that was cut is left out. Undefined when it is no JSON.
 */
export function parseCutJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return parse(completed(text));
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The text with whatever its end lacks. */
function completed(text: string): string {
  /** What closes the braces and brackets that are open. */
  const closers: string[] = [];
  /** Up to where, and with how many of these, the text is complete. */
  let whole = { end: 0, open: 0 };
  let isValue = true;
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case '"': {
        const end = stringEnd(text, at);
        if (end < 0 && isValue) {
          return close(`${withoutCutEscape(text)}"`, closers);
        }
        at = end < 0 ? text.length : end;
        whole = isValue && end >= 0 ? { end: at + 1, open: closers.length } : whole;
        break;
      }
      case '{':
      case '[':
        isValue = text[at] === '[';
        closers.push(isValue ? ']' : '}');
        whole = { end: at + 1, open: closers.length };
        break;
      case '}':
      case ']':
        closers.pop();
        whole = { end: at + 1, open: closers.length };
        break;
      case ':':
        isValue = true;
        break;
      case ',':
        isValue = closers.at(-1) === ']';
        whole = { end: at, open: closers.length };
    }
  }
  return close(text.slice(0, whole.end), closers.slice(0, whole.open));
}

function close(text: string, closers: readonly string[]): string {
  return text + closers.toReversed().join('');
}

/** Where the string that opens at `start` is closed; -1 when it is not. */
function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '"') {
      return at;
    }
    at += text[at] === '\\' ? 1 : 0;
  }
  return -1;
}

/** `…\`, `…\u00`: an escape that the end cut; also one of two that make a character. */
function withoutCutEscape(text: string): string {
  const end = text.slice(-6);
  const at = /\\(?:u[0-9a-fA-F]{0,3})?$/.exec(end)?.index;
  const isEscape = at !== undefined && !isEscaped(text, text.length - end.length + at);
  return isEscape ? text.slice(0, text.length - end.length + at) : text;
}

/** Whether an odd number of backslashes stands before `at`. */
function isEscaped(text: string, at: number): boolean {
  let start = at;
  while (start > 0 && text[start - 1] === '\\') {
    start--;
  }
  return (at - start) % 2 === 1;
}

/** A message that the server fills in: what stands between the places, and which argument each place holds. */
interface Template {
  literals: readonly string[];
  /** Argument numbers from 0, one fewer than literals. Places that follow each other count as one. */
  places: readonly number[];
}

/** `%s`, `%2$s`, `%02d`, `%llu`; `%%` is a percent sign. */
const PLACE = /%(?:(\d+)\$)?[-0-9.]*(?:ll|l|h)?([sducm%])/g;

/** Puts messages of one form into another, whose places may have another order. */
export interface Rewriter {
  /** What its form begins with. */
  readonly head: string;
  /** Lines of its form. */
  readonly lines: number;
  /** The message in the other form; undefined where it is not of the first. Linear in its length. */
  rewrite: (message: string) => string | undefined;
}

export function createRewriter(from: string, to: string): Rewriter {
  const source = templateOf(from);
  const target = templateOf(to);
  return {
    head: source.literals[0]!,
    lines: from.split('\n').length,
    rewrite(message) {
      const values = match(source, message);
      return values && fill(target, values);
    },
  };
}

function templateOf(text: string): Template {
  const literals = [''];
  const places: number[] = [];
  let next = 0;
  let end = 0;
  for (const { 0: place, 1: number, 2: kind, index } of text.matchAll(PLACE)) {
    const literal = text.slice(end, index);
    literals[literals.length - 1] += literal;
    end = index + place.length;
    if (kind === '%') {
      literals[literals.length - 1] += '%';
      continue;
    }
    const argument = number === undefined ? next++ : Number(number) - 1;
    if (literals.length === 1 || literals.at(-1) !== '') {
      places.push(argument);
      literals.push('');
    }
  }
  literals[literals.length - 1] += text.slice(end);
  return { literals, places };
}

/** Values by argument; undefined where the text is not of that form. */
function match({ literals, places }: Template, text: string): Map<number, string> | undefined {
  const values = new Map<number, string>();
  if (!text.startsWith(literals[0]!)) {
    return undefined;
  }
  let at = literals[0]!.length;
  for (const [i, argument] of places.entries()) {
    const literal = literals[i + 1]!;
    const isLast = i === places.length - 1;
    const end = isLast ? text.length - literal.length : text.indexOf(literal, at);
    if (end < at || (isLast && !text.endsWith(literal))) {
      return undefined;
    }
    values.set(argument, text.slice(at, end));
    at = end + literal.length;
  }
  return at === text.length ? values : undefined;
}

function fill({ literals, places }: Template, values: ReadonlyMap<number, string>): string {
  return places.reduce((text, argument, i) => text + (values.get(argument) ?? '') + literals[i + 1]!, literals[0]!);
}

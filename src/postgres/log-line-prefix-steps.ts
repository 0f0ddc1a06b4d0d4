/** What a step of a prefix reads. */
export const StepKind = {
  literal: 0,
  /** `%q`: processes without a client end their prefix here. */
  quit: 1,
  /** `%t`, `%m`: the time of the entry. */
  time: 2,
  /** `%n`: the same as seconds since the epoch. */
  epoch: 3,
  /** `%s`: when the session began; not the time of the entry. */
  sessionStart: 4,
  pid: 5,
  /** `%c`: start and pid of the backend in hexadecimal. */
  session: 6,
  lineNumber: 7,
  /** `%e` */
  state: 8,
  /** `%x`, `%Q`, `%P`, `%v`: a number, two with a slash between them, or nothing. */
  number: 9,
  /** `%r`: host and port. */
  remote: 10,
  host: 11,
  user: 12,
  database: 13,
  application: 14,
  /** `%L`: a text of the server's own. */
  text: 15,
  /** `%b`: what kind of process it is; may hold spaces. */
  process: 16,
  /** `%i`: what it is at; may hold spaces. */
  tag: 17,
} as const;
export type StepKind = (typeof StepKind)[keyof typeof StepKind];

export interface PrefixStep {
  kind: StepKind;
  /** A literal: its bytes. A field: those of the literal right behind it, none where another field follows. */
  literal: Uint8Array;
  /** Bytes that a padded field has at least; 0 without padding. */
  width: number;
  /** What a field without a fixed shape has at most. */
  maxBytes: number;
}

/** Whether a field may hold anything: it ends where the literal behind it begins. */
export function isOpen({ kind }: PrefixStep): boolean {
  return kind >= StepKind.remote;
}

/** Whether a field is a name that a client chooses before anybody knows it. */
export function isName({ kind }: PrefixStep): boolean {
  return kind === StepKind.user || kind === StepKind.database;
}

/** postgresql.org/docs/current/runtime-config-logging.html#GUC-LOG-LINE-PREFIX; `%L` since 18. */
const KIND_OF: Readonly<Record<string, StepKind>> = {
  a: StepKind.application,
  b: StepKind.process,
  c: StepKind.session,
  d: StepKind.database,
  e: StepKind.state,
  h: StepKind.host,
  i: StepKind.tag,
  L: StepKind.text,
  l: StepKind.lineNumber,
  m: StepKind.time,
  n: StepKind.epoch,
  P: StepKind.number,
  p: StepKind.pid,
  Q: StepKind.number,
  q: StepKind.quit,
  r: StepKind.remote,
  s: StepKind.sessionStart,
  t: StepKind.time,
  u: StepKind.user,
  v: StepKind.number,
  x: StepKind.number,
};

/** PostgreSQL cuts names here, and some build it with names twice as long (NAMEDATALEN - 1). */
export const USUAL_NAME_BYTES = 63;
export const MAX_NAME_BYTES = 127;
/** A host name of DNS has 253; an application name of 63 bytes 252, since 16 writes those beyond ASCII as `\xc3`. */
export const MAX_TEXT_BYTES = 255;
/** Wider padding is a mistake; the server would write so many spaces, and we would look for them. */
const MAX_WIDTH = 255;

const none = new Uint8Array();
const encoder = new TextEncoder();

/** What a `log_line_prefix` consists of, and the letters of its escapes. Unknown escapes are dropped, as PostgreSQL does. */
export function compilePrefix(prefix: string): { steps: PrefixStep[]; escapes: Set<string> } {
  const steps: PrefixStep[] = [];
  const escapes = new Set<string>();
  let literal = '';
  const endLiteral = () => {
    if (literal !== '') {
      steps.push({ kind: StepKind.literal, literal: encoder.encode(literal), width: 0, maxBytes: 0 });
      literal = '';
    }
  };
  // between the sign and the letter PostgreSQL takes anything up to `9` for the start of a width
  for (const [, percent, text] of prefix.matchAll(/%(%|-?\d*[^%]|$)|([^%]+)/gsu)) {
    if (text !== undefined || percent === '%') {
      literal += text ?? '%';
      continue;
    }
    const letter = percent!.slice(-1);
    const kind = KIND_OF[letter];
    if (kind !== undefined) {
      endLiteral();
      escapes.add(letter);
      steps.push(field(kind, Math.abs(Number.parseInt(percent!, 10) || 0)));
    }
  }
  endLiteral();
  return { steps: steps.map(withLiteralBehind), escapes };
}

function field(kind: StepKind, width: number): PrefixStep {
  const capped = Math.min(width, MAX_WIDTH);
  const step = { kind, literal: none, width: capped, maxBytes: 0 };
  return { ...step, maxBytes: Math.max(isName(step) ? MAX_NAME_BYTES : MAX_TEXT_BYTES, capped) };
}

/** `%q` between a field and a literal stands in nobody's way: where it ended the line, nothing follows it. */
function withLiteralBehind(step: PrefixStep, i: number, steps: readonly PrefixStep[]): PrefixStep {
  const following = steps.slice(i + 1).find(({ kind }) => kind !== StepKind.quit);
  const isField = step.kind !== StepKind.literal && step.kind !== StepKind.quit;
  return isField && following?.kind === StepKind.literal ? { ...step, literal: following.literal } : step;
}

import type { PrefixFields } from './log-line-prefix-fields.ts';
import { spanOf } from './log-line-prefix-open.ts';
import { isName, isOpen, type PrefixStep, StepKind } from './log-line-prefix-steps.ts';

/** What the walk does at a place. */
export const OpKind = {
  literal: 0,
  quit: 1,
  time: 2,
  pid: 3,
  remote: 4,
  /** A text that ends where its literal begins. */
  open: 5,
  /** Anything else: padded, with spaces, or with nothing behind it to tell its end. */
  rare: 6,
} as const;

/** One operation of the walk: a field with the literal behind it, another literal, or `%q`. */
export interface WalkOp {
  kind: number;
  /** First four bytes of the literal that follows, little-endian, and which of these bits count. */
  head: number;
  mask: number;
  /** Its first byte, four times. */
  pattern: number;
  /** Length of that literal; 0 when none follows. */
  advance: number;
  isLong: boolean;
  isFirstName: boolean;
  /** Where a text goes; a place that nobody reads for a text that nobody asks for. */
  span: { start: number; end: number };
  /** Place in the steps. */
  index: number;
  step: PrefixStep;
}

const WORD_BYTES = 4;

const OP_OF: Partial<Record<StepKind, number>> = {
  [StepKind.literal]: OpKind.literal,
  [StepKind.quit]: OpKind.quit,
  [StepKind.time]: OpKind.time,
  [StepKind.pid]: OpKind.pid,
  [StepKind.remote]: OpKind.remote,
};
const SPACE = 0x20;

export function compileWalk(steps: readonly PrefixStep[], fields: PrefixFields): WalkOp[] {
  const firstName = steps.findIndex(isName);
  const program: WalkOp[] = [];
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i]!;
    const isField = step.kind !== StepKind.literal && step.kind !== StepKind.quit;
    const isJoined = isField && steps[i + 1]?.kind === StepKind.literal;
    const { literal } = isField && !isJoined ? { literal: new Uint8Array() } : step;
    program.push({
      kind: opOf(step, isJoined),
      head: wordOf(literal),
      mask: wordOf(literal.map(() => 0xff)),
      pattern: Math.imul(literal[0] ?? 0, 0x01010101),
      advance: literal.length,
      isLong: literal.length > WORD_BYTES,
      isFirstName: i === firstName,
      span: spanOf(fields, step.kind) ?? { start: 0, end: 0 },
      index: i,
      step,
    });
    i += isJoined ? 1 : 0;
  }
  return program;
}

function opOf(step: PrefixStep, isJoined: boolean): number {
  const { kind, width } = step;
  if (kind === StepKind.literal || kind === StepKind.quit) {
    return OP_OF[kind]!;
  }
  if (width > 0 || !isJoined || kind === StepKind.process || kind === StepKind.tag) {
    return OpKind.rare;
  }
  if (kind === StepKind.remote && step.literal[0] === SPACE) {
    return OpKind.open; // neither host nor port has spaces
  }
  return OP_OF[kind] ?? (isOpen(step) ? OpKind.open : OpKind.rare);
}

function wordOf(bytes: Uint8Array): number {
  return bytes.subarray(0, WORD_BYTES).reduce((word, byte, i) => word | (byte << (8 * i)), 0);
}

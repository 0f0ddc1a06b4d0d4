import { createPrefixFields } from './log-line-prefix-fields.ts';
import { compileWalk, OpKind, type WalkOp } from './log-line-prefix-program.ts';
import { splitsAtLast } from './log-line-prefix-settle.ts';
import { compilePrefix, isOpen, type PrefixStep, StepKind } from './log-line-prefix-steps.ts';

/** What is done at a place of a prefix that many lines are read by at once. */
export interface BulkStep {
  kind: 'literal' | 'quit' | 'time' | 'number' | 'remote' | 'open' | 'session';
  /** What is read; undefined: nothing that anybody asks for. */
  field: BulkField | undefined;
  /** The literal, or what ends an open field. */
  literal: Uint8Array;
  /** Whether the literal is stepped over. */
  takesLiteral: boolean;
  isFirstName: boolean;
  /** The field may end where its literal stands again. */
  mayBeLonger: boolean;
  /** Of an open field. */
  maxBytes: number;
}

export type BulkField = 'principal' | 'database' | 'address' | 'application' | 'pid' | 'lineNumber';

/** A prefix that the quick way to read it can be told of in a few words. */
export interface BulkPrefix {
  steps: readonly BulkStep[];
  /** Where the time of a line stands. */
  timeOffset: number;
  tellsClient: boolean;
  splitsAtLast: boolean;
  hasSession: boolean;
}

const MAX_LITERAL = 16;
const MAX_SHORT_LITERAL = 4;

const FIELD_OF: Partial<Record<StepKind, BulkField>> = {
  [StepKind.user]: 'principal',
  [StepKind.database]: 'database',
  [StepKind.host]: 'address',
  [StepKind.remote]: 'address',
  [StepKind.application]: 'application',
  [StepKind.pid]: 'pid',
  [StepKind.lineNumber]: 'lineNumber',
};
const KIND_OF: Partial<Record<StepKind, BulkStep['kind']>> = {
  [StepKind.literal]: 'literal',
  [StepKind.quit]: 'quit',
  [StepKind.time]: 'time',
  [StepKind.pid]: 'number',
  [StepKind.lineNumber]: 'number',
  [StepKind.session]: 'session',
};

/** Undefined for a prefix with a field that is read in other ways, and for one that does not begin with the time. */
export function bulkPrefix(prefix: string): BulkPrefix | undefined {
  const { steps, escapes } = compilePrefix(prefix);
  const program = compileWalk(steps, createPrefixFields());
  const bulk = program.map((op, i) => bulkStep(op, i === program.length - 1));
  const time = bulk.findIndex((step) => step?.kind === 'time');
  const isLater = bulk.slice(0, time).some((step) => step?.kind !== 'literal');
  const hasSecondTime = bulk.slice(time + 1).some((step) => step?.kind === 'time');
  if (time < 0 || isLater || hasSecondTime || bulk.includes(undefined)) {
    return undefined;
  }
  return {
    steps: bulk as BulkStep[],
    timeOffset: program.slice(0, time).reduce((total, { advance }) => total + advance, 0),
    tellsClient: ['u', 'd', 'h', 'r'].some((letter) => escapes.has(letter)),
    splitsAtLast: splitsAtLast(steps),
    hasSession: escapes.has('c'),
  };
}

function bulkStep(op: WalkOp, isLast: boolean): BulkStep | undefined {
  const { kind, width, literal, maxBytes } = op.step;
  const known = kindOf(op);
  const isClear = known !== 'time' || (op.advance > 0 && !continuesTime(literal));
  if (known === undefined || width > 0 || literal.length > MAX_LITERAL || !isClear) {
    return undefined;
  }
  const isHost = kind === StepKind.host || kind === StepKind.remote;
  const mayBeLonger = isLast && op.kind === OpKind.open && !isHost && literal.length <= MAX_SHORT_LITERAL;
  const takesLiteral = op.advance > 0;
  return {
    ...{ kind: known, field: FIELD_OF[kind], literal, takesLiteral, isFirstName: op.isFirstName },
    ...{ mayBeLonger, maxBytes },
  };
}

function kindOf({ kind, step }: WalkOp): BulkStep['kind'] | undefined {
  if (kind === OpKind.remote) {
    return 'remote';
  }
  return KIND_OF[step.kind] ?? (endsAtLiteral(kind, step) ? 'open' : undefined);
}

/** Whether a field ends where the literal behind it, or behind a `%q`, first stands. */
function endsAtLiteral(kind: number, step: PrefixStep): boolean {
  const isPhrase = step.kind === StepKind.process || step.kind === StepKind.tag;
  const isPlain = kind === OpKind.open || step.kind !== StepKind.remote;
  return isOpen(step) && !isPhrase && isPlain && step.literal.length > 0;
}

/** Whether what stands behind a time could be part of it. */
function continuesTime([first]: Uint8Array): boolean {
  return /[\w.]/.test(String.fromCharCode(first!));
}

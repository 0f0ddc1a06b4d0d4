import { compilePrefix, isName, isOpen, type PrefixStep, StepKind } from './log-line-prefix-steps.ts';

const CANNOT_BE_FORGED = 'csvlog and jsonlog cannot be forged';

/**
 * What a `log_line_prefix` does not let anybody tell, in one sentence with what to do; undefined when nothing is missing.
 * Clients choose the names that `%u` and `%d` write before anybody knows them, newlines and all.
 */
export function prefixWeakness(prefix: string): string | undefined {
  const { steps, escapes } = compilePrefix(prefix);
  if (!steps.some(({ kind }) => kind === StepKind.time || kind === StepKind.epoch)) {
    return 'it has no time, without which no line can be judged: put %m into it';
  }
  if (!escapes.has('p') && !escapes.has('c')) {
    return 'it names neither process nor session, so nobody can tell which lines belong together: put %p or %c into it';
  }
  const name = steps.findIndex(isName);
  if (name < 0) {
    return undefined;
  }
  if (!steps.slice(0, name).some(isMark)) {
    return `a client can write whole lines through its name, as nothing stands in front of %u or %d to tell them by: put %m and %p first; ${CANNOT_BE_FORGED}`;
  }
  if (isUnbounded(steps)) {
    return `nothing stands between a name and the field behind it, so nobody can tell where the name ends: put a space between them; ${CANNOT_BE_FORGED}`;
  }
  if (!escapes.has('c') || !escapes.has('l')) {
    return `a line that a client wrote through its name is told by its shape alone: put %c and %l into it, which such a line must get right, too; ${CANNOT_BE_FORGED}`;
  }
  return undefined;
}

/** What a line can be told by as the start of an entry. */
function isMark({ kind }: PrefixStep): boolean {
  return kind === StepKind.time || kind === StepKind.epoch || kind === StepKind.session;
}

/** Whether a name ends where another field of any shape begins. */
function isUnbounded(steps: readonly PrefixStep[]): boolean {
  const fields = steps.filter(({ kind }) => kind !== StepKind.quit);
  return fields.some((step, i) => {
    const next = fields[i + 1];
    return isName(step) && next !== undefined && isOpen(next);
  });
}

import type { AlertBook } from '../alerts/alert-book.ts';
import { openOwnEvidence } from '../lib/evidence-seal.ts';
import { type Renaming, renameWithin, renamingOf } from '../lib/renaming.ts';
import type { Directory } from '../model/activity.ts';
import { type Decision, type DecisionBody, ERASURE, type Erasure } from '../model/decision.ts';
import type { LaneState } from './lane-state.ts';
import type { Watcher } from './watchers.ts';

/** Whom decisions are told. */
interface Judges {
  watchers: readonly Watcher[];
  book: AlertBook;
  directory: Directory;
  /** Puts another name in the place of a principal's wherever else it stands. */
  rename: (renaming: Renaming) => void;
}

/** A decision that has found its place. */
export type PlacedDecision = Required<Pick<Decision, 'sequence' | 'eventTime'>>;

/** Puts what people decided where it belongs in the sequence of what is judged, each once. */
export interface Decisions {
  /** Event time; the next one holds for what is later. Infinite: there is none. */
  readonly dueTime: number;
  /** Takes decisions, in their order; gives those that found their place now. One without a place has it at once. */
  add(decisions: readonly Decision[], time: number): PlacedDecision[];
  /** Those hold from here on whose place lies before a time. */
  passTo(time: number): void;
}

export function createDecisions(state: Pick<LaneState, 'decided' | 'undecided'>, judges: Judges): Decisions {
  state.undecided ??= [];
  state.decided ??= 0;
  const waiting = state.undecided;

  function applyFirst(time: number): void {
    const { sequence, body } = waiting.shift()!;
    state.decided = sequence;
    if (body.kind === 'erase') {
      erase(body, waiting, judges, time);
    } else {
      apply(body, judges, time);
    }
  }

  return {
    get dueTime() {
      return waiting[0]?.eventTime ?? Number.POSITIVE_INFINITY;
    },
    add(decisions, time) {
      const last = waiting.at(-1)?.sequence ?? state.decided!;
      waiting.push(...decisions.filter(({ sequence }) => sequence > last));
      const placed: PlacedDecision[] = [];
      while (waiting.some(({ eventTime }) => eventTime === undefined)) {
        const { sequence, eventTime = time } = waiting[0]!;
        placed.push({ sequence, eventTime });
        applyFirst(eventTime);
      }
      return placed;
    },
    passTo(time) {
      while (waiting.length > 0 && waiting[0]!.eventTime! < time) {
        applyFirst(waiting[0]!.eventTime!);
      }
    },
  };
}

/** Nothing that was learned, nor what is decided already, names the principal any longer. */
function erase({ sealed, instead, isKept }: Erasure, waiting: Decision[], judges: Judges, time: number): void {
  const principal = sealed && openOwnEvidence(sealed, ERASURE);
  if (principal === undefined) {
    return;
  }
  const renaming = renamingOf(principal, instead);
  const { watchers, book, directory } = judges;
  book.rename(renaming);
  for (const { watch } of watchers) {
    if (!isKept) {
      watch.forget((name) => renaming.name(name) !== name, directory, time);
    }
    renameWithin(watch.state as object, renaming);
  }
  judges.rename(renaming);
  renameWithin(waiting, renaming);
}

function apply(body: Exclude<DecisionBody, Erasure>, { watchers, book, directory }: Judges, time: number): void {
  if (body.kind !== 'accept') {
    for (const { watch } of watchers) {
      watch.revise(body, directory);
    }
    return;
  }
  for (const matter of body.matters) {
    const { watch, confirm } = watchers.find(({ id }) => id === matter.detector) ?? {};
    watch?.settle(confirm!, time); // what was going on when it was accepted belongs to it
    if (watch?.accept(matter.key, directory, time) === true) {
      book.accept(matter, watch.isAcceptanceBounded, time);
    }
  }
}

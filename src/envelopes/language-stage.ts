import { createBeginning } from './beginning.ts';
import { createLanguageVote, type TextForm } from './server-language.ts';
import { type Emit, NEWLINE, type Stage } from './stage.ts';
import { createTranslatingStage } from './translating-stage.ts';

/** Finds out in which language a server speaks, and says in English what is read of it. */
export interface LanguageStage extends Stage {
  /** It is English, and stays as it is. */
  readonly isPlain: boolean;
  /** As of `Feed`; undefined for English, and as long as no line tells. */
  readonly language: string | undefined;
}

/** Whole lines of a beginning that does not tell the language are given on; what follows may tell it. */
export function createLanguageStage(form: TextForm, emit: Emit): Required<LanguageStage> {
  const vote = createLanguageVote(form);
  const held = createBeginning();
  let translating: Stage | undefined;
  let language: string | undefined;
  let isPlain = false;
  /** Of csvlog: what was given on ends within a field. */
  let isInQuotes = false;

  function push(piece: Buffer, offset: number, isSource: boolean): void {
    if (translating !== undefined) {
      translating.push(piece, offset, isSource);
    } else if (isPlain) {
      emit(piece, offset, isSource);
    } else {
      held.add(piece, offset, isSource);
      if (held.isEnough) {
        look(false);
      }
    }
  }

  function look(isAll: boolean): void {
    if (held.length === 0) {
      return;
    }
    const text = held.text();
    const newline = text.lastIndexOf(NEWLINE);
    const whole = isAll || (newline < 0 && held.isEnough) ? text.length : newline + 1;
    for (const line of text.toString('utf8', 0, whole).split('\n')) {
      vote.look(line);
    }
    settle();
    if (translating === undefined && !isPlain) {
      giveOn(text.subarray(0, whole));
    }
    for (const { bytes, offset, isSource } of held.take()) {
      push(bytes, offset, isSource);
    }
  }

  function settle(): void {
    const { winner } = vote;
    isPlain = winner === 'english';
    if (winner !== undefined && winner !== 'english') {
      language = winner.name;
      translating = createTranslatingStage(form, winner, emit, isInQuotes);
    }
  }

  /** Gives the first bytes of what is held. */
  function giveOn(text: Buffer): void {
    isInQuotes = (text.toString('latin1').split('"').length - 1) % 2 === 1 ? !isInQuotes : isInQuotes;
    for (const { bytes, offset, isSource } of held.take(text.length)) {
      emit(bytes, offset, isSource);
    }
  }

  return {
    get isPlain() {
      return isPlain;
    },
    get language() {
      return language ?? (vote.isUnknown ? 'unknown' : undefined);
    },
    push,
    pause: () => look(false),
    finish() {
      look(true);
      translating?.finish();
    },
    get heldOffset() {
      return held.heldOffset ?? translating?.heldOffset;
    },
  };
}

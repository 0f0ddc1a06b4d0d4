import { createLanguageVote, type TextForm } from './server-language.ts';
import { type Emit, MAX_LINE_BYTES, NEWLINE, type Stage } from './stage.ts';
import { createTranslatingStage } from './translating-stage.ts';

/** Finds out in which language a server speaks, and says in English what is read of it. */
export interface LanguageStage extends Stage {
  /** It is English, and stays as it is. */
  readonly isPlain: boolean;
  /** As of `Feed`; undefined for English, and as long as no line tells. */
  readonly language: string | undefined;
}

/** Whole lines that do not tell the language are given on; what follows may tell it. */
export function createLanguageStage(form: TextForm, emit: Emit): LanguageStage {
  const vote = createLanguageVote(form);
  let rest: Buffer = Buffer.alloc(0);
  let restOffset = 0;
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
      look(piece, offset, isSource);
    }
  }

  function look(piece: Buffer, offset: number, isSource: boolean): void {
    const start = rest.length > 0 ? restOffset : offset;
    const bytes = rest.length > 0 ? Buffer.concat([rest, piece]) : piece;
    const whole = bytes.length > MAX_LINE_BYTES ? bytes.length : bytes.lastIndexOf(NEWLINE) + 1;
    for (const line of bytes.toString('utf8', 0, whole).split('\n')) {
      vote.look(line);
    }
    rest = Buffer.alloc(0);
    settle();
    if (isPlain || translating !== undefined) {
      push(bytes, start, isSource);
      return;
    }
    restOffset = start + (isSource ? whole : 0);
    rest = Buffer.from(bytes.subarray(whole));
    giveOn(bytes.subarray(0, whole), start, isSource);
  }

  function settle(): void {
    const { winner } = vote;
    isPlain = winner === 'english';
    if (winner !== undefined && winner !== 'english') {
      language = winner.name;
      translating = createTranslatingStage(form, winner, emit, isInQuotes);
    }
  }

  function giveOn(lines: Buffer, offset: number, isSource: boolean): void {
    if (lines.length > 0) {
      isInQuotes = (lines.toString('latin1').split('"').length - 1) % 2 === 1 ? !isInQuotes : isInQuotes;
      emit(lines, offset, isSource);
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
    finish() {
      if (rest.length > 0) {
        look(Buffer.from('\n'), restOffset + rest.length, true);
      }
      translating?.finish();
    },
    get heldOffset() {
      return rest.length > 0 ? restOffset : translating?.heldOffset;
    },
  };
}

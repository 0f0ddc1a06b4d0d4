import { LOOKED_BYTES } from './beginning.ts';
import { clockOf } from './logged-text.ts';
import type { Emit, Stage } from './stage.ts';

/** Lines that fall in time without one that rises: so many are no chance. */
const MIN_FALLS = 3;
/** What is longer is put in order part by part. */
const MAX_HELD_BYTES = 64 * 1024 * 1024;
/** First lines, whose times tell in which order they come. */
const LOOKED_LINES = 1000;

/**
 * Puts lines that come newest first, as queries are answered, in order of time. The first ones tell. What is in order is
 * given on at once; of what is not, nothing is given before its end, or before a line that is newer than the first.
 */
export function createNewestFirstStage(emit: Emit): Required<Stage> {
  let held: { text: Buffer; offset: number }[] = [];
  let heldBytes = 0;
  /** Of the first line. */
  let newest: number | undefined;
  /** Undefined: not known yet. */
  let isFalling: boolean | undefined;

  function push(text: Buffer, offset: number, isSource: boolean): void {
    if (isFalling !== false && !isSource && !(isFalling === true && isNews(text))) {
      held.push({ text: Buffer.from(text), offset });
      heldBytes += text.length;
      if (isFalling === undefined && (held.length === LOOKED_LINES || heldBytes >= LOOKED_BYTES)) {
        decide();
      }
      if (heldBytes > MAX_HELD_BYTES) {
        give();
      }
      return;
    }
    give();
    isFalling = false;
    emit(text, offset, isSource);
  }

  function isNews(text: Buffer): boolean {
    const clock = clockOfLine(text);
    return clock !== undefined && newest !== undefined && clock > newest;
  }

  function give(): void {
    const lines = held;
    held = [];
    heldBytes = 0;
    if (isFalling === true && lines.length > 0) {
      emit(Buffer.concat(lines.map(({ text }) => text).reverse()), lines[0]!.offset);
      return;
    }
    for (const { text, offset } of lines) {
      emit(text, offset);
    }
  }

  function decide(): void {
    if (isFalling === undefined && held.length > 0) {
      const clocks = held.flatMap(({ text }) => clockOfLine(text) ?? []);
      isFalling = fall(clocks);
      newest = clocks[0];
      if (!isFalling) {
        give();
      }
    }
  }

  return {
    push,
    pause: decide,
    finish() {
      decide();
      give();
    },
    get heldOffset() {
      return held[0]?.offset;
    },
  };
}

const CLOCK_BYTES = 256;

function clockOfLine(text: Buffer): number | undefined {
  return clockOf(text.toString('latin1', 0, CLOCK_BYTES));
}

function fall(clocks: readonly number[]): boolean {
  const steps = clocks.slice(1).map((clock, i) => clock - clocks[i]!);
  return !steps.some((step) => step > 0) && steps.filter((step) => step < 0).length >= MIN_FALLS;
}

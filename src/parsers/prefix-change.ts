import { guessPrefix } from '../postgres/guess-prefix.ts';
import type { PrefixReader } from '../postgres/log-line-prefix.ts';
import { SEVERITY_WORDS } from '../postgres/severity.ts';
import type { ScanWindow } from '../scan/scan-window.ts';
import { TextKind } from './text-log-entry.ts';
import type { NoiseJudge } from './text-log-noise.ts';

/** Lines with a severity and without the prefix, no other between them, from which a change is believed: names hold two. */
const ENOUGH = 6;
/** Lines that a guess is made of, and guesses that are made of one part at most: each takes some time. */
const MAX_TEXTS = 60;
const MAX_GUESSES = 8;
/** What is looked at ahead of a line, and how often. */
const AHEAD_BYTES = 16_384;
const MAX_LOOKS = 256;
const TAB = 0x09;
/** A guess must fit nearly all of them. */
const SHARE = 0.9;
const TIME = /%[mtn]/;
const SEVERITY = new RegExp(`(?:${SEVERITY_WORDS.join('|')}): `);

/** Why a line is rejected that begins with no other prefix either. */
export const FOREIGN = 'has no severity in English: set lc_messages to C';
export const UNFIT = 'does not begin with the log_line_prefix that is configured';

/** Watches lines without the prefix, for whether they begin with another: the server's configuration was reloaded. */
export interface PrefixWatch {
  /**
   * Looks at the lines from the window's position on, up to the one at `last` in its index.
   *
   * @param kind `foreign`: they begin with the prefix, and no severity follows it; `noise`: not even that
   * @param isEnd no more bytes will come
   * @returns `wait` where more bytes may tell
   */
  look(last: number, kind: TextKind, isEnd: boolean): 'changed' | 'wait' | 'no';
  /** The prefix that was found. */
  changedPrefix: () => string | undefined;
  /** Another file begins. */
  restart(): void;
}

/**
 * @param prefix a reader of the present one that reads ahead
 * @param noise counts entries: without any, the present prefix is not known to be one
 */
export function createPrefixWatch(
  present: string,
  window: ScanWindow,
  prefix: PrefixReader,
  noise: NoiseJudge,
): PrefixWatch {
  let texts: string[] = [];
  let latestEntries = 0;
  let foreign = 0;
  let guesses = 0;
  let looks = 0;
  let changed: string | undefined;

  function look(last: number, kind: TextKind, isEnd: boolean): 'changed' | 'wait' | 'no' {
    const entries = noise.entries() - foreign;
    texts = entries === latestEntries ? texts : [];
    latestEntries = entries;
    const heads = textBetween(window.position, window.index[last]!).filter(isHead);
    const isWatched = entries > 0 && guesses < MAX_GUESSES && heads.length > 0;
    const { heads: ahead, isOver } = isWatched && looks++ < MAX_LOOKS ? headsAhead() : { heads: [], isOver: true };
    if (ahead.length < ENOUGH && !isOver && !isEnd) {
      return 'wait';
    }
    if (kind === TextKind.foreign) {
      foreign++;
      noise.countEntry();
    }
    texts.push(...(isWatched ? heads.slice(0, MAX_TEXTS - texts.length) : []));
    const seen = ahead.length >= ENOUGH ? ahead : texts;
    changed = seen.length < ENOUGH ? undefined : guessed(seen);
    return changed === undefined ? 'no' : 'changed';
  }

  function textBetween(start: number, end: number): string[] {
    return Buffer.from(window.bytes.subarray(start, end)).toString().split('\n');
  }

  /** Heads from the window's position on, before one of the present prefix; and whether more bytes would tell no more. */
  function headsAhead(): { heads: string[]; isOver: boolean } {
    const end = Math.min(window.end, window.position + AHEAD_BYTES);
    const heads: string[] = [];
    let start = window.position;
    for (const line of textBetween(start, end).slice(0, -1)) {
      const length = Buffer.byteLength(line);
      if (isHead(line) && prefix.read(window, start, start + length) >= 0 && prefix.text >= 0) {
        return { heads, isOver: true };
      }
      heads.push(...(isHead(line) && heads.length < MAX_TEXTS ? [line] : []));
      start += length + 1;
    }
    return { heads, isOver: end < window.end };
  }

  function guessed(seen: readonly string[]): string | undefined {
    guesses++;
    const guess = guessPrefix(seen);
    texts = [];
    const isOther = guess !== undefined && guess.prefix !== present && guess.share >= SHARE && TIME.test(guess.prefix);
    return isOther ? guess.prefix : undefined;
  }

  return {
    look,
    changedPrefix: () => changed,
    restart() {
      texts = [];
      foreign = 0;
      guesses = 0;
      looks = 0;
    },
  };
}

/** Whether a line begins an entry, or more about one, behind some prefix. */
function isHead(line: string): boolean {
  return line.charCodeAt(0) !== TAB && SEVERITY.test(line);
}

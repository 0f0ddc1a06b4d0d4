import { type RecordReader, Step } from '../parsers/parser.ts';
import { MAX_RECORD_BYTES, type ReadInto } from '../scan/scan-window.ts';

const DAY_MS = 86_400_000;
/** A record further ahead than this must be followed by others, or it is not believed: it would expire every memory. */
export const LEAP_MS = DAY_MS;
/** Records that must follow a leap, as far as the source has so many. */
const WITNESSES = 100;
/** Some of them may be late. */
const NEEDED = 0.9;
/** The last record of a source has no witnesses: it is believed this far ahead. */
const LONE_LEAP_MS = 31 * DAY_MS;

/** Decides whether a leap in time is a gap in the log or a broken clock. */
export interface LeapJudge {
  /** The newest believed time; the caller moves it on. */
  newest: number;
  /** Where in the source the record starts that is not believed; -1 when there is none. */
  refusedOffset: number;
  isPending(): boolean;
  /** The source ended while witnesses were sought. */
  sawEnd(): boolean;
  /** Another file begins. */
  restart(): void;
  /** Whether the leap of the record in view has been decided; if not, `decide` is next. */
  isDecided(): boolean;
  /** Looks at the records that follow, then puts the reader back to the record that leaps. */
  decide(isEnd: boolean, followingFileTime: number | undefined): Promise<void>;
  save(): LeapMemory;
  recall(memory: LeapMemory): void;
}

/** What was decided so far. Offsets are those of the file; -1 is none. */
export interface LeapMemory {
  newest: number;
  refusedOffset: number;
  decidedOffset: number;
}

/**
 * @param isHistory the input does not grow: then its last record has no witnesses. One that is logged just now needs none
 */
export function createLeapJudge(reader: RecordReader, read: ReadInto, isHistory = true): LeapJudge {
  const { window, view } = reader;
  let decidedOffset = -1;
  let isPending = false;
  let sawEnd = false;

  async function countWitnesses(time: number, isEnd: boolean): Promise<{ seen: number; following: number }> {
    let seen = 0;
    let following = 0;
    sawEnd = isEnd;
    while (seen < WITNESSES && window.end - window.anchor! < MAX_RECORD_BYTES) {
      const step = reader.next(sawEnd);
      if (step === Step.needMore) {
        if (sawEnd && !window.isUnscanned) {
          break;
        }
        sawEnd = !(await window.refill(read));
        if (sawEnd && !isHistory) {
          return { seen: 0, following: 0 };
        }
      } else if (step !== Step.rejected) {
        seen++;
        following += view.time >= time - LEAP_MS ? 1 : 0;
      }
    }
    return { seen, following };
  }

  const judge: LeapJudge = {
    newest: Number.NEGATIVE_INFINITY,
    refusedOffset: -1,
    isPending: () => isPending,
    sawEnd: () => sawEnd,
    restart() {
      decidedOffset = -1;
      judge.refusedOffset = -1;
    },
    isDecided() {
      isPending = decidedOffset !== window.offsetOf(view.record.start);
      return !isPending;
    },
    async decide(isEnd, followingFileTime) {
      const { time } = view;
      window.anchor = view.record.start;
      decidedOffset = window.offsetOf(window.anchor);
      isPending = false;
      const { seen, following } = await countWitnesses(time, isEnd);
      reader.rewind(window.anchor);
      window.anchor = undefined;
      const isBelieved =
        seen > 0 ? following >= NEEDED * seen : !isHistory || isLoneBelieved(time, judge.newest, followingFileTime);
      judge.refusedOffset = isBelieved ? -1 : decidedOffset;
      sawEnd &&= isHistory;
    },
    save: () => ({ newest: judge.newest, refusedOffset: judge.refusedOffset, decidedOffset }),
    recall(memory) {
      judge.newest = memory.newest;
      judge.refusedOffset = memory.refusedOffset;
      decidedOffset = memory.decidedOffset;
    },
  };
  return judge;
}

/** A record that no other follows in its file. */
function isLoneBelieved(time: number, newest: number, followingFileTime: number | undefined): boolean {
  if (followingFileTime !== undefined) {
    return followingFileTime >= time - LEAP_MS;
  }
  return newest === Number.NEGATIVE_INFINITY || time - newest <= LONE_LEAP_MS;
}

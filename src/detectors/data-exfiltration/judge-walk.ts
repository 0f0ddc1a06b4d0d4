import { isOfRanges, isOnward, type Walk } from './hand-readers.ts';
import { FACTOR, type Settings } from './settings.ts';

/** Rows of a walk through a table, and steps in which they are fetched: nobody looks at so many. */
const MANY_ROWS = 20_000;
const FEW_STEPS = 10;
/** Ranges with hardly a gap are nobody's questions: fewer steps are enough. */
const FEW_RANGES = 4;
/** Steps that nobody takes by hand: one behind the other, within a week; and in any order, within a day. */
const MANY_STEPS = 300;
const MANY_JUMPS = 500;
/** Times the most that was usual. */
const RATIO = 3;
const DAY_MS = 86_400_000;

/** The most that one walk of the principal brought on a day; rows: of those that went on in the same way. */
export interface UsualWalks {
  steps: number;
  rows: number;
}

/** Tables new to a principal on one day, as a factor of `newTableCount`: to look at some is work. */
const WIDE = 2;
const WIDE_RATIO = 2;

type HandVariant = 'piece by piece' | 'breadth of tables';

export interface HandVerdict {
  variant: HandVariant;
  value: number;
  threshold: number;
  unit: 'rows asked for' | 'statements' | 'tables read for the first time';
}

/** Whether a statement that is sent with ever other values draws a table out; undefined for no. */
export function judgeWalk(walk: Walk, usual: UsualWalks, { sensitivity }: Settings): HandVerdict | undefined {
  const factor = FACTOR[sensitivity];
  const few = isOfRanges(walk) ? FEW_RANGES : FEW_STEPS;
  const days = 1 + Math.floor((walk.lastTime - walk.firstTime) / DAY_MS);
  if (isOnward(walk)) {
    const rows = Math.max(MANY_ROWS * factor, RATIO * days * usual.rows + 1);
    if (walk.steps >= few * factor && walk.rows >= rows) {
      return { variant: 'piece by piece', value: walk.rows, threshold: rows, unit: 'rows asked for' };
    }
    return verdict(walk.steps, Math.max(MANY_STEPS * factor, RATIO * days * usual.steps + 1));
  }
  return verdict(walk.daySteps, Math.max(MANY_JUMPS * factor, RATIO * usual.steps + 1));
}

/** Whether a principal looks into more tables that it had not read for long than it ever does; undefined for no. */
export function judgeNews(
  count: number,
  largest: number,
  { sensitivity, newTableCount }: Settings,
): HandVerdict | undefined {
  const threshold = Math.max(Math.ceil(WIDE * newTableCount * FACTOR[sensitivity]), WIDE_RATIO * largest + 1);
  return count >= threshold
    ? { variant: 'breadth of tables', value: count, threshold, unit: 'tables read for the first time' }
    : undefined;
}

function verdict(value: number, threshold: number): HandVerdict | undefined {
  return value >= threshold ? { variant: 'piece by piece', value, threshold, unit: 'statements' } : undefined;
}

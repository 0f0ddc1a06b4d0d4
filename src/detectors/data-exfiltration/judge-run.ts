import type { Severity } from '../../model/severity.ts';
import { familyOf } from '../application-family-of.ts';
import { isCopier } from '../hand-tools.ts';
import type { BulkRun } from './bulk-run.ts';
import { FACTOR, type Settings } from './settings.ts';

/** Whole tables that an unusual client reads, without COPY, before it is more than a look. */
const FEW_TABLES = 3;
/** The same for a service that never read a table whole: it does not look around. */
const SERVICE_FEW_TABLES = 2;
/** Tables that are new to whoever comes at an unusual hour, or with another application from a usual place. */
const SOME_TABLES = 3;
/** Pages that make up for a copy. */
const MANY_PAGES = 100;
/** How many times the most tables that were usual. */
export const RATIO = 2;
/** Tables new to a service within an hour: its code says what it reads, and changes with a release. */
const SERVICE_TABLES = 3;
/** Steps of a cursor through a table that is new to the principal. */
const MANY_STEPS = 50;
const STEPS_RATIO = 3;
/** Tables new to a principal within a week, however slowly. */
export const DRIP_FACTOR = 1.25;

/** Times the rows of any statement before that one which reads whole tables brings to be huge. */
export const HUGE = 5;

export type Variant =
  | 'unusual client'
  | 'off hours'
  | 'breadth of tables'
  | 'volume'
  | 'huge read'
  | 'slow drip'
  | 'newcomer';

export interface Verdict {
  variant: Variant;
  severity: Severity;
  value: number;
  threshold: number;
}

/** What is known of a principal. */
export interface Known {
  /** Most tables handed out whole on a day, most that were copied, and most pages of a run. */
  largest: number;
  largestCopied: number;
  largestPages: number;
  /** Most rows of one statement, whatever it asked. */
  largestRows: number;
  /** Tables read whole for the first time within a week; those that were copied count twice. */
  weekly: number;
  /** At work at all hours, as programs are. */
  isService: boolean;
  /** Seen with a tool in which people write statements. */
  isPerson: boolean;
  /** Copies of it were told of within a week. */
  isTold: boolean;
  /** A huge read of it was told of within a week. */
  isHugeTold: boolean;
}

/** What a run of bulk reads says beside what is usual for the principal; undefined for nothing. */
export function judgeRun(run: BulkRun, known: Known, options: Settings): Verdict | undefined {
  return judgeTables(run, known, options) ?? judgeRows(run, known, options);
}

function judgeTables(
  run: BulkRun,
  { largest, largestCopied, largestPages, weekly, isService, isPerson, isTold }: Known,
  options: Settings,
): Verdict | undefined {
  const factor = FACTOR[options.sensitivity];
  const [fresh, copied] = [run.fresh.size, run.freshCopies.size];
  const news = Math.max(fresh, copied);
  const some = Math.ceil(SOME_TABLES * factor);
  const least = isService ? Math.min(SERVICE_TABLES, options.newTableCount) : options.newTableCount;
  const wide = Math.max(Math.ceil(least * factor), RATIO * largest + 1);
  const drip = Math.max(Math.ceil(DRIP_FACTOR * options.newTableCount * factor), RATIO * largest);
  const few = isService && largest === 0 && !isInside(run) ? SERVICE_FEW_TABLES : FEW_TABLES;
  const isCopied = run.copies > 0 || run.pages >= MANY_PAGES * factor;
  if (
    run.isNewPlace &&
    (run.pages >= MANY_PAGES * factor || (news > 0 && (isCopied || run.tables.size >= few * factor)))
  ) {
    return verdict('unusual client', run, Math.max(1, news), 1);
  }
  const isMuch = (fresh >= some && fresh > largest) || (copied >= some && copied > largestCopied);
  const isFirstCopy = isPerson && !isTold && largestCopied === 0 && copied > 0;
  if (run.isOffHours && (isMuch || isFirstCopy)) {
    return verdict('off hours', run, news, Math.min(news, Math.max(some, largest + 1)));
  }
  if (run.isNewApplication && isMuch && isCopied) {
    return verdict('unusual client', run, news, Math.min(news, Math.max(some, largest + 1)));
  }
  const wideCopy = Math.max(Math.ceil(options.newTableCount * factor), RATIO * largestCopied + 1);
  if (copied >= wideCopy) {
    return verdict('breadth of tables', run, copied, wideCopy);
  }
  if (fresh >= wide || (run.everyTable !== undefined && run.fresh.has(run.everyTable))) {
    return verdict('breadth of tables', run, fresh, Math.min(fresh, wide));
  }
  const steps = Math.max(MANY_STEPS * factor, STEPS_RATIO * largestPages);
  if (run.hasCursor && run.pages >= steps) {
    return verdict('volume', run, run.pages, steps);
  }
  return weekly >= drip && news > 0 && !isTold ? verdict('slow drip', run, weekly, drip) : undefined;
}

/** One statement that hands out whole tables brings far more rows than any before, conditions or not. */
function judgeRows(run: BulkRun, { largestRows, isHugeTold }: Known, options: Settings): Verdict | undefined {
  const threshold = FACTOR[options.sensitivity] * Math.max(options.bulkRowCount, HUGE * largestRows);
  return run.rows >= threshold && !isHugeTold ? verdict('huge read', run, run.rows, threshold) : undefined;
}

/**
 * Unusual alone is Low; from a new place it is Medium, and together with another client, or at night, somebody is
 * woken. A subnet of one's own is no such place: programs and desks move there, and migrations are run. Inside, a tool
 * made for copies says no more than the copy that it makes: migrations are run with it, and in the evening.
 */
function verdict(variant: Variant, run: BulkRun, value: number, threshold: number): Verdict {
  return { variant, severity: severityOfRun(run), value, threshold };
}

/** By who reads, from where and when. */
export function severityOfRun(run: BulkRun): Severity {
  const others = [run.isNewApplication, run.isOffHours].filter(Boolean).length;
  const isFromOutside = run.isNewPlace && !isInside(run);
  if (isFromOutside && others > 0) {
    return 'High';
  }
  const isOdd = run.isOffHours && run.isNewApplication && !isCopier(familyOf(run.application));
  return isFromOutside || isOdd ? 'Medium' : 'Low';
}

function isInside({ addresses }: BulkRun): boolean {
  return addresses.every(({ place }) => place?.kind === 'private');
}

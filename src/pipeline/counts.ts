import { ActivityClass, type ActivityClassName } from '../model/activity.ts';
import type { Counts } from './plan.ts';

/** Reasons are few and fixed; the cap is for mistakes of ours. */
const MAX_REASONS = 64;
const EXAMPLE_BYTES = 160;
/** Enough for what hides a secret to be seen. */
const REDACTED_BYTES = 4096;

export function emptyCounts(): Counts {
  const activities = Object.fromEntries(Object.keys(ActivityClass).map((name) => [name, 0]));
  return {
    bytes: 0,
    records: 0,
    activities: activities as Record<ActivityClassName, number>,
    skipped: 0,
    rejected: {},
    expected: {},
    late: 0,
    notes: [],
  };
}

/**
 * Notes a record that was not understood; the first of its reason is the example.
 *
 * @param redact what of a record may be shown; absent: all of it
 */
export function countRejected(
  counts: Counts,
  reason: string,
  where: string,
  record: Uint8Array,
  redact = (shown: Uint8Array) => Buffer.from(shown).toString('latin1'),
): void {
  const known = counts.rejected[reason];
  if (known !== undefined) {
    known.count++;
  } else if (Object.keys(counts.rejected).length < MAX_REASONS) {
    const example = withoutSecrets(redact(record.slice(0, REDACTED_BYTES))).slice(0, EXAMPLE_BYTES);
    counts.rejected[reason] = { count: 1, where, example: printable(example) };
  }
}

/** Strings of SQL, whole or cut off; what is assigned to a word for a secret; the password in an address. */
const STRING = /'(?:[^']|'')*(?:'|$)/g;
const ASSIGNED = /((?:password|passwd|pwd|secret|token|key|sig)\s*[=:]\s*)[^\s;&,]+/gi;
const IN_ADDRESS = /(:\/\/[^\s:@/]*:)[^\s@/]+@/g;

/** What is of another format than it is read as is not redacted by that format. */
function withoutSecrets(text: string): string {
  return text.replace(STRING, "'?'").replace(ASSIGNED, '$1?').replace(IN_ADDRESS, '$1?@');
}

/** Control and non-ASCII bytes as `\x1b`: an example must not play tricks on a terminal. */
function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** Adds the counts of another resource. */
export function addCounts(into: Counts, other: Counts): void {
  into.bytes += other.bytes;
  into.records += other.records;
  into.skipped += other.skipped;
  into.late += other.late;
  into.notes.push(...other.notes);
  for (const name of Object.keys(into.activities) as ActivityClassName[]) {
    into.activities[name] += other.activities[name];
  }
  addTallies(into, other);
  for (const [reason, { count, where, example }] of Object.entries(other.rejected)) {
    const known = into.rejected[reason];
    into.rejected[reason] = known === undefined ? { count, where, example } : { ...known, count: known.count + count };
  }
}

function addTallies(into: Counts, { expected }: Counts): void {
  for (const [label, { findings, afterwards, isOver }] of Object.entries(expected)) {
    const known = into.expected[label] ?? { findings: 0, afterwards: 0, isOver: false };
    into.expected[label] = {
      findings: known.findings + findings,
      afterwards: known.afterwards + afterwards,
      isOver: known.isOver || isOver,
    };
  }
}

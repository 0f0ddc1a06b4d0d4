import { UserError } from '../lib/user-error.ts';

/** Characters of a handle at least: enough to stay the same in most runs, few enough to type. */
const MIN_LENGTH = 6;
/** Handles that a message lists at most. */
const MAX_LISTED = 5;

/** The ends of the names, all of one length, each ending one name only. An alert's name is long; its end tells it apart. */
export function alertHandles(names: readonly string[]): string[] {
  const longest = Math.max(MIN_LENGTH, ...names.map((name) => name.length));
  for (let length = MIN_LENGTH; length < longest; length++) {
    const handles = names.map((name) => name.slice(-length));
    if (new Set(handles).size === names.length) {
      return handles;
    }
  }
  return [...names];
}

/** Index of the one name that is, or ends with, what a person typed. */
export function findAlert(names: readonly string[], typed: string): number {
  const wanted = typed.toLowerCase();
  const whole = names.findIndex((name) => name.toLowerCase() === wanted);
  if (whole >= 0) {
    return whole;
  }
  const matches = names.flatMap((name, index) => (wanted !== '' && name.toLowerCase().endsWith(wanted) ? [index] : []));
  if (matches.length === 1) {
    return matches[0];
  }
  const shown = JSON.stringify(typed);
  if (matches.length === 0) {
    throw new UserError(
      `--alert ${shown} is none of the ${names.length} alerts of this run; leave it out to list them`,
    );
  }
  const handles = alertHandles(names);
  const choice = matches.slice(0, MAX_LISTED).map((index) => handles[index]);
  throw new UserError(`--alert ${shown} fits ${matches.length} alerts; write one of ${choice.join(', ')}`);
}

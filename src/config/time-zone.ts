import { nearestTo } from './suggestion.ts';

/** What is wrong with the name of a time zone, as the end of a sentence; undefined for one that this runtime knows. */
export function timeZoneProblem(name: string): string | undefined {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return undefined;
  } catch {
    return `is not a time zone; did you mean "${nearestTo(name, Intl.supportedValuesOf('timeZone'))}"?`;
  }
}

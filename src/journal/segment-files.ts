import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Digits of a segment's number: names sort as numbers do. */
const DIGITS = 12;
const NAME = /^(\d{12})\.segment$/;

export function segmentPath(directory: string, segment: number): string {
  return join(directory, `${String(segment).padStart(DIGITS, '0')}.segment`);
}

/** Numbers and sizes in bytes of the segments of a journal, oldest first. */
export function listSegments(directory: string): Map<number, number> {
  const numbers = readdirSync(directory).flatMap((name) => {
    const [, digits] = NAME.exec(name) ?? [];
    return digits === undefined ? [] : [Number(digits)];
  });
  return new Map(numbers.sort((a, b) => a - b).map((segment) => [segment, sizeOf(segmentPath(directory, segment))]));
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

import type { Span } from '../parser.ts';

/** Where the members of a record stand, by their numbers. */
export interface MemberPlaces {
  /** From now on, those of the record whose first one's would lie at `first` among some words. */
  turnTo(words: Int32Array, first: number): void;
  /** 0 where there is none. */
  startOf(member: number): number;
  lengthOf(member: number): number;
  put(member: number, span: Span): void;
}

export function createMemberPlaces(found: Int32Array): MemberPlaces {
  let words = found;
  let first = 0;

  return {
    turnTo(into, at) {
      words = into;
      first = at;
    },
    startOf: (member) => words[first + 2 * member]!,
    lengthOf: (member) => words[first + 2 * member + 1]! - words[first + 2 * member]!,
    put(member, span) {
      span.start = words[first + 2 * member]!;
      span.end = words[first + 2 * member + 1]!;
    },
  };
}

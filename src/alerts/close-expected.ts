import type { BookState } from './book-state.ts';
import type { FindExpectation } from './expected-findings.ts';
import { unpackedFinding } from './packed-finding.ts';

/** What came to be expected after it was raised stays an alert, but grows no more: the next finding is a new matter. */
export function closeExpected(latest: BookState['latest'], expectationOf: FindExpectation): void {
  for (const [detector, matters] of latest) {
    for (const [key, { entry, expectedBy }] of matters) {
      if (expectedBy === undefined && expectationOf(detector, unpackedFinding(entry.finding))?.isOver === false) {
        matters.delete(key);
      }
    }
  }
}

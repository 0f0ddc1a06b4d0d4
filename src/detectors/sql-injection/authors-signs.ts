import type { Activity } from '../../model/activity.ts';
import { fingerprintText } from '../../sql/fingerprint.ts';
import { Sign } from '../../sql/shape.ts';
import type { ShapeBook } from '../../sql/shape-book.ts';
import { isInputBound } from './bound-input.ts';
import { withoutEmptyLists } from './empty-lists.ts';

/** Signs that are none where the author of the statement put what shows them. */
const EXCUSABLE = Sign.tautology | Sign.constantProbe | Sign.unionConstants | Sign.unionPadded;

/** Those of a statement's signs that its author did not put there, as far as its literals tell. */
export function signsOfOthers(signs: number, activity: Activity, statements: ShapeBook): number {
  if ((signs & EXCUSABLE) === 0) {
    return signs;
  }
  const text = activity.statementText();
  const less = withoutEmptyLists(text);
  const left =
    less === undefined
      ? signs
      : statements.shapeOf(fingerprintText(less), { statementText: () => less, time: activity.time }).signs;
  return (left & EXCUSABLE) !== 0 && isInputBound(less ?? text) ? left & ~EXCUSABLE : left;
}

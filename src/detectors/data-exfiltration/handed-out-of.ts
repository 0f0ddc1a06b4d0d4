import { type Shape, WHOLE_CLUSTER } from '../../sql/shape.ts';
import { XML_WRAPPER } from '../../sql/xml-reads.ts';

/** So few rows are no table's worth, where their number is told; a command without rows tells 0. */
const FEW_ROWS = 100;

/** What a statement hands out by its shape, unless the number of its rows says otherwise. */
export function handedOutOf(
  { handedOut, reads, statements }: Shape,
  rows: number,
  isBulk: boolean,
): Shape['handedOut'] {
  if (isBulk) {
    return reads.length > 0 ? 'all' : handedOut;
  }
  const isFew = rows > 0 && rows < FEW_ROWS && !statements.includes('copy');
  return isFew ? 'some' : handedOut;
}

/** COPY, a cursor, functions that give a table as one text, and a base backup. */
export function isMadeForCopies({ statements, functions, reads }: Shape): boolean {
  return (
    statements.some((kind) => kind === 'copy' || kind === 'declarecursor') ||
    functions.some((name) => XML_WRAPPER.test(name)) ||
    reads.includes(WHOLE_CLUSTER)
  );
}

/** The rows of a table with only some of their columns, in this order: what was written when it had others can still be read. */
export function narrowed(rows: Int32Array, stride: number, columns: readonly number[]): Int32Array<ArrayBuffer> {
  const width = columns.length;
  const narrow = new Int32Array(width * Math.floor(rows.length / stride));
  for (let from = 0, to = 0; to < narrow.length; from += stride, to += width) {
    for (let i = 0; i < width; i++) {
      narrow[to + i] = rows[from + columns[i]!]!;
    }
  }
  return narrow;
}

/** Functions whose answer is one row, however many are read. */
const SUMMARIES = new Set(
  'count sum avg min max bool_and bool_or every stddev stddev_pop stddev_samp variance var_pop var_samp mode percentile_cont percentile_disc bit_and bit_or corr regr_slope'.split(
    ' ',
  ),
);
/** Whether a function makes one row of all. @param name lower case, without schema */
export function summarizes(name: string): boolean {
  return SUMMARIES.has(name);
}

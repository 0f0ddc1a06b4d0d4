/** From this ratio on a linear axis would squeeze the threshold into its left end. */
const FAR = 10;
/** The least part of the bar that stays for what is tolerated. */
const LEAST = 0.06;

/** Where the threshold lies on a bar that begins at zero and ends at the value, 0 to 1: logarithmic where it is far. */
export function thresholdPosition(threshold: number, value: number): number {
  if (threshold <= 0 || value <= threshold) {
    return threshold <= 0 ? 0 : 1;
  }
  const ratio = value / threshold;
  return ratio <= FAR ? 1 / ratio : Math.max(LEAST, 0.1 / Math.log10(ratio));
}

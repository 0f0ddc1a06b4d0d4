/** After this much event time without a further finding, the next one opens a new alert. */
export const OPEN_MS = 24 * 3_600_000;

/** How long a rule may hold, in days. */
export const LIFETIMES = [
  { days: 1, label: 'A day' },
  { days: 7, label: 'A week' },
  { days: 30, label: '30 days' },
  { days: 90, label: '90 days' },
  { days: 365, label: 'A year' },
] as const;
export const USUAL_LIFETIME_DAYS = 30;
const DAY_MS = 86_400_000;

/** The end of a lifetime that begins now. */
export function endOf(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString();
}

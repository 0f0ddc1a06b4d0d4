/** This week beside the week before, in words: an arrow alone says nothing to a screen reader. */
export function trendWords(week: number, before: number): string {
  const arrow = week > before ? '↗' : week < before ? '↘' : '→';
  return `${arrow} ${week.toLocaleString()} this week, ${before.toLocaleString()} the week before`;
}

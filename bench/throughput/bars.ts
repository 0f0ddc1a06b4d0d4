/** A promise about a measured number. */
export interface Bar {
  what: string;
  measured: number;
  limit: number;
  /** Whether the limit is the least or the most that will do. */
  kind: 'at least' | 'at most' | 'less than';
  unit: string;
}

export function isHeld({ measured, limit, kind }: Bar): boolean {
  if (kind === 'at least') {
    return measured >= limit;
  }
  return kind === 'at most' ? measured <= limit : measured < limit;
}

/** Markdown table of all bars. */
export function barTable(bars: readonly Bar[]): string[] {
  const rows = bars.map((bar) => {
    const verdict = isHeld(bar) ? 'held' : '**missed**';
    return `| ${bar.what} | ${bar.measured.toFixed(2)} ${bar.unit} | ${bar.kind} ${bar.limit.toFixed(2)} ${bar.unit} | ${verdict} |`;
  });
  return ['| bar | measured | limit | |', '|---|---|---|---|', ...rows];
}

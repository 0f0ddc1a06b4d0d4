import { plainTable } from './plain-table.ts';
import { terminalText } from './terminal-text.ts';

export const OUTPUTS = ['table', 'json', 'tsv'] as const;
export type Output = (typeof OUTPUTS)[number];

/** Prints what the server told: as it is, or some of its members in columns. */
export function printRows(
  output: Output,
  told: unknown,
  items: readonly object[],
  columns: Readonly<Record<string, string>>,
): void {
  if (output === 'json') {
    process.stdout.write(`${JSON.stringify(told, undefined, 2)}\n`);
    return;
  }
  const rows = items.map((item) =>
    Object.values(columns).map((member) => terminalText(textOf((item as Record<string, unknown>)[member]))),
  );
  const text = output === 'tsv' ? rows.map((row) => row.join('\t')).join('\n') : plainTable(Object.keys(columns), rows);
  process.stdout.write(rows.length === 0 && output === 'tsv' ? '' : `${text}\n`);
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) {
    return '';
  }
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) {
    return value.join(', ');
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
}

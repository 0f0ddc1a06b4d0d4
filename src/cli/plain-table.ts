import { stripVTControlCharacters } from 'node:util';
import { textCells } from './wrap-text.ts';

/**
 * A table with thin lines. Cells may have several lines and colors of ours; they make the widths of the columns.
 * Ours, since cli-table3 takes 4 ms for a row: a run with thousands of alerts would seem to hang.
 */
export function plainTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = [head, ...rows].map((row) => row.map((cell) => cell.split('\n')));
  const widths = head.map((_, column) =>
    table.reduce((widest, row) => Math.max(widest, ...row[column].map(shownCells)), 0),
  );
  const rule = (left: string, middle: string, right: string) =>
    left + widths.map((width) => '─'.repeat(width + 2)).join(middle) + right;
  const body = table.map((row) => rowText(row, widths)).join(`\n${rule('├', '┼', '┤')}\n`);
  return `${rule('┌', '┬', '┐')}\n${body}\n${rule('└', '┴', '┘')}`;
}

function rowText(row: readonly (readonly string[])[], widths: readonly number[]): string {
  const height = Math.max(...row.map((lines) => lines.length));
  const lines = Array.from({ length: height }, (_, line) =>
    row.map((cell, column) => padded(cell[line] ?? '', widths[column])),
  );
  return lines.map((cells) => `│ ${cells.join(' │ ')} │`).join('\n');
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(width - shownCells(text));
}

function shownCells(text: string): number {
  return textCells(stripVTControlCharacters(text));
}

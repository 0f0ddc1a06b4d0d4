import { basename } from 'node:path';
import type { Alert } from '../model/alert.ts';
import { changesOf } from '../tuning/alert-changes.ts';
import { changesText, countChange, typeTable } from './changes-text.ts';
import type { Look } from './look.ts';
import { terminalText } from './terminal-text.ts';

/** Lines of each kind of change. */
const LINES = 200;

/** What `replay --compare` prints: how the same history would be judged by another configuration. */
export function comparisonText(
  files: { before: string; after: string },
  before: readonly Alert[],
  after: readonly Alert[],
  look: Look,
): string {
  const changes = changesOf(before, after);
  const notes = { before: before.length - changes.before, after: after.length - changes.after };
  const names = [files.before, files.after].map((file) => terminalText(basename(file))).join(' → ');
  const head = `${names}: ${countChange(changes)} alerts above Informational, ${countChange(notes)} notes.\n`;
  const isSame = changes.gone.length + changes.added.length + changes.changed.length === 0;
  return isSame
    ? `${head}Nothing changes.\n`
    : `${head}${typeTable(before, after)}${changesText(changes, look, LINES)}`;
}

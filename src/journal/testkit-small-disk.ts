import { argv, stdout } from 'node:process';
import { openJournal } from './journal.ts';
import { JournalError } from './journal-error.ts';

/** A program that meets the end of its room: appends so many lines, each until it is taken, and says what went wrong. */
const [directory = '', lines = ''] = argv.slice(2);

const journal = await openJournal({ directory });
for (let line = 0; line < Number(lines); ) {
  try {
    await journal.append(Buffer.from(`${line} ${'x'.repeat(1000)}\n`), { next: String(line + 1) });
    line++;
  } catch (error) {
    const { code, retryable } = error as JournalError;
    stdout.write(`${JSON.stringify({ isTyped: error instanceof JournalError, code, retryable })}\n`);
  }
}
await journal.close();

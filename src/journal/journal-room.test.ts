import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { expect, it } from 'vitest';
import { openJournal } from './journal.ts';
import { openReader, readAll, temporaryDirectory } from './testkit.ts';

const WRITER = join(import.meta.dirname, 'testkit-small-disk.ts');
const LINES = 700;

/** The shell's limit on the size of a file stands for a full disk: a write breaks off in its middle just so. */
it('without room rejects as retryable, leaves nothing half written and goes on when there is room', async () => {
  const directory = temporaryDirectory();
  const limited = `ulimit -f 400; exec "$0" "$@"`; // blocks of 512 or 1024 bytes, as the shell has it
  const said = execFileSync('sh', ['-c', limited, execPath, WRITER, directory, String(LINES)], { encoding: 'utf8' });
  const failures = said
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const journal = await openJournal({ directory });
  const numbers = (await readAll(openReader(journal.options)))
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' ')[0]);

  expect(failures.length).toBeGreaterThan(0);
  expect(failures).toEqual(failures.map(() => ({ isTyped: true, code: 'disk-full', retryable: true })));
  expect(numbers).toEqual(Array.from({ length: LINES }, (_, line) => String(line)));
  expect(journal.positions.get('next')).toBe(String(LINES));
  await journal.close();
});

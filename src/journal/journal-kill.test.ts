import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { openJournal } from './journal.ts';
import { openReader, readAll, temporaryDirectory } from './testkit.ts';

const WRITER = join(import.meta.dirname, 'testkit-writer.ts');
const KILLS = 12;

/** Numbers that look like chance and are the same in every run (the minimal standard generator). */
function* seeded(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (state * 48_271) % 2_147_483_647;
    yield state;
  }
}

/** Runs the writer until it has acknowledged so many lines, then kills it; the number of the last one. */
async function writeUntilKilled(directory: string, kind: string, acknowledgements: number): Promise<number> {
  const writer = spawn(execPath, [WRITER, directory, kind], { stdio: ['ignore', 'pipe', 'inherit'] });
  let last = -1;
  let count = 0;
  for await (const line of createInterface({ input: writer.stdout })) {
    last = Number(line);
    if (++count === acknowledgements) {
      writer.kill('SIGKILL');
    }
  }
  if (writer.exitCode === null && writer.signalCode === null) {
    await once(writer, 'exit');
  }
  expect(writer.signalCode).toBe('SIGKILL');
  return last;
}

it.each(['plain', 'decided'])(
  'killed at any moment, %s, misses nothing acknowledged and has nothing twice',
  async (kind) => {
    const directory = temporaryDirectory();
    const chance = seeded(20_261_128);
    let acknowledged = -1;
    for (let kill = 0; kill < KILLS; kill++) {
      acknowledged = await writeUntilKilled(directory, kind, 1 + (chance.next().value % 150));
    }
    const journal = await openJournal({ directory });
    await journal.settle(true);
    const lines = (await readAll(openReader(journal.options))).trimEnd().split('\n');

    expect(lines).toEqual(lines.map((_, number) => `line ${number}`));
    expect(lines.length).toBeGreaterThan(acknowledged);
    expect(journal.positions.get('next')).toBe(String(lines.length));
    expect(journal.problems).toEqual([]);
    await journal.close();
  },
);

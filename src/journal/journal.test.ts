import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Journal, openJournal } from './journal.ts';
import { releaseJournal } from './journal-input.ts';
import { openReader, planOf, readAll, temporaryDirectory } from './testkit.ts';

async function open(directory: string, capBytes?: number): Promise<Journal> {
  const journal = await openJournal({ directory, ...(capBytes !== undefined && { capBytes }) });
  onTestFinished(() => journal.close());
  return journal;
}

/** Closed and opened again, as by a restart. */
async function reopened(journal: Journal): Promise<Journal> {
  await journal.close();
  return open(journal.options.directory);
}

const bytes = (text: string) => Buffer.from(text);
const commits = (directory: string) => join(directory, 'commits');

describe('a journal', () => {
  it('gives what was appended, in order, with the last positions', async () => {
    const journal = await open(temporaryDirectory());
    await Promise.all(
      ['a\n', 'b\n', 'c\n'].map((text, i) => journal.append(bytes(text), { at: String(i), [text]: 'x' })),
    );
    await journal.append(bytes(''), { 'a\n': null });

    expect(await readAll(openReader(journal.options))).toBe('a\nb\nc\n');
    expect(Object.fromEntries(journal.positions)).toEqual({ at: '2', 'b\n': 'x', 'c\n': 'x' });
    const again = await reopened(journal);
    expect(await readAll(openReader(again.options))).toBe('a\nb\nc\n');
    expect(Object.fromEntries(again.positions)).toEqual({ at: '2', 'b\n': 'x', 'c\n': 'x' });
    expect(again.problems).toEqual([]);
  });

  it('keeps its files to its user', async () => {
    const journal = await open(temporaryDirectory());
    await journal.append(bytes('a\n'));
    const { directory } = journal.options;

    expect(readdirSync(directory).length).toBe(2);
    expect(readdirSync(directory).map((name) => statSync(join(directory, name)).mode & 0o777)).toEqual([0o600, 0o600]);
  });

  it('lets a reader go on where an earlier one stood, over segments', async () => {
    const journal = await open(temporaryDirectory(), 8000);
    for (let i = 0; i < 30; i++) {
      await journal.append(bytes(`${'x'.repeat(90)} ${i}\n`));
    }
    const reader = openReader(journal.options);
    await reader.advance();
    await reader.read(new Uint8Array(500), 0, 500);
    const position = JSON.parse(JSON.stringify(reader.positionAt(reader.offset)));
    const again = await reopened(journal);

    const rest = await readAll(openReader(again.options, position));
    const whole = await readAll(openReader(again.options));
    expect(rest).toBe(whole.slice(500));
    expect(readdirSync(journal.options.directory).length).toBeGreaterThan(3);
  });

  it('knows itself again by a reader that had read nothing', async () => {
    const journal = await open(temporaryDirectory());
    const before = openReader(journal.options);
    const position = JSON.parse(JSON.stringify(before.positionAt(before.offset)));
    await journal.append(bytes('a\n'));
    const reader = openReader((await reopened(journal)).options, position);

    expect(await readAll(reader)).toBe('a\n');
    expect(reader.takeGaps()).toEqual([]);
  });

  it('wakes a reader in another thread within 100 ms', async () => {
    const journal = await open(temporaryDirectory());
    const worker = new Worker(
      `import { parentPort, workerData } from 'node:worker_threads';
       const { openJournalInput } = await import(workerData.module);
       const bytes = new Uint8Array(100);
       const reader = openJournalInput(workerData.plan, undefined, async () => {
         if (reader === undefined) return;
         if (reader.name === '') reader.advance();
         const got = reader.read(bytes, 0, 100);
         if (got > 0) parentPort.postMessage({ text: Buffer.from(bytes.subarray(0, got)).toString(), at: Date.now() });
       });
       parentPort.on('message', () => {}); // keeps the thread
       parentPort.postMessage('ready');`,
      {
        eval: true,
        workerData: { plan: planOf(journal.options), module: new URL('journal-input.ts', import.meta.url).href },
      },
    );
    onTestFinished(async () => void (await worker.terminate()));
    const said: unknown[] = [];
    worker.on('message', (message) => said.push(message));
    await vi.waitFor(() => expect(said).toEqual(['ready']), 120_000);
    await journal.append(bytes('first\n'));
    const acknowledged = Date.now();
    await vi.waitFor(() => expect(said).toHaveLength(2), 5000);

    const { text, at } = said[1] as { text: string; at: number };
    expect(text).toBe('first\n');
    expect(at - acknowledged).toBeLessThan(100);
  });
});

describe('at its cap', () => {
  it('takes nothing, says so, and goes on when the engine released a part', async () => {
    const journal = await open(temporaryDirectory(), 8000);
    const line = bytes(`${'x'.repeat(999)}\n`);
    for (let i = 0; i < 8; i++) {
      await journal.append(line);
    }
    await expect(journal.append(line)).rejects.toMatchObject({ code: 'full', retryable: true });
    const room = journal.whenRoom(line.length);
    const reader = openReader(journal.options);
    await readAll(reader);
    releaseJournal(planOf(journal.options), reader.positionAt(reader.offset));
    await room;
    await journal.append(line);

    expect(await readAll(reader)).toBe(line.toString());
    expect(existsSync(join(journal.options.directory, '000000000001.segment'))).toBe(false);
    expect(journal.usedBytes).toBeLessThanOrEqual(2000);
  });

  it('keeps what is not read yet', async () => {
    const journal = await open(temporaryDirectory(), 8000);
    for (let i = 0; i < 8; i++) {
      await journal.append(bytes(`${i}${'x'.repeat(900)}\n`));
    }
    const reader = openReader(journal.options);
    await reader.advance();
    releaseJournal(planOf(journal.options), reader.positionAt(0));
    const again = await reopened(journal);

    expect((await readAll(openReader(again.options))).split('\n').map(([first]) => first)).toEqual([
      '0',
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '7',
      undefined,
    ]);
  });
});

describe('after a crash', () => {
  it('is cut to what was acknowledged', async () => {
    const journal = await open(temporaryDirectory());
    await journal.append(bytes('a\n'), { at: '1' });
    await journal.close();
    const { directory } = journal.options;
    appendFileSync(join(directory, '000000000001.segment'), 'torn');
    writeFileSync(join(directory, '000000000002.segment'), 'begun');
    appendFileSync(commits(directory), '12345678 {"journal":"x","segm');
    const again = await open(directory);
    await again.append(bytes('b\n'));

    expect(await readAll(openReader(again.options))).toBe('a\nb\n');
    expect(again.problems).toEqual([]);
  });

  it.each([
    ['gone', (path: string) => rmSync(path)],
    ['empty', (path: string) => truncateSync(path)],
    ['no text', (path: string) => writeFileSync(path, Buffer.alloc(3000, 0xff))],
    [
      'damaged at its end',
      (path: string) => writeFileSync(path, readFileSync(path, 'utf8').replace(/"length":4/, '"length":5')),
    ],
  ])('keeps all bytes when its commits are %s, and says what that means', async (_, damage) => {
    const journal = await open(temporaryDirectory());
    await journal.append(bytes('a\n'));
    await journal.append(bytes('b\n'));
    await journal.close();
    const { directory } = journal.options;
    damage(commits(directory));
    const again = await open(directory);

    expect(await readAll(openReader(again.options))).toBe('a\nb\n');
    expect(again.problems).toEqual([
      `${directory}: the file "commits" is damaged or gone; all bytes were kept, and what was taken last may come twice`,
    ]);
    expect((await reopened(again)).problems).toEqual([]);
  });

  it('says how much of what was acknowledged is missing', async () => {
    const journal = await open(temporaryDirectory());
    await journal.append(bytes('a\nb\nc\n'));
    await journal.close();
    const { directory } = journal.options;
    truncateSync(join(directory, '000000000001.segment'), 2);
    const again = await open(directory);

    expect(again.problems).toEqual([`${directory}: 4 bytes that were acknowledged are missing at the end`]);
    expect(await readAll(openReader(again.options))).toBe('a\n');
  });

  it('tells a reader of another journal that it starts anew', async () => {
    const journal = await open(temporaryDirectory());
    await journal.append(bytes('a\n'));
    const reader = openReader(journal.options, { journal: 'another', segment: 7, offset: 0 });

    expect(await readAll(reader)).toBe('a\n');
    expect(reader.takeGaps()).toHaveLength(1);
    expect(reader.takeGaps()).toHaveLength(0);
  });
});

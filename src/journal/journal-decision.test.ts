import { describe, expect, it, onTestFinished } from 'vitest';
import { type Journal, openJournal } from './journal.ts';
import { openReader, readAll, temporaryDirectory } from './testkit.ts';

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

describe('a decision', () => {
  it('for it makes the bytes readable, not before', async () => {
    const journal = await open(temporaryDirectory());
    const reader = openReader(journal.options);
    let seen = '';
    await journal.append(bytes('a\n'), { at: '1' }, async () => {
      seen = await readAll(reader);
      return true;
    });

    expect([seen, await readAll(reader), journal.positions.get('at')]).toEqual(['', 'a\n', '1']);
    expect((await reopened(journal)).undecided).toBeUndefined();
  });

  it('against it takes the bytes and positions back', async () => {
    const journal = await open(temporaryDirectory());
    await journal.append(bytes('a\n'), { at: '1' });
    await expect(journal.append(bytes('b\n'), { at: '2' }, async () => false)).rejects.toMatchObject({
      code: 'undecided',
    });
    await journal.append(bytes('c\n'), { at: '3' });
    const again = await reopened(journal);

    expect(await readAll(openReader(again.options))).toBe('a\nc\n');
    expect(again.positions.get('at')).toBe('3');
  });

  it.each([
    [true, 'a\nb\nc\n', '2'],
    [false, 'a\nc\n', '1'],
  ])('that is unknown waits for %s, also over a restart', async (isDecided, content, at) => {
    const journal = await open(temporaryDirectory());
    await journal.append(bytes('a\n'), { at: '1' });
    const unknown = journal.append(bytes('b\n'), { at: '2' }, () => Promise.reject(new Error('timeout')));
    await expect(unknown).rejects.toMatchObject({ code: 'undecided' });
    await expect(journal.append(bytes('x\n'))).rejects.toMatchObject({ code: 'undecided' });
    const again = await reopened(journal);

    expect([again.undecided, again.positions.get('at')]).toEqual([{ at: '2' }, '1']);
    await again.settle(isDecided);
    expect(again.positions.get('at')).toBe(at);
    await again.append(bytes('c\n'));
    expect(await readAll(openReader(again.options))).toBe(content);
    const last = await reopened(again);
    expect([await readAll(openReader(last.options)), last.undecided]).toEqual([content, undefined]);
  });
});

import { expect, it } from 'vitest';
import { STATEMENTS, textLog } from '../formats/testkit.ts';
import { stderr } from './stderr/stderr.ts';
import { readAll } from './testkit.ts';

const OLD = '%m [%p] ';
const before = textLog('TIME [7] ');
const after = (repeat: number) =>
  Array.from({ length: repeat }, (_, n) =>
    textLog(`TIME [${n + 8}] 10.0.0.5 alice@orders psql `, STATEMENTS, 60 + n),
  ).join('');
const classes = async (log: string, sizes?: readonly number[]) =>
  (await readAll(stderr, log, { logLinePrefix: OLD, ...(sizes && { sizes }) }))
    .filter(({ step }) => step === 'activity')
    .map((r) => [r.class, r.principal, r.address].join(' '));

it('reads on with another prefix when the configuration was reloaded', async () => {
  const read = await classes(before + after(10));

  expect(read.slice(6).filter((text) => text === 'statement alice 10.0.0.5')).toHaveLength(10);
  expect(read.filter((text) => text === 'statementError alice 10.0.0.5')).toHaveLength(10);
  expect(await classes(before + after(10), [100, 7])).toEqual(read);
});

it('tells of the change, once', async () => {
  const reader = stderr.open({ logLinePrefix: OLD, timezone: undefined });
  const bytes = Buffer.from(before + after(10));
  let at = 0;
  const read = (to: Uint8Array, start: number, length: number) => {
    const piece = bytes.subarray(at, at + length);
    to.set(piece, start);
    at += piece.length;
    return piece.length;
  };
  await reader.window.refill(read);
  while (reader.next(false) !== 0) {
    // all of them are read
  }

  expect(reader.takeNotes?.()).toEqual([
    `log_line_prefix changes from '%m [%p] ' to '%m [%p] %h %u@%d %a ' at byte ${Buffer.byteLength(before)}`,
  ]);
  expect(reader.takeNotes?.()).toEqual([]);
});

it('changes back', async () => {
  const read = await classes(before + after(10) + textLog('TIME [99] ', undefined, 600).repeat(3));

  expect(read.filter((text) => text.startsWith('authentication '))).toHaveLength(4);
  expect(read.filter((text) => text === 'statement alice 10.0.0.5')).toHaveLength(10);
});

it('believes no prefix by two lines, as names may hold them', async () => {
  const forged = textLog('TIME [8] 10.0.0.5 alice@orders psql ', STATEMENTS.slice(0, 2), 60);
  const read = await classes(before + forged + before);

  expect(read).toEqual([...(await classes(before)), ...(await classes(before))]);
});

import { appendFileSync, copyFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type MatchingFile, matchingFiles } from './matching-files.ts';
import { createTailFiles, type TailFiles } from './tail-files.ts';
import { savePosition } from './tail-position.ts';
import { temporaryFolder } from './testkit.ts';

/** Files of which the first 100 bytes have been read, and a list of them that is wrong once. */
async function opened(folder: string) {
  const live = join(folder, 'live.csv');
  writeFileSync(live, 'one line of the log\n'.repeat(100));
  let wrong: (() => MatchingFile[]) | undefined;
  const files = createTailFiles(
    () => {
      const list = wrong?.() ?? matchingFiles(`${live}*`);
      wrong = undefined;
      return list;
    },
    [],
    undefined,
  );
  await files.refresh();
  files.next()!.offset = 100;
  const beWrong = (list: () => MatchingFile[]) => {
    wrong = list;
  };
  return { live, files, beWrong };
}

/** Reads all; gives the paths in the order of reading. */
function readInOrder(files: TailFiles): string[] {
  const order: string[] = [];
  for (let file = files.next(); file !== undefined; file = files.next()) {
    order.push(file.path);
    file.offset = file.size;
  }
  return order;
}

it('finds the copy of a truncated file that was made while files were listed', async () => {
  const { live, files, beWrong } = await opened(temporaryFolder());
  copyFileSync(live, `${live}.1`);
  truncateSync(live);
  appendFileSync(live, 'a new line\n');
  beWrong(() => matchingFiles(live));
  await files.refresh();

  expect(files.takeGaps()).toEqual([]);
  expect(files.next()).toMatchObject({ path: `${live}.1`, offset: 100, size: 2000 });
});

it('knows the copy of a truncated file that was seen before anything was in it', async () => {
  const { live, files } = await opened(temporaryFolder());
  writeFileSync(`${live}.1`, '');
  await files.refresh();
  copyFileSync(live, `${live}.1`);
  truncateSync(live);
  await files.refresh();

  expect(files.takeGaps()).toEqual([]);
  expect(files.next()).toMatchObject({ path: `${live}.1`, offset: 100, size: 2000 });
});

it('does not lose a file that was renamed while files were listed', async () => {
  const { live, files, beWrong } = await opened(temporaryFolder());
  renameSync(live, `${live}.1`);
  beWrong(() => []);
  await files.refresh();
  await files.refresh();

  expect(files.takeGaps()).toEqual([]);
  expect(files.next()).toMatchObject({ path: `${live}.1`, offset: 100 });
});

it('reads in their order what was rotated while files were listed', async () => {
  const { live, files, beWrong } = await opened(temporaryFolder());
  renameSync(live, `${live}.2`);
  writeFileSync(`${live}.1`, 'a second line\n');
  writeFileSync(live, 'a third line\n');
  beWrong(() => matchingFiles(live));
  await files.refresh();

  expect(readInOrder(files)).toEqual([`${live}.2`, `${live}.1`, live]);
});

it('reads last what came last, whatever names there were at first', async () => {
  const live = join(temporaryFolder(), 'live.csv');
  writeFileSync(`${live}.1`, 'a first line\n');
  writeFileSync(live, 'a second line\n');
  const files = createTailFiles(() => matchingFiles(`${live}*`), [`${live}.1`, live], undefined);
  await files.refresh();
  renameSync(`${live}.1`, `${live}.3`);
  renameSync(live, `${live}.2`);
  writeFileSync(`${live}.1`, 'a third line\n');
  await files.refresh();

  expect(readInOrder(files)).toEqual([`${live}.3`, `${live}.2`, `${live}.1`]);
});

it('reads at its place what was truncated, has grown and was renamed before a restart', async () => {
  const live = join(temporaryFolder(), 'live.csv');
  writeFileSync(live, 'one line of the log\n'.repeat(100));
  const before = createTailFiles(() => matchingFiles(`${live}*`), [], undefined);
  await before.refresh();
  const file = before.next()!;
  file.offset = file.size;
  const position = savePosition(before.all(), file, file.offset, 0, true);
  truncateSync(live);
  appendFileSync(live, 'a second line\n');
  renameSync(live, `${live}.1`);
  writeFileSync(live, 'a third line\n');
  const files = createTailFiles(() => matchingFiles(`${live}*`), [`${live}.1`, live], position);
  await files.refresh();

  expect(readInOrder(files)).toEqual([`${live}.1`, live]);
});

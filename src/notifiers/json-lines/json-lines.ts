import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { alertLine } from '../alert-line.ts';
import { defineNotifier } from '../notifier.ts';

const MEGABYTE = 1_000_000;
/** Only whom it belongs to may read it: it tells names and addresses. */
const MODE = 0o600;
const NEWLINE = 10;

const settings = z.object({
  path: z.string().min(1).describe('The file; relative to where the server runs, so better absolute.'),
  format: z
    .enum(['azure', 'ocsf', 'ecs', 'cef', 'export'])
    .default('azure')
    .describe(
      'What a line holds: Azure’s resource, OCSF, the Elastic Common Schema, CEF, or Azure’s continuous export.',
    ),
  maxMegabytes: z
    .int()
    .min(0)
    .default(100)
    .describe('A file that would grow beyond is renamed to `PATH.1`, and a new one begun. 0: others rotate it.'),
  keep: z.int().min(1).max(100).default(5).describe('Renamed files that are kept.'),
});

/** Writes each alert as a line of a file that others collect. */
export const jsonLines = defineNotifier({
  id: 'json-lines',
  title: 'File of lines',
  settings,

  open({ path, format, maxMegabytes, keep }, { version }) {
    return {
      batch: 500,
      async deliver(notices) {
        const lines = notices.map((notice) => `${alertLine(notice, format, version)}\n`).join('');
        await append(path, Buffer.from(lines), { maxBytes: maxMegabytes * MEGABYTE, keep });
      },
      close: async () => {},
    };
  },
});

/**
 * Adds whole lines, and answers when they are on disk. The file is opened anew each time, so that whoever renames it
 * finds nothing written behind their back. What could not be written whole is taken back.
 */
async function append(path: string, lines: Buffer, { maxBytes, keep }: { maxBytes: number; keep: number }) {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  let file = await openFile(path);
  let { size } = await file.stat();
  if (maxBytes > 0 && size > 0 && size + lines.length > maxBytes) {
    await file.close();
    await rotate(path, keep);
    file = await openFile(path);
    ({ size } = await file.stat());
  }
  try {
    const begin = await endsWithinLine(file, size);
    await file.appendFile(begin ? Buffer.concat([Buffer.from('\n'), lines]) : lines);
    await file.sync();
  } catch (error) {
    await file.truncate(size).catch(() => undefined);
    throw error;
  } finally {
    await file.close();
  }
}

/** A link that somebody put in its place is not followed. */
function openFile(path: string): Promise<FileHandle> {
  return open(path, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW, MODE);
}

/** A crash may have cut the last line. */
async function endsWithinLine(file: FileHandle, size: number): Promise<boolean> {
  if (size === 0) {
    return false;
  }
  const { buffer } = await file.read({ buffer: Buffer.alloc(1), position: size - 1, length: 1 });
  return buffer[0] !== NEWLINE;
}

async function rotate(path: string, keep: number): Promise<void> {
  await rm(`${path}.${keep}`, { force: true });
  for (let n = keep - 1; n >= 1; n--) {
    await rename(`${path}.${n}`, `${path}.${n + 1}`).catch(ignoreMissing);
  }
  await rename(path, `${path}.1`);
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') {
    throw error;
  }
}

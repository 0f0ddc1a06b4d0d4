import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** Where generated files live; ignored by git and safe to delete. */
export const OUT_DIR = join(import.meta.dirname, 'out');

/** Characters that are gathered before they are written. */
const WRITE_CHARS = 1 << 20;

export interface GeneratedFile {
  path: string;
  records: number;
  bytes: number;
}

/** Takes text in any pieces. */
export type Write = (text: string) => void;

/**
 * Returns the file, generating it only if it is absent or was made from other parameters.
 * What it was made from stands beside it in `<name>.made-from.json`.
 */
export function ensureGenerated(
  name: string,
  records: number,
  parameters: Readonly<Record<string, unknown>>,
  generate: (write: Write) => void,
): GeneratedFile {
  const path = join(OUT_DIR, name);
  const stamp = `${path}.made-from.json`;
  const wanted = JSON.stringify({ records, ...parameters });
  if (!(existsSync(path) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted)) {
    mkdirSync(dirname(path), { recursive: true });
    const started = performance.now();
    writeAll(`${path}.part`, generate);
    renameSync(`${path}.part`, path);
    writeFileSync(stamp, wanted);
    const seconds = (performance.now() - started) / 1000;
    process.stderr.write(`generated ${name}: ${records} records in ${seconds.toFixed(1)} s\n`);
  }
  return { path, records, bytes: statSync(path).size };
}

function writeAll(path: string, generate: (write: Write) => void): void {
  const descriptor = openSync(path, 'w');
  let pending = '';
  function flush(): void {
    const bytes = Buffer.from(pending);
    for (let offset = 0; offset < bytes.length; ) {
      offset += writeSync(descriptor, bytes, offset);
    }
    pending = '';
  }
  generate((text) => {
    pending += text;
    if (pending.length >= WRITE_CHARS) {
      flush();
    }
  });
  flush();
  closeSync(descriptor);
}

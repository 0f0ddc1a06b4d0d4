import { readFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';
import { UserError } from '../lib/user-error.ts';

/** Reasons that a person can mend, by the code of the operating system. */
const REASONS: Record<string, string> = {
  ENOENT: 'does not exist; give the path of a configuration file',
  EISDIR: 'is a directory; name the file in it',
  EACCES: 'may not be read (permission denied); run as a user who may read it',
};

/** The configuration file as plain data, not yet validated. `path` is shown as the user gave it. */
export async function readDocument(path: string): Promise<unknown> {
  const document = parseDocument(await readText(path), { prettyErrors: true });
  const [problem] = [...document.errors, ...document.warnings];
  if (problem) {
    // The first line of a pretty message tells what and where; a drawing of the place follows.
    const sentence = problem.message.split('\n', 1)[0].replace(/:$/, '');
    throw new UserError(`${path} is not valid YAML: ${sentence}`);
  }
  const value = plainData(path, () => document.toJS());
  if (value === null || value === undefined) {
    throw new UserError(`${path} is empty; name at least one resource in it`);
  }
  return value;
}

async function readText(path: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new UserError(`${path} ${REASONS[code] ?? `cannot be read (${code}); check the path`}`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UserError(`${path} is not UTF-8 text; save it as UTF-8`);
  }
}

/** Aliases are only followed here: an unknown one, or too many (100 by the library's default), is an error of the file. */
function plainData(path: string, read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    throw new UserError(`${path} is not valid YAML: ${(error as Error).message}`);
  }
}

import { type JsonObject, parsedObject } from './json-object.ts';
import { createObjectStage } from './object-stage.ts';
import { type Emit, NEWLINE, type Stage } from './stage.ts';

const LINE_END = Buffer.from('\n');
/** What stands behind an object is looked at so far. */
const BEHIND_BYTES = 64;

/**
 * Whether a record of jsonlog does not have a line of its own, as the server gives it: programs that work on JSON write lists,
 * several objects on a line, or one on several.
 *
 * @param behind the text behind it
 */
export function isLooseRecord(object: JsonObject, bytes: Buffer, behind: Buffer): boolean {
  const [rest] = behind.toString('latin1', 0, BEHIND_BYTES).split('\n', 1);
  return typeof object.error_severity === 'string' && (bytes.includes(NEWLINE) || rest!.trim() !== '');
}

/** Gives each object on a line of its own. What is none, or torn, is given as it is. */
export function createObjectLineStage(emit: Emit): Stage {
  const give = (text: Buffer, offset: number) => emit(Buffer.concat([text, LINE_END]), offset);
  return createObjectStage({
    onObject(text, offset) {
      const object = parsedObject(text.toString());
      give(object === undefined ? Buffer.from(text) : Buffer.from(JSON.stringify(object)), offset);
    },
    onTorn: (beginning, offset) => give(Buffer.from(beginning), offset),
  });
}

import { parseCutJson } from '../lib/json-cut.ts';
import type { CarriedLine, LineFinder } from './carried-lines.ts';
import { isObject, type JsonObject, parsedObject } from './json-object.ts';
import { containerHeader, looksLogged, tellsTime } from './logged-text.ts';
import { createObjectStage } from './object-stage.ts';
import { createKeepingStage, type Emit, MAX_LINE_BYTES, NEWLINE, type Stage } from './stage.ts';

export interface JsonTexts {
  /** May know already by what member they are carried. */
  finder: LineFinder;
  /** Longer objects are torn. */
  maxBytes: number;
}

/** Docker cuts a line into pieces of this size, of which only the last ends with a newline. */
const PIECE_BYTES = 16_384;
const LINE_END = Buffer.from('\n');
/** Lines among which one of the server's is looked for. */
const MAX_LOOKED = 1000;
/** `[12-1] `: which line of a session it is, and which part of that, as syslog counts them. */
const PART_NUMBER = /^\[\d+-\d+\] /;

/** What is given of an object that is too long: enough to be seen among the rejected. */
const SHOWN_BYTES = 1024;

/** What there is of an answer that breaks off, up to the end of an entry. Undefined where it is none. */
export function partOfAnswer(beginning: Buffer): JsonObject | undefined {
  const end = Math.max(beginning.lastIndexOf('}'), beginning.lastIndexOf(']'));
  const part = end < 0 ? undefined : parseCutJson(beginning.toString('utf8', 0, end + 1));
  return isObject(part) ? part : undefined;
}

/** Gives the lines that objects of JSON carry. What carries none is given as it is. */
export function createJsonTextStage(emit: Emit, { finder, maxBytes }: JsonTexts): Stage {
  const withTime = createTimeWriter();
  /** Beginning of a line that Docker has cut. */
  let begun: Buffer[] = [];
  let begunBytes = 0;
  let begunOffset = 0;

  function give(text: Buffer, offset: number): void {
    begunOffset = begun.length === 0 ? offset : begunOffset;
    begun.push(text);
    begunBytes += text.length;
    if (text.at(-1) === NEWLINE || text.length !== PIECE_BYTES || begunBytes >= MAX_LINE_BYTES) {
      end();
    }
  }

  function end(): void {
    if (begun.length > 0) {
      const isEnded = begun.at(-1)!.at(-1) === NEWLINE;
      emit(Buffer.concat(isEnded ? begun : [...begun, LINE_END]), begunOffset);
      begun = [];
      begunBytes = 0;
    }
  }

  function giveLines(lines: readonly CarriedLine[], offset: number): void {
    for (const line of lines) {
      give(Buffer.from(withTime(line.text, line.time)), offset);
    }
  }

  const objects = createObjectStage({
    maxBytes,
    onObject(text, offset) {
      const object = parsedObject(text.toString());
      const lines = object === undefined ? [] : finder.linesOf(object);
      if (lines.length === 0) {
        give(Buffer.from(text), offset);
      }
      giveLines(lines, offset);
    },
    onTorn(beginning, offset) {
      const part = partOfAnswer(beginning);
      const lines = part === undefined ? [] : finder.linesOf(part);
      if (lines.length > 1) {
        giveLines(lines, offset);
      } else {
        give(Buffer.from(beginning.subarray(0, SHOWN_BYTES)), offset);
      }
    },
  });

  return createKeepingStage(objects, end, () => (begun.length > 0 ? begunOffset : undefined));
}

/**
 * Puts the time of receipt in front of lines whose prefix has none, as the log of a container has it: the first line that
 * looks like a server's tells.
 */
function createTimeWriter(): (line: string, time: () => number | undefined) => string {
  let isNeeded: boolean | undefined;
  let looked = 0;
  return (line, time) => {
    if (isNeeded === undefined && looked++ < MAX_LOOKED) {
      isNeeded = looksLogged(line) ? !line.startsWith('{') && !tellsTime(line) : undefined;
    }
    const ms = isNeeded === true ? time() : undefined;
    if (ms === undefined) {
      return line;
    }
    const head = containerHeader(ms);
    return head + line.replace(PART_NUMBER, '').replace(/\n(?!$)/g, `\n${head}`);
  };
}

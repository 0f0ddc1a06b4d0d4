import { recordOfAuditObject } from './audit-file.ts';
import { recordOfDocument } from './elastic-document.ts';
import { isObject, type JsonObject, parsedObject } from './json-object.ts';
import { isRecord, lineAt, namedLine, type Path, pathOfLine } from './line-members.ts';
import { withPlainBody } from './otlp-values.ts';
import { unpackedText } from './packed-text.ts';
import { partedLine } from './parted-line.ts';
import { msOf, receivedTime } from './received-time.ts';
import { recordOfColumns } from './recorded-columns.ts';

/** A line of a log, and what its envelope says of it. */
export interface CarriedLine {
  text: string;
  /** When it was received, epoch milliseconds; undefined where nothing tells. */
  time: () => number | undefined;
}

/** Deeper is nothing that carries lines. */
const MAX_DEPTH = 16;
/** After so many objects with nothing that looks like a server's line, a member that is called as one is not doubted. */
const MAX_MISSES = 100;

/**
 * Finds the lines that objects of JSON carry: an object's own, or those of the entries in its lists, however it calls them.
 * The member that holds what looks like a line is remembered: it holds the others, too, such as those that go on with an
 * entry.
 */
export interface LineFinder {
  /** In order of time where there are several; empty: it carries none. */
  linesOf(object: JsonObject): readonly CarriedLine[];
}

export function createLineFinder(): LineFinder {
  let ownPath: Path | undefined;
  let entryPath: Path | undefined;
  let misses = 0;
  let isPacked = false;
  /** A line was met that collectors have taken apart, and no other program's can be. */
  let areParted = false;

  function linesOf(object: JsonObject): readonly CarriedLine[] {
    const told = lineAt(object, ownPath) ?? (misses < MAX_MISSES ? undefined : namedLine(object));
    const text =
      told ??
      recordOfColumns(object) ??
      searchedOwn(object) ??
      recordOfDocument(object) ??
      recordOfAuditObject(object) ??
      parted(object);
    if (text !== undefined) {
      return [carried(text, object)];
    }
    return linesOfPacked(object) ?? entriesOrNamed(object);
  }

  function parted(object: JsonObject): string | undefined {
    const line = partedLine(object);
    areParted ||= line?.isCertain === true;
    return areParted ? line?.record : undefined;
  }

  function searchedOwn(object: JsonObject): string | undefined {
    const path = pathOfLine(object);
    ownPath = path ?? ownPath;
    return lineAt(object, path);
  }

  /** What is packed are entries, or one record that is no envelope itself. What is packed within it stays so. */
  function linesOfPacked(object: JsonObject): readonly CarriedLine[] | undefined {
    const unpacked = isPacked ? undefined : unpackedText(object);
    if (unpacked === undefined) {
      return undefined;
    }
    const inner = parsedObject(unpacked);
    isPacked = true;
    const lines = inner === undefined || isRecord(inner) ? [] : entriesOrNamed(inner);
    isPacked = false;
    return lines.length > 0 ? lines : [carried(unpacked.replaceAll('\n', ' '), object)];
  }

  function entriesOrNamed(object: JsonObject): readonly CarriedLine[] {
    const before = entryPath;
    let entries = entriesIn(object);
    if (entryPath !== before) {
      entries = entriesIn(object);
    }
    const named = entries.length > 0 ? undefined : namedLine(object);
    misses += named === undefined ? 0 : 1;
    return named === undefined ? inOrderOfTime(entries) : [carried(named, object)];
  }

  function entriesIn(object: JsonObject): CarriedLine[] {
    const found: CarriedLine[] = [];
    visit(object, 0, found);
    return found;
  }

  function visit(value: unknown, depth: number, found: CarriedLine[]): void {
    if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) {
      return;
    }
    if (!Array.isArray(value)) {
      for (const inner of Object.values(value)) {
        visit(inner, depth + 1, found);
      }
      return;
    }
    const [time, text] = value;
    if (typeof text === 'string' && msOf(time) !== undefined) {
      found.push({ text, time: () => msOf(time) });
      return;
    }
    const isText = value.some((entry) => typeof entry === 'string' && pathOfLine({ entry }) !== undefined);
    const fields = fieldsOf(value);
    for (const entry of fields === undefined ? value : [fields]) {
      if (typeof entry === 'string' && isText) {
        found.push({ text: entry, time: () => undefined });
      } else if (isObject(entry)) {
        takeEntry(entry, depth, found);
      } else {
        visit(entry, depth + 1, found);
      }
    }
  }

  function takeEntry(given: JsonObject, depth: number, found: CarriedLine[]): void {
    const entry = withPlainBody(given);
    if (isRecord(entry)) {
      return;
    }
    const body = isObject(entry.body) && isRecord(entry.body) ? JSON.stringify(entry.body) : undefined;
    const text =
      body ??
      lineAt(entry, entryPath) ??
      recordOfColumns(entry) ??
      searchedEntry(entry) ??
      recordOfDocument(entry) ??
      recordOfAuditObject(entry) ??
      parted(entry);
    if (text !== undefined) {
      found.push(carried(text, entry));
      return;
    }
    const before = found.length;
    for (const line of linesOfPacked(entry) ?? []) {
      found.push(line);
    }
    visit(entry, depth + 1, found);
    const named = found.length > before || entryPath !== undefined ? undefined : namedLine(entry);
    if (named !== undefined) {
      found.push(carried(named, entry));
    }
  }

  function searchedEntry(entry: JsonObject): string | undefined {
    const path = pathOfLine(entry);
    entryPath = path ?? entryPath;
    return lineAt(entry, path);
  }

  return { linesOf };
}

function carried(text: string, object: JsonObject): CarriedLine {
  return { text, time: () => receivedTime(object) };
}

/** `[{"field": "@message", "value": …}, …]`, as queries of CloudWatch Logs Insights are answered, as one object. */
function fieldsOf(list: readonly unknown[]): JsonObject | undefined {
  const pairs = list.flatMap((cell) =>
    isObject(cell) && typeof cell.field === 'string' && 'value' in cell ? [[cell.field, cell.value] as const] : [],
  );
  return list.length > 0 && pairs.length === list.length ? Object.fromEntries(pairs) : undefined;
}

/** Answers often have the newest entry first, and one list for each of several sources. */
function inOrderOfTime(lines: readonly CarriedLine[]): readonly CarriedLine[] {
  const timed = lines.map((line) => ({ line, time: line.time() }));
  if (timed.some(({ time }) => time === undefined)) {
    return lines;
  }
  const steps = timed.slice(1).map(({ time }, i) => time! - timed[i]!.time!);
  const falls = steps.filter((step) => step < 0).length;
  const rises = steps.filter((step) => step > 0).length;
  const ordered = falls > rises ? timed.reverse() : timed;
  return ordered.sort((a, b) => a.time! - b.time!).map(({ line }) => line);
}

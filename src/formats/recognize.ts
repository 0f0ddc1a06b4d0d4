import { readText } from '../envelopes/read-text.ts';
import type { Engine } from '../model/resource.ts';
import type { Parser, ReaderOptions } from '../parsers/parser.ts';
import { guessPrefix } from '../postgres/guess-prefix.ts';
import type { FileStart } from './file-start.ts';
import { prefixedTexts } from './prefixed-texts.ts';
import { readSample, type Sample } from './read-sample.ts';

/** Below this part of understood bytes a format is taken for a chance. */
const MIN_SHARE = 0.2;
/** A format that finds activities in so much is believed before one that passes over all. */
const ACTIVE_SHARE = 0.5;
/** One that fewer lines with a severity have is made of what they hold by chance. */
const LIKELY_SHARE = 0.1;
/** A prefix that so many lines have is the only one. */
const SURE_SHARE = 0.9;
/** Lines that tell with which prefix a log begins. */
const FIRST_LINES = 20;
/** Formats that understand nearly as much are told apart by what they make of it. */
export const NEARLY = 0.05;

/** How a file is to be read. */
export interface Recognition {
  parser: Parser;
  /** Absent: the format has no prefix, or its own default fits. */
  logLinePrefix?: string;
  sample: Sample;
}

export interface RecognitionRequest {
  parsers: readonly Parser[];
  timezone?: string | undefined;
  /** Given by the operator: then no other is tried. */
  logLinePrefix?: string | undefined;
}

/**
 * The formats that a log can be in.
 *
 * @param format named by the operator; undefined: any
 * @param engine kind of the resource whose log it is; undefined: shared input, whose records name their resources
 */
export function fitting(parsers: readonly Parser[], format: string | undefined, engine: Engine | undefined): Parser[] {
  return parsers.filter(
    ({ id, engines, namesResources }) =>
      (format === undefined || id === format) &&
      (engine === undefined ? namesResources === true : engines.includes(engine)),
  );
}

/** The format that understands most of the beginning of a file; undefined where none does. */
export async function recognize(start: FileStart, request: RecognitionRequest): Promise<Recognition | undefined> {
  const { parsers, timezone } = request;
  const guesses = request.logLinePrefix === undefined ? await guessesFor(parsers, start) : [];
  const found: Recognition[] = [];
  for (const parser of parsers) {
    const tried: Recognition[] = [];
    for (const logLinePrefix of prefixesOf(parser, request.logLinePrefix, guesses)) {
      tried.push(await tryOut(parser, { timezone, logLinePrefix }, start));
    }
    found.push(mostUnderstood(tried).sort(byPrefix)[0]!);
  }
  const active = found.filter(({ sample }) => sample.judged > 0 && sample.share >= ACTIVE_SHARE);
  const likely = mostUnderstood(active.length > 0 ? active : found);
  return likely.filter(({ sample }) => sample.share >= MIN_SHARE).sort(byUse)[0];
}

/** Those that understand nearly as much as any of them. */
function mostUnderstood(found: readonly Recognition[]): Recognition[] {
  const best = Math.max(0, ...found.map(({ sample }) => sample.share));
  return found.filter(({ sample }) => sample.share >= best - NEARLY);
}

/** Reads the beginning of a file with one format. A zone that is not known must not hide what else is right. */
export async function tryOut(
  parser: Parser,
  { timezone, logLinePrefix }: ReaderOptions,
  start: FileStart,
): Promise<Recognition> {
  const prefix = logLinePrefix === undefined ? {} : { logLinePrefix };
  const sample = await readSample(parser, { timezone, ...prefix }, start);
  const { unknownZone } = sample;
  return unknownZone === undefined
    ? { parser, ...prefix, sample }
    : {
        parser,
        ...prefix,
        sample: { ...(await readSample(parser, { timezone: 'UTC', ...prefix }, start)), unknownZone },
      };
}

/** The prefix of most lines, and, where it is not that of nearly all, the one that the first lines have: it may change. */
async function guessesFor(parsers: readonly Parser[], { bytes }: FileStart): Promise<string[]> {
  if (parsers.every(({ defaultPrefix }) => defaultPrefix === undefined)) {
    return [];
  }
  const log = (await readText(bytes, 'text')).toString();
  const most = guessPrefix(prefixedTexts(log));
  const first = most === undefined || most.share > SURE_SHARE ? undefined : guessPrefix(firstOf(prefixedTexts(log)));
  return [most, first].flatMap((guess) => (guess !== undefined && guess.share > LIKELY_SHARE ? [guess.prefix] : []));
}

function* firstOf(texts: Iterable<string>): Iterable<string> {
  let count = 0;
  for (const text of texts) {
    if (++count > FIRST_LINES) {
      return;
    }
    yield text;
  }
}

/** The prefixes to try: undefined is the format's own. */
function prefixesOf(
  { defaultPrefix }: Parser,
  given: string | undefined,
  guesses: readonly string[],
): (string | undefined)[] {
  if (defaultPrefix === undefined) {
    return [undefined];
  }
  return given === undefined ? [undefined, ...new Set(guesses.filter((guess) => guess !== defaultPrefix))] : [given];
}

/** More activities; of the same, the prefix that was found in the lines tells more than a default that happens to fit. */
function byPrefix(a: Recognition, b: Recognition): number {
  return b.sample.judged - a.sample.judged || isGuessed(b) - isGuessed(a) || b.sample.share - a.sample.share;
}

/** More activities; then a format that needs no guess; of a quiet log, a server's format before a companion's. */
function byUse(a: Recognition, b: Recognition): number {
  const hasPrefix = ({ parser }: Recognition) => (parser.defaultPrefix === undefined ? 0 : 1);
  const isQuiet = a.sample.judged === 0 && b.sample.judged === 0;
  return (
    b.sample.judged - a.sample.judged ||
    (isQuiet ? hasPrefix(b) - hasPrefix(a) : 0) ||
    isGuessed(a) - isGuessed(b) ||
    hasPrefix(b) - hasPrefix(a) ||
    b.sample.share - a.sample.share
  );
}

function isGuessed({ logLinePrefix }: Recognition): number {
  return logLinePrefix === undefined ? 0 : 1;
}

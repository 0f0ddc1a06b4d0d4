import { inferPrefixes } from './infer-prefix.ts';
import { createPrefixReader } from './log-line-prefix.ts';
import type { PrefixFields } from './log-line-prefix-fields.ts';
import { type PrefixedLine, prefixedLine, type Told } from './prefix-evidence.ts';
import { createSeverityMark, readSeverity } from './severity.ts';

/** Lines that are looked at, and those that show which prefixes are worth a closer look. */
const MAX_LINES = 600;
const FIRST_LINES = 60;
/** A prefix that fits so much fewer of the first lines than another is passed over. */
const FAR_FEWER = 0.2;
/** Bytes behind the text that words may be read from. */
const PADDING = 8;
/** Of two prefixes that fit nearly as many lines, the one that tells more is the right one. */
const NEARLY = 0.02;
/** What a prefix without a time is worth beside one with a time. */
const WITHOUT_TIME = 0.6;

/** Prefixes that are in wide use: PostgreSQL's own, distributions', services', and those that tools ask for. */
export const KNOWN_PREFIXES: readonly string[] = [
  '%m [%p] ',
  '%m [%p] %q%u@%d ',
  '%t [%p]: [%l-1] user=%u,db=%d ',
  '%t [%p]: user=%u,db=%d,app=%a,client=%h ',
  '%t [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h ',
  '%m [%p]: [%l-1] db=%d,user=%u ',
  '%m [%p]: [%l-1] db=%d,user=%u,host=%h ',
  '%t:%r:%u@%d:[%p]:',
  '%m:%r:%u@%d:[%p]:',
  '%t-%c-',
  '%t:%r:%u@%d:[%p]:%a:%e',
  '%m [%p] %q[user=%u,db=%d,app=%a] ',
  '%m [%p] %q[user=%u,db=%d,app=%a,host=%h] ',
  'pid=%p,user=%u,db=%d,app=%a,client=%h ',
  'user=%u,db=%d,app=%a,client=%h ',
  'user=%u,db=%d ',
  '%t [%p]: [%l-1] %c %x %d %u %a %h ',
  '%m [%p] %q%u@%d %r %a ',
  '%m %c %l %u %d %e %h ',
  '%t %u@%d %r [%p] ',
  ' sql_error_code = %e ',
  ' sql_error_code = %e time_ms = "%m" pid="%p" proc_start_time="%s" session_id="%c" vtid="%v" tid="%x" log_line="%l" database="%d" connection_source="%r" user="%u" application_name="%a" ',
  '%t ',
  '%m ',
  '',
];

/** A name with nothing between it and the field before it: nobody writes such a prefix. */
const GLUED = /%[^q%]%[udarh]/;

export interface PrefixGuess {
  prefix: string;
  /** Part of the lines with a severity that begin so, 0 to 1. */
  share: number;
}

/** Lines put into memory as a reader wants them. */
interface Sample {
  bytes: Uint8Array;
  words: DataView;
  lines: readonly (PrefixedLine & { start: number; end: number })[];
}

/** How well a prefix fits. */
interface Fit extends PrefixGuess {
  /** The share, less where no time is told: few formats can do without. */
  worth: number;
  /** Fields that tell what the messages say, less those that tell something else. */
  agreement: number;
  /** Different fields that are told by some line. */
  told: number;
}

/**
 * The `log_line_prefix` that lines were written with: of those in wide use and of those that the lines themselves
 * suggest, the one that fits best. Undefined where no line has a severity, or nothing fits.
 */
export function guessPrefix(texts: Iterable<string>): PrefixGuess | undefined {
  const lines: PrefixedLine[] = [];
  for (const text of texts) {
    const line = prefixedLine(text);
    if (line !== undefined && lines.push(line) === MAX_LINES) {
      break;
    }
  }
  const known = KNOWN_PREFIXES.map(asWritten(lines));
  const candidates = [...new Set([...known, ...inferPrefixes(lines).filter((prefix) => !GLUED.test(prefix))])];
  const first = sampleOf(lines.slice(0, FIRST_LINES));
  const worths = candidates.map((prefix) => fitOf(prefix, first).worth);
  const likely = candidates.filter((_, i) => worths[i]! >= Math.max(...worths) - FAR_FEWER);
  const sample = sampleOf(lines);
  const guess = choose(
    likely.map((prefix) => fitOf(prefix, sample)),
    new Set(known),
  );
  return guess && { prefix: guess.prefix, share: guess.share };
}

/**
 * The one that fits: nearly all lines that any fits, with names that nearly all messages agree with. Of several one that
 * is in wide use; then what tells most; then what fits most lines; then the shortest.
 */
function choose(fits: readonly Fit[], known: ReadonlySet<string>): Fit | undefined {
  const best = Math.max(...fits.map(({ worth }) => worth));
  const fitting = fits.filter(({ worth }) => worth > 0 && worth >= best - NEARLY);
  const agreement = Math.max(...fitting.map((fit) => fit.agreement));
  const agreeing = fitting.filter((fit) => fit.agreement >= agreement - NEARLY * Math.abs(agreement));
  const isKnown = ({ prefix }: Fit) => (known.has(prefix) ? 1 : 0);
  return agreeing.sort(
    (a, b) => isKnown(b) - isKnown(a) || b.told - a.told || b.share - a.share || a.prefix.length - b.prefix.length,
  )[0];
}

/** Two escapes for a time are read alike, and two for a host: those are taken that lines were written with. */
function asWritten(lines: readonly PrefixedLine[]): (prefix: string) => string {
  const hasMilliseconds = lines.some(({ head }) => /:\d\d\.\d{3} /.test(head));
  const hasPorts = lines.some(({ head }) => /[\w:]\(\d{1,5}\)/.test(head));
  const hasHosts = lines.some(({ head }) => /\d(?:\.\d{1,3}){3}(?![\d.(])/.test(head));
  return (prefix) => {
    const timed = hasMilliseconds ? prefix.replace('%t', '%m') : prefix.replace('%m', '%t');
    return hasHosts && !hasPorts ? timed.replace('%r', '%h') : timed;
  };
}

function sampleOf(lines: readonly PrefixedLine[]): Sample {
  const texts = lines.map(({ head, rest }) => Buffer.from(head + rest));
  const bytes = new Uint8Array(texts.reduce((sum, { length }) => sum + length + 1, PADDING));
  let at = 0;
  const placed = lines.map((line, i) => {
    const start = at;
    bytes.set(texts[i]!, start);
    at += texts[i]!.length + 1;
    return { ...line, start, end: at - 1 };
  });
  return { bytes, words: new DataView(bytes.buffer), lines: placed };
}

function fitOf(prefix: string, sample: Sample): Fit {
  const reader = createPrefixReader(prefix, 'UTC');
  const mark = createSeverityMark();
  const told = new Set<string>();
  let matched = 0;
  let agreement = 0;
  for (const { start, end, told: facts } of sample.lines) {
    const at = reader.read(sample, start, end);
    if (at < 0 || readSeverity(sample.words, at, end, mark) < 0) {
      continue;
    }
    const names = namesIn(reader.fields, sample.bytes);
    if (!holdsOtherFields(names)) {
      matched++;
      agreement += agreementOf(names, facts);
      noteTold(reader.fields, told);
    }
  }
  const share = matched / Math.max(1, sample.lines.length);
  const worth = told.has('time') ? share : share * WITHOUT_TIME;
  return { prefix, share, worth, agreement, told: told.size };
}

/** What separates fields, and how hardly any name begins or ends. */
const ODD = /[,=|;()<>[\] ]|^-|-$/;

type Names = Record<'user' | 'database' | 'host' | 'application', string>;

function namesIn({ principal, database, address, application }: PrefixFields, bytes: Uint8Array): Names {
  const text = ({ start, end }: { start: number; end: number }) => Buffer.from(bytes.subarray(start, end)).toString();
  return { user: text(principal), database: text(database), host: text(address), application: text(application) };
}

/** A name may hold anything, but what separates fields is hardly ever in one. */
function holdsOtherFields({ user, database, host, application }: Names): boolean {
  return (
    [user, database].some((name) => name.includes(':') || ODD.test(name)) ||
    ODD.test(host) ||
    /[,=|;[\]]/.test(application)
  );
}

/** Names that are what the message says, less those that are something else. */
function agreementOf(names: Names, told: Told): number {
  const compared = (['user', 'database', 'host'] as const).filter(
    (key) => told[key] !== undefined && names[key] !== '',
  );
  return compared.reduce((sum, key) => sum + (told[key] === names[key] ? 1 : -3), 0);
}

function noteTold(fields: PrefixFields, told: Set<string>): void {
  for (const key of ['principal', 'database', 'address', 'application'] as const) {
    told.add(fields[key].start === fields[key].end ? 'nothing' : key);
  }
  for (const key of ['pid', 'sessionHigh', 'lineNumber'] as const) {
    told.add(fields[key] === 0 ? 'nothing' : key);
  }
  told.add(fields.state < 0 ? 'nothing' : 'state');
  told.add(Number.isNaN(fields.time) ? 'nothing' : 'time');
}

import { LANGUAGES } from '../postgres/languages/index.ts';
import { SEVERITY_WORDS } from '../postgres/severity.ts';
import { anyOf } from './server-language.ts';

/** Looked at of a text: prefixes hold names of 63 bytes. */
const LOOKED_CHARS = 2048;
/** The time of a line stands in front of what clients choose. */
const TIME_CHARS = 200;

/** In front of a text with its colon and two spaces, in any language, and in a column of csvlog. */
interface Severities {
  word: RegExp;
  column: RegExp;
}

let severities: Severities | undefined;

function allSeverities(): Severities {
  const words = anyOf(new Set([...SEVERITY_WORDS, ...LANGUAGES.flatMap((language) => Object.keys(language.words))]));
  return {
    word: new RegExp(`(?<=(?<!\\p{L})(?:${words})): {2}`, 'u'),
    column: new RegExp(`,(?:${words}),[0-9A-Z]{5},`),
  };
}

/** A pooler writes it behind its process. */
const POOLER = /\[\d{1,10}\] (?:LOG|WARNING|ERROR|FATAL) /;

/** Whether a text looks like a line of a server's or a pooler's log, whatever its prefix; csvlog and jsonlog, too. */
export function looksLogged(text: string): boolean {
  severities ??= allSeverities();
  const head = text.slice(0, LOOKED_CHARS);
  return (
    severities.word.test(head) || severities.column.test(head) || head.includes('"error_severity"') || POOLER.test(head)
  );
}

/** As `%m`, `%t` and `%n` write it, and syslog. */
const TIME = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d|\b\d{10}\.\d{3}\b|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d/;

/** Whether a line says in front of its severity when it was written. */
export function tellsTime(line: string): boolean {
  const head = line.slice(0, TIME_CHARS);
  const colon = head.indexOf(':  ');
  return TIME.test(colon < 0 ? head : head.slice(0, colon));
}

/** What a container runtime would put in front of a line that it received then, epoch milliseconds. */
export function containerHeader(ms: number): string {
  return `${new Date(ms).toISOString()} stderr F `;
}

const CLOCK = /(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:[.,]\d{1,3})?)/;
const SECONDS = /(?<!\d)\d{10}\.\d{3}(?!\d)/;

/** The time that a line tells, epoch milliseconds as though in UTC; to compare lines of one log. Undefined: it tells none. */
export function clockOf(line: string): number | undefined {
  const head = line.slice(0, TIME_CHARS);
  const [, date, time] = CLOCK.exec(head) ?? [];
  const seconds = date === undefined ? SECONDS.exec(head)?.[0] : undefined;
  const clock =
    seconds === undefined ? Date.parse(`${date}T${(time ?? '').replace(',', '.')}Z`) : Number(seconds) * 1000;
  return Number.isNaN(clock) ? undefined : clock;
}

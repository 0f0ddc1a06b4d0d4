import type { LineHeader } from './headed-lines.ts';

/**
 * Times that no log_line_prefix writes: ISO 8601 with `T`, those of syslog and journald, epochs finer or longer than `%n`; those
 * of daemontools and runit (TAI64N) and s6, with more digits behind the second than `%m` has.
 */
const FOREIGN_TIME = `(?:${[
  '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d[.,\\d]*(?:Z|[+-]\\d\\d:?\\d\\d)?',
  '[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?',
  '[A-Z][a-z]{2} \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d',
  '@4[\\da-f]{23}',
  '\\d{4}-\\d\\d-\\d\\d[ _]\\d\\d:\\d\\d:\\d\\d[.,]\\d{5,9}',
  '\\d{10}\\.\\d{6,9}',
  '\\d{13}(?:\\d{3}|\\d{6})?',
].join('|')})(?![\\d.])`;
/** What `%m` and `%t` write. */
const SERVER_TIME = '\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d';
/** The header, up to the word in which the server's time stands; it holds no object of JSON. */
const HEADED = new RegExp(
  `^((?:(?!\\{").){0,80}?(?<![\\w.])${FOREIGN_TIME}(?:(?!\\{").){0,200}?\\s)(?=\\S{0,40}?${SERVER_TIME})`,
);
/** Of syslog, which tells processes apart by it: no receipt's. */
const SYSLOG = /^<\d|^1 \d{4}-|[\w\]]: |\[\d+-\d+\] /;
const SPECIAL = /[.*+?^${}()|[\]\\]/g;

/**
 * The header of lines that something received and passed on, whatever stands in it beside a time: name of a container, region,
 * level. Lines that go on with an entry have it, too, and tell no time of the server's: its words are counted. Undefined: not
 * most lines have one.
 *
 * @param lines the first ones
 */
export function receiptHeader(lines: readonly string[]): LineHeader | undefined {
  const headers = lines.flatMap((line) => HEADED.exec(line)?.[1] ?? []).filter((header) => !SYSLOG.test(header));
  const shapes = new Map<string, number>();
  for (const header of headers) {
    const shape = shapeOf(header);
    shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
  }
  const [shape] = [...shapes].sort((a, b) => b[1] - a[1])[0] ?? [];
  return shape === undefined
    ? undefined
    : { name: 'lines that begin with the time of their receipt', pattern: new RegExp(shape) };
}

/** As many words as a header has; its time, and the marks around words, as they are. */
function shapeOf(header: string): string {
  const time = new RegExp(`(?<![\\w.])${FOREIGN_TIME}`).exec(header)!;
  const around = [header.slice(0, time.index), header.slice(time.index + time[0].length)].map((text) =>
    text.replace(/\S+|\s+/g, (part) =>
      /^\s/.test(part) ? part : /\w/.test(part) ? '\\S+' : part.replace(SPECIAL, '\\$&'),
    ),
  );
  return `^${around[0]}${FOREIGN_TIME}${around[1]}`;
}

/** A severity, as it stands behind a prefix. */
const SEVERITY = /(?:LOG|FATAL|ERROR|WARNING|NOTICE|INFO|PANIC|DETAIL|HINT|CONTEXT|QUERY|STATEMENT): {1,2}/;
/** A text in JSON that may hold one: long enough for a prefix with names of 63 bytes. */
const JSON_TEXT = /"(?:[^"\\\n]|\\.){6,2000}(?:"|$)/g;
/** An object, perhaps the first of a list; a string may hold one, too. */
const JSON_OBJECT = /^[\s[]*\{/;
/** What daemons and journald begin a line with. */
const STAMP = [
  '\\d{4}-\\d\\d-\\d\\dT[\\d:.]+(?:Z|[+-]\\d\\d:?\\d\\d)',
  '[A-Z][a-z]{2} \\d{4}-\\d\\d-\\d\\d [\\d:.,]+ \\S+',
  '\\d{4}-\\d\\d-\\d\\d [\\d:.,]+(?! [A-Z]{2,5} | [+-]\\d)',
  '[A-Z][a-z]{2} [ \\d]?\\d (?:\\d{4} )?\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?',
  '\\d{10}\\.\\d{6}',
].join('|');
/** `Nov 21 10:00:00 host postgres[123]: [5-1] `, `2026-11-21T10:00:00.123+01:00 host postgres[123]: `, perhaps with `<134>` or
 * `local0.info`; `2026-11-21T10:00:00+00:00 app[postgres.123]: [GREEN] [5-1] ` of Heroku. */
const SYSLOG_HEADER = new RegExp(
  `^(?:<\\d{1,3}>)?(?:${STAMP}) (?:<[\\w.]+> )?(?:\\S+ )?(?:[a-z]+\\d?\\.[a-z]+ )?` +
    '(?:\\S+?\\[\\d+\\]:|\\S+:(?= \\[\\d+-\\d+\\] )|app\\[postgres\\.\\d+\\]:? \\[[A-Z]\\w*\\]) (?:\\[ID [^\\]]+\\] )?(?:\\[\\d+-\\d+\\] )?',
);
/** `2026-11-21T10:00:00.123456789Z stderr F `, as Kubernetes keeps what containers write. */
const CONTAINER_HEADER = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d) std(?:out|err) [FP] /;
/** `<134>1 2026-11-21T10:00:00.123Z host postgres 123 - - [5-1] `. */
const STRUCTURED_HEADER =
  /^(?:\d+ )?(?:<\d{1,3}>)?1 \S+ \S+ \S+ \S+ \S+ (?:-|(?:\[(?:[^\]\\]|\\.)*\])+) (?:\ufeff)? ?(?:\[\d+-\d+\] )?/;

/**
 * The texts of a log that begin with a `log_line_prefix`: its lines, without the header of a syslog daemon or a
 * container runtime, or, in JSON, the strings that hold a severity.
 */
export function* prefixedTexts(log: string): Iterable<string> {
  for (const line of log.split('\n')) {
    if (!SEVERITY.test(line)) {
      continue;
    }
    if (JSON_OBJECT.test(line) || /^\s*"/.test(line)) {
      yield* jsonTexts(line);
    } else {
      yield line
        .replace(STRUCTURED_HEADER, '')
        .replace(CONTAINER_HEADER, '')
        .replace(SYSLOG_HEADER, '')
        .replace(/\r$/, '');
    }
  }
}

function* jsonTexts(line: string): Iterable<string> {
  for (const [text] of line.matchAll(JSON_TEXT)) {
    if (SEVERITY.test(text)) {
      const plain = unquoted(text);
      yield* JSON_OBJECT.test(plain) ? jsonTexts(plain) : [plain];
    }
  }
}

/** What a JSON string says; as it is written where it is none, or cut. */
function unquoted(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text.slice(1);
  }
}

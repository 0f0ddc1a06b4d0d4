/** A line of a text log, cut where its prefix ends. */
export interface PrefixedLine {
  /** What stands before the severity. */
  head: string;
  /** The severity and what follows. */
  rest: string;
  told: Told;
}

/** What a message itself tells of the client: the same must stand in the prefix. */
export interface Told {
  user?: string;
  database?: string;
  host?: string;
  /** Written by a process without a client. */
  isBackground: boolean;
  /** Written before the client has said who it is: no name is known. */
  isEarly?: true;
}

const SEVERITY =
  /(?<![A-Za-z_])(?:LOG|FATAL|ERROR|WARNING|NOTICE|INFO|DEBUG|PANIC|DETAIL|HINT|STATEMENT|CONTEXT|QUERY): {2}/;
/** The same as programs may pass it on; a name in a prefix may hold this. */
const SHORTENED =
  /(?<![A-Za-z_])(?:LOG|FATAL|ERROR|WARNING|NOTICE|INFO|DEBUG|PANIC|DETAIL|HINT|STATEMENT|CONTEXT|QUERY): (?! )/;
/** Longer ones are none: names have 63 bytes each. */
const MAX_HEAD = 500;
const MAX_REST = 2000;

/** Messages of servers without a client; an index of what a log begins with, not of all there are. */
const BACKGROUND =
  /^LOG: {1,2}(?:checkpoint |restartpoint |automatic |starting PostgreSQL|listening on|database system |received |background worker|logical replication launcher|redo |consistent recovery|selected new timeline|archive recovery)/;
const AUTHORIZED =
  /^LOG: {1,2}(?:replication )?connection authorized: user=(.*?)(?: database=(.*?))?(?: application_name=.*| SSL .*)?$/;
const RECEIVED = /^LOG: {1,2}connection received: host=(\S+)/;
const DISCONNECTION = /^LOG: {1,2}disconnection: .* user=(.*) database=(.*) host=(\S+?)(?: port=\d+)?$/;
const REFUSED = /^FATAL: {1,2}\w+ authentication failed for user "(.*)"$/;

/** The line, cut before the first word that is a severity; undefined where it has none. */
export function prefixedLine(text: string): PrefixedLine | undefined {
  const start = text.slice(0, MAX_HEAD);
  const whole = start.search(SEVERITY);
  const at = whole < 0 ? start.search(SHORTENED) : whole;
  if (at < 0) {
    return undefined;
  }
  const rest = text.slice(at, at + MAX_REST);
  return { head: text.slice(0, at), rest, told: toldIn(rest) };
}

function toldIn(rest: string): Told {
  const authorized = AUTHORIZED.exec(rest);
  if (authorized !== null) {
    return { ...named('user', authorized[1]), ...named('database', authorized[2]), isBackground: false };
  }
  const over = DISCONNECTION.exec(rest);
  if (over !== null) {
    return { ...named('user', over[1]), ...named('database', over[2]), ...named('host', over[3]), isBackground: false };
  }
  const host = RECEIVED.exec(rest)?.[1];
  return {
    ...named('host', host),
    ...named('user', REFUSED.exec(rest)?.[1]),
    isBackground: BACKGROUND.test(rest),
    ...(host !== undefined && { isEarly: true as const }),
  };
}

function named(key: 'user' | 'database' | 'host', text: string | undefined): Partial<Told> {
  return text === undefined || text === '' || text === '[local]' ? {} : { [key]: text };
}

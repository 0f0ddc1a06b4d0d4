import { redactTexts } from './redact-message.ts';

/** How a format in JSON names the members of a record. */
export interface MemberNames {
  /** Members that the server fills itself: names, times, numbers, places in its code. */
  plain: ReadonlySet<string>;
  /** Members that hold SQL. */
  queries: readonly string[];
  sqlState: string;
}

/**
 * The members of a server's record as they may be shown: statements without their literals, what the server itself
 * tells as it is. Members that PostgreSQL does not write are masked.
 */
export function redactMembers(members: Readonly<Record<string, unknown>>, names: MemberNames): Record<string, unknown> {
  const at = (name: string): string => textOf(members[name]);
  const { message, detail, context, queries } = redactTexts({
    severity: at('error_severity'),
    sqlState: at(names.sqlState) || '00000',
    message: at('message'),
    detail: at('detail'),
    context: at('context'),
    queries: names.queries.map(at),
  });
  const redacted = new Map(names.queries.map((name, i) => [name, queries[i]!]))
    .set('message', message)
    .set('detail', detail)
    .set('context', context);
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [name, redacted.get(name) ?? shownMember(name, value, names.plain)]),
  );
}

/** A member as it may be shown: numbers and what is listed as plain stay. */
export function shownMember(name: string, value: unknown, plain: ReadonlySet<string>): unknown {
  const isHarmless = value === null || typeof value === 'number' || typeof value === 'boolean';
  return isHarmless || (typeof value === 'string' && plain.has(name)) ? value : '?';
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

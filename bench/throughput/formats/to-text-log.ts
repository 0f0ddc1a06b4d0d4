import type { CsvRecord } from './csv-records.ts';
import { nameOf, textLines } from './text-lines.ts';

/** The prefix that tells all that csvlog tells of a client. */
export const STDERR_PREFIX = '%m [%p] %q%u@%d %r %a ';

export function toStderr(record: CsvRecord): string {
  const lines = textLines(record, ({ time, pid, user, database, address, port, application }) => {
    const client = `${nameOf(user)}@${nameOf(database)} ${address}(${port})`;
    return `${time} [${pid}] ${client} ${nameOf(application)} `;
  });
  return `${lines.join('\n')}\n`;
}

/** With the prefix of Amazon RDS, `%t:%r:%u@%d:[%p]:`. */
export function toRds(record: CsvRecord): string {
  const lines = textLines(record, ({ time, pid, user, database, address, port }) => {
    return `${withoutFraction(time)}:${address}(${port}):${nameOf(user)}@${nameOf(database)}:[${pid}]:`;
  });
  return `${lines.join('\n')}\n`;
}

/** `2026-03-02 09:00:00.123 UTC` (`%m`) as `2026-03-02 09:00:00 UTC` (`%t`). */
export function withoutFraction(time: string): string {
  return time.slice(0, 19) + time.slice(23);
}

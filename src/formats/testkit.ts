import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Entries of a server's log as text: severity and message, a second apart, by one client. */
export const ENTRIES = [
  'LOG:  connection received: host=10.0.0.5 port=4711',
  'LOG:  connection authenticated: identity="alice" method=scram-sha-256 (/x/pg_hba.conf:1)',
  'LOG:  connection authorized: user=alice database=orders application_name=psql',
  'LOG:  statement: SELECT 1',
  'ERROR:  relation "x" does not exist at character 15',
  'STATEMENT:  SELECT * FROM x',
  'LOG:  disconnection: session time: 0:00:01.000 user=alice database=orders host=10.0.0.5 port=4711',
];
/** The same by a server that logs no connections. */
export const STATEMENTS = ENTRIES.slice(3, 6);

/** Entries as lines of one process behind a prefix, in which `TIME` stands for the time, `LINE` for its number; `second` is that of the first. */
export function textLog(prefix: string, entries: readonly string[] = ENTRIES, second = 0): string {
  const time = (i: number) => new Date(Date.UTC(2026, 10, 21, 10) + 1000 * (second + i)).toISOString();
  const stamp = (i: number) => `${time(i).slice(0, 23).replace('T', ' ')} UTC`;
  return entries
    .map((entry, i) => `${prefix.replace('TIME', stamp(i)).replace('LINE', `${i + 1}`)}${entry}\n`)
    .join('');
}

/** Writes files that go with the test, in one folder; returns their paths. */
export function temporaryFiles(contents: Readonly<Record<string, string | Uint8Array>>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return Object.entries(contents).map(([name, content]) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  });
}

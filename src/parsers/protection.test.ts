import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { ActivityClass, Protection } from '../model/activity.ts';
import { cloudsql } from './cloudsql/cloudsql.ts';
import { csvlog } from './csvlog/csvlog.ts';
import { jsonlog } from './jsonlog/jsonlog.ts';
import { type Parser, Step } from './parser.ts';
import { rds } from './rds/rds.ts';
import { syslog } from './syslog/syslog.ts';

/** Reads a recorded sample and counts its logins by encryption. */
async function loginsOf(parser: Parser, path: string): Promise<Record<'logins' | 'encrypted' | 'unencrypted', number>> {
  const bytes = readFileSync(fileURLToPath(new URL(path, import.meta.url)));
  const reader = parser.open({});
  const counts = { logins: 0, encrypted: 0, unencrypted: 0 };
  let at = 0;
  for (let isEnd = false; ; ) {
    for (let step = reader.next(isEnd); step !== Step.needMore; step = reader.next(isEnd)) {
      const isLogin = step === Step.activity && reader.view.class === ActivityClass.authentication;
      const protection = isLogin ? reader.protection() : 0;
      counts.logins += isLogin ? 1 : 0;
      counts.encrypted += protection === Protection.encrypted ? 1 : 0;
      counts.unencrypted += protection === Protection.unencrypted ? 1 : 0;
    }
    if (isEnd && !reader.window.isUnscanned) {
      return counts;
    }
    isEnd = !(await reader.window.refill((into, to, length) => {
      const piece = bytes.subarray(at, at + length);
      into.set(piece, to);
      at += piece.length;
      return piece.length;
    }));
  }
}

it.each([
  [csvlog, 'csvlog/samples/postgresql-17.csv'],
  [jsonlog, 'jsonlog/samples/postgresql-17.jsonl'],
  [rds, 'rds/samples/rds-16.log'],
  [syslog, 'syslog/samples/rfc5424-18.log'],
  [cloudsql, 'cloudsql/samples/postgresql-17.json'],
] as const)('every login in a log tells whether it is encrypted: $1', async (parser, path) => {
  const text = readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8');
  const encrypted = text.split('\n').filter((line) => line.includes(' SSL enabled (')).length;
  const seen = await loginsOf(parser, `./${path}`);

  expect(seen.logins).toBeGreaterThan(20);
  expect(seen).toEqual({ logins: seen.logins, encrypted, unencrypted: seen.logins - encrypted });
});

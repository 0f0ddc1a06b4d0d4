import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { csvlog } from '../src/parsers/csvlog/csvlog.ts';
import type { Parser } from '../src/parsers/parser.ts';
import { rds } from '../src/parsers/rds/rds.ts';
import { stderr } from '../src/parsers/stderr/stderr.ts';
import { countBy, readAll, type SeenRecord } from '../src/parsers/testkit.ts';
import { ROOT } from './run-vedette.ts';
import { whyNot } from './why-not.ts';

/** Recorded sessions, which lie beside the repository: the same in csvlog and as text. */
const SCENARIOS = join(process.env.VEDETTE_SHARED ?? join(ROOT, '../shared'), 'corpus/scenarios');

const FULL = '%m [%p] %q%u@%d app=%a client=%h sess=%c line=%l sqlstate=%e ';
const TIMELINE = '%m [%p] %q%u@%d %a %h ';

const RECORDINGS: readonly [id: string, parser: Parser, prefix: string][] = [
  ['a01-hydra-dictionary-found', stderr, FULL],
  ['a02-hydra-spray', stderr, FULL],
  ['a03-nmap-brute-md5', rds, '%t:%r:%u@%d:[%p]:'],
  ['a05-nmap-sV', stderr, FULL],
  ['a07-sqlmap-error', stderr, FULL],
  ['a10-postexploit-superuser', stderr, FULL],
  ['a11-hydra-not-in-hba', stderr, FULL],
  ['b03-pg_dump-nightly', stderr, FULL],
  ['b08-dev-syntax-errors', stderr, FULL],
  ['b10-orm-typeorm', stderr, FULL],
  ['b13-pgaudit-app', stderr, FULL],
  ['b14-duration-format', stderr, FULL],
  ['b15-ext-protocol-params', stderr, FULL],
  ['b16-pg-regress-1', stderr, FULL],
  ['t01-14days-office', stderr, TIMELINE],
];

const missing = RECORDINGS.find(([id]) => !existsSync(join(SCENARIOS, id, 'postgresql.log.gz')));
const reason = whyNot(missing && `no recording ${missing[0]} (VEDETTE_SHARED names the folder that holds corpus/)`);

function readScenario(id: string, parser: Parser, ending: string, logLinePrefix: string): Promise<SeenRecord[]> {
  const file = join(SCENARIOS, id, `postgresql.${ending}.gz`);
  return readAll(parser, gunzipSync(readFileSync(file)), { logLinePrefix });
}

/**
 * What tells one activity from another, whatever the format. What the text cannot tell is left out: the SQLSTATE without
 * `%e`. Lines of several processes may stand in another order.
 */
function said({ class: activityClass, principal, database, address, failure, status }: SeenRecord, hasState: boolean) {
  return [activityClass, principal, database, address, failure, hasState ? status : ''].join(' ');
}

describe.skipIf(reason !== undefined)('a recording as text', () => {
  it.each(RECORDINGS)('%s says what its csvlog says', { timeout: 120_000 }, async (id, parser, prefix) => {
    const [text, csv] = await Promise.all([
      readScenario(id, parser, 'log', prefix),
      readScenario(id, csvlog, 'csv', prefix),
    ]);
    const count = (records: SeenRecord[]) =>
      countBy(
        records.filter(({ step }) => step === 'activity'),
        (record) => said(record, prefix.includes('%e')),
      );

    expect(text.filter(({ step }) => step === 'rejected')).toEqual([]);
    expect(count(csv)).not.toEqual({});
    expect(count(text)).toEqual(count(csv));
  });
});

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { ROOT } from '../../../test/run-vedette.ts';
import { whyNot } from '../../../test/why-not.ts';
import { csvlog } from '../csvlog/csvlog.ts';
import { countBy, readAll, type SeenRecord } from '../testkit.ts';
import { syslog } from './syslog.ts';

vi.setConfig({ testTimeout: 300_000 });

/** Recorded sessions, each as syslog and as csvlog, and public samples; both lie beside the repository. */
const CORPUS = join(process.env.VEDETTE_SHARED ?? join(ROOT, '../shared'), 'corpus');
const SCENARIOS = join(CORPUS, 'scenarios');
const PGBADGER = join(CORPUS, 'fixtures/pgbadger/pg-syslog.1.bz2');
const PREFIX = '%m [%p] %q%u@%d app=%a client=%h sess=%c line=%l sqlstate=%e ';

const recorded = existsSync(SCENARIOS)
  ? readdirSync(SCENARIOS).filter((id) => existsSync(join(SCENARIOS, id, 'postgresql.syslog.gz')))
  : [];
const reason = whyNot(
  recorded.length === 0 ? 'no recordings as syslog (VEDETTE_SHARED names the folder that holds corpus/)' : undefined,
);
const noFixture = whyNot(existsSync(PGBADGER) ? undefined : 'no public samples of syslog beside the repository');

function log(id: string, name: string): Buffer {
  return gunzipSync(readFileSync(join(SCENARIOS, id, name)));
}

/** Who did what: the two logs differ in the order of what happened at the same time. */
function told(records: readonly SeenRecord[]): string[] {
  const relevant = records.filter(({ step }) => step !== 'skipped');
  return relevant
    .map((r) => [r.class, r.principal, r.database, r.address, r.session, r.failure, r.reason].join('|'))
    .sort();
}

describe.skipIf(reason !== undefined)('a recorded session', () => {
  it.each(recorded)('%s says as syslog what it says as csvlog', async (id) => {
    const asCsv = await readAll(csvlog, log(id, 'postgresql.csv.gz'));
    const asSyslog = await readAll(syslog, log(id, 'postgresql.syslog.gz'), { logLinePrefix: PREFIX });
    expect(asCsv.length).toBeGreaterThan(0);
    expect(told(asSyslog)).toEqual(told(asCsv));
  });

  it.each(recorded)('%s gives the same classes when the prefix is not configured', async (id) => {
    const classes = (records: readonly SeenRecord[]) => countBy(records, (r) => r.class ?? r.reason ?? 'skipped');
    const bytes = log(id, 'postgresql.syslog.gz');
    expect(classes(await readAll(syslog, bytes))).toEqual(
      classes(await readAll(syslog, bytes, { logLinePrefix: PREFIX })),
    );
  });
});

describe.skipIf(noFixture !== undefined)('a public sample of 60,000 lines', () => {
  it('is read without a rejection', async () => {
    const bytes = execFileSync('bzcat', [PGBADGER], { maxBuffer: 64 * 1024 * 1024 });
    const records = await readAll(syslog, bytes, { logLinePrefix: 'db=%d,user=%u,app=%a,client=%h ' });
    expect(countBy(records, (record) => record.class ?? record.reason ?? record.step)).toEqual({
      protocolError: 1,
      skipped: 8,
      connection: 7,
      authentication: 6,
      statement: 59_871,
      disconnection: 6,
    });
  });
});

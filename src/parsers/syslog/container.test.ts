import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { ROOT } from '../../../test/run-vedette.ts';
import { whyNot } from '../../../test/why-not.ts';
import { stderr } from '../stderr/stderr.ts';
import { readAll, type SeenRecord } from '../testkit.ts';
import { syslog } from './syslog.ts';

vi.setConfig({ testTimeout: 300_000 });

const SCENARIOS = join(process.env.VEDETTE_SHARED ?? join(ROOT, '../shared'), 'corpus/scenarios');
const RECORDED = ['a01-hydra-dictionary-found', 't01'].map((id) => join(SCENARIOS, id, 'postgresql.log.gz'));
const recording = RECORDED.find((path) => existsSync(path));
const reason = whyNot(recording === undefined ? 'the recorded sessions are not there' : undefined);
const RECORDED_PREFIX = '%m [%p] %q%u@%d app=%a client=%h sess=%c line=%l sqlstate=%e ';

const DEFAULT_PREFIX = '%m [%p] ';
/** A session, without what clients did at its end whose names imitate lines. */
const sample = readFileSync(new URL('../stderr/samples/default-15.log', import.meta.url), 'utf8').split(
  /^.*user "x$/m,
)[0]!;

/** A log as Kubernetes keeps what a container wrote to its standard error. */
function inContainer(log: string): string {
  const lines = log.trimEnd().split('\n');
  return lines.map((line) => `2026-11-21T19:06:28.417314159Z stderr F ${line}\n`).join('');
}

function told(records: readonly SeenRecord[]): string[] {
  return records
    .filter(({ step }) => step !== 'skipped')
    .map((r) => [r.class, r.time, r.principal, r.database, r.address, r.session, r.failure, r.statement].join('|'));
}

describe('what a container wrote', () => {
  it('tells what it tells without the header of the container runtime', async () => {
    const plain = told(await readAll(stderr, sample, { logLinePrefix: DEFAULT_PREFIX }));

    expect(plain.length).toBeGreaterThan(100);
    expect(told(await readAll(syslog, inContainer(sample), { logLinePrefix: DEFAULT_PREFIX }))).toEqual(plain);
  });

  it('may stand among lines of other programs', async () => {
    const noise = inContainer('PostgreSQL Database directory appears to contain a database\n\nusage: x\n');
    const log = noise + inContainer(sample) + noise;
    const records = await readAll(syslog, log, { logLinePrefix: DEFAULT_PREFIX });

    expect(records.filter(({ step }) => step === 'rejected')).toEqual([]);
  });
});

describe.skipIf(reason !== undefined)('a recorded session in a container', () => {
  it('says what it says as a file', async () => {
    const log = gunzipSync(readFileSync(recording!)).toString();
    const plain = told(await readAll(stderr, log, { logLinePrefix: RECORDED_PREFIX }));

    expect(plain.length).toBeGreaterThan(50);
    expect(told(await readAll(syslog, inContainer(log), { logLinePrefix: RECORDED_PREFIX }))).toEqual(plain);
  });
});

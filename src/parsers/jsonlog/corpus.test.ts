import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../../test/run-vedette.ts';
import { whyNot } from '../../../test/why-not.ts';
import { csvlog } from '../csvlog/csvlog.ts';
import type { Parser } from '../parser.ts';
import { readAll, type SeenRecord } from '../testkit.ts';
import { jsonlog } from './jsonlog.ts';

/** Recorded sessions that lie beside the repository, each in csvlog and in jsonlog. */
const SCENARIOS = join(process.env.VEDETTE_SHARED ?? join(ROOT, '../shared'), 'corpus/scenarios');
const scenarios = existsSync(SCENARIOS)
  ? readdirSync(SCENARIOS).filter((id) => existsSync(join(SCENARIOS, id, 'postgresql.json.gz')))
  : [];

const reason = whyNot(
  scenarios.length === 0 ? 'no recordings as jsonlog (VEDETTE_SHARED names the folder that holds corpus/)' : undefined,
);

describe.skipIf(reason !== undefined)('a recorded session', () => {
  it.each(scenarios)('%s says in jsonlog what it says in csvlog', { timeout: 120_000 }, async (id) => {
    const [fromCsv, fromJson] = [await read(id, csvlog, 'csv'), await read(id, jsonlog, 'json')];
    expect(fromJson.filter(({ step }) => step === 'rejected')).toEqual([]);
    const [told, expected] = [bySession(fromJson), bySession(fromCsv)];
    expect([...told.keys()].sort()).toEqual([...expected.keys()].sort());
    expect(told.size).toBeGreaterThan(0);
    for (const [session, records] of expected) {
      expect(told.get(session)).toEqual(records);
    }
  });
});

async function read(id: string, parser: Parser, ending: string): Promise<SeenRecord[]> {
  return readAll(parser, gunzipSync(readFileSync(join(SCENARIOS, id, `postgresql.${ending}.gz`))));
}

/** Longer texts may be cut by a reader, each format at its own place. */
const CUT = 300;

/** What the records of each session say; the server writes the sessions of two logs in different orders. */
function bySession(records: readonly SeenRecord[]): Map<string, Partial<SeenRecord>[]> {
  const sessions = new Map<string, Partial<SeenRecord>[]>();
  for (const { offset: _offset, text: _text, ...said } of records) {
    if (said.session !== undefined) {
      const others = sessions.get(said.session) ?? [];
      sessions.set(said.session, [...others, { ...said, statement: (said.statement ?? '').slice(0, CUT) }]);
    }
  }
  return sessions;
}
